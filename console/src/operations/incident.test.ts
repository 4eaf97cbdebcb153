import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ActionDone, IncidentRow } from '../api/types';
import type { Result } from '../api/client';
import { act } from '../actions/act';
import { panel } from '../model/panel.svelte';
import { selection } from '../model/selection.svelte';
import { close } from './incident';
import { NOTHING } from './operation';

vi.mock('../actions/act', () => ({ act: vi.fn() }));

const text = { en: 'no', zh: '不' };
const refused: Result<ActionDone> = {
  ok: false,
  failure: { kind: 'refused', refusal: 'NotReady', params: {}, message: text, remedy: text },
};
const row = (id: string) =>
  ({ id, number: id, state: 'open', disposition: 'done' }) as unknown as IncidentRow;

describe('closing that is refused', () => {
  let answer: (result: Result<ActionDone>) => void;

  beforeEach(() => {
    vi.mocked(act).mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    panel.asked = 0;
    selection.selectIncident('a');
    close.run({ ...NOTHING, incident: row('a') });
  });

  it('shows what is missing', async () => {
    answer(refused);
    await vi.waitFor(() => expect(panel.asked).toBe(1));
    expect(panel.refused?.incident).toBe('a');
  });

  it('calls nobody back from another incident', async () => {
    selection.selectIncident('b');
    answer(refused);
    await vi.mocked(act).mock.results.at(-1)!.value;
    await Promise.resolve();
    expect(selection.incident).toBe('b');
    expect(panel.asked).toBe(0);
  });
});
