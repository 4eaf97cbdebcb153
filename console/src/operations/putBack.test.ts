import { beforeEach, describe, expect, it, vi } from 'vitest';
import { act } from '../actions/act';
import { t } from '../i18n';
import { board } from '../model/board.svelte';
import { messages } from '../model/messages.svelte';
import type { IncidentRow } from '../api/types';
import { category, priority } from './incident';
import { NOTHING } from './operation';

vi.mock('../actions/act', () => ({ act: vi.fn() }));

const row = (more: Partial<IncidentRow>) =>
  ({ id: 'a', number: '1', state: 'open', category: 'THEFT', priority: 3, ...more }) as IncidentRow;
const fire = { code: 'FIRE', en: 'Fire', zh: '火灾' };

/** Does what the person has done, and returns what Undo does. */
function undoOf(run: () => void): () => void {
  run();
  return vi.mocked(act).mock.calls.at(-1)![2]!.undo!;
}

describe('taking a change of an incident back', () => {
  beforeEach(() => {
    vi.mocked(act).mockClear();
    messages.list = [];
    board.incidents.set('a', row({ category: 'FIRE', priority: 1 }));
  });

  it('puts the category before back', () => {
    undoOf(() => category.run({ ...NOTHING, incident: row({}), code: fire }))();
    expect(act).toHaveBeenLastCalledWith('incident.set_category', {
      incident: 'a',
      category: 'THEFT',
    });
  });

  it('leaves the category that a colleague has chosen since, and says so', () => {
    const undo = undoOf(() => category.run({ ...NOTHING, incident: row({}), code: fire }));
    board.incidents.set('a', row({ category: 'FLOOD' }));
    undo();
    expect(act).toHaveBeenCalledOnce();
    expect(messages.list.at(-1)!.text()).toBe(t('undo.changed_since', { number: '1' }));
  });

  it('leaves the priority that a colleague has chosen since', () => {
    const undo = undoOf(() => priority.run({ ...NOTHING, incident: row({}), count: 1 }));
    board.incidents.set('a', row({ priority: 2 }));
    undo();
    expect(act).toHaveBeenCalledOnce();
  });
});
