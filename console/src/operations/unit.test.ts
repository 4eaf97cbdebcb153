import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { IncidentRow, UnitRow } from '../api/types';
import { act } from '../actions/act';
import { commandLine } from '../model/commandLine.svelte';
import { messages } from '../model/messages.svelte';
import { session } from '../model/session.svelte';
import { NOTHING, type Subject } from './operation';
import { clear } from './dispatch';
import { start } from './run';
import { moveCrew, signOn } from './unit';

vi.mock('../actions/act', () => ({ act: vi.fn(() => Promise.resolve({ ok: true, value: {} })) }));

const P12 = { id: 'P12', status: 'available', crew: ['1020'] } as unknown as UnitRow;
const of = (text: string): Subject => ({ ...NOTHING, units: [P12], text });

beforeEach(() => void vi.mocked(act).mockClear());

describe('moving a person to another unit', () => {
  it.each([
    ['1017 relief', ['1017'], 'relief'],
    ['1017, 1018 corr', ['1017', '1018'], 'correction'],
    ['１０１７ 替班', ['１０１７'], 'relief'],
  ])('takes people and why from “%s”', (text, people, reason) => {
    expect(moveCrew.disabledBecause(of(text))).toBeNull();
    moveCrew.run(of(text));
    const command = { unit: 'P12', crew: ['1020', ...people], move_reason: reason };
    expect(act).toHaveBeenCalledWith('unit.sign_on', command, expect.anything());
  });

  it.each(['1017', '1017 1018', 'relief'])('asks for what “%s” lacks', (text) => {
    expect(moveCrew.disabledBecause(of(text))).toMatch(/relief.*reinforcement/);
  });
});

describe('signing on', () => {
  const text = { en: '', zh: '' };
  const failure = { kind: 'refused', refusal: 'PersonOnAnotherUnit', params: {} } as const;
  const refused = { ok: false, failure: { ...failure, message: text, remedy: text } } as const;

  it('offers to move who is on another unit', async () => {
    vi.mocked(act).mockResolvedValueOnce(refused);
    const prefill = vi.spyOn(commandLine, 'prefill').mockImplementation(() => {});
    signOn.run(of('1017 1018'));
    await vi.waitFor(() => expect(prefill).toHaveBeenCalledWith('MOVE P12 1017 1018 '));
    prefill.mockRestore();
  });

  it('leaves alone what is being typed when the refusal comes', async () => {
    const answer = Promise.resolve(refused);
    vi.mocked(act).mockReturnValueOnce(answer);
    signOn.run(of('1017 1018'));
    commandLine.text = 'D P3';
    await answer.then(() => {}).then(() => {});
    expect(commandLine.text).toBe('D P3');
  });
});

describe('what is done to a unit, by its key', () => {
  beforeEach(() => {
    const prefill = vi.spyOn(commandLine, 'prefill').mockImplementation(() => {});
    const may = vi.spyOn(session, 'may').mockReturnValue(true);
    return () => {
      prefill.mockRestore();
      may.mockRestore();
    };
  });

  it('opens the command line at an incident, where only the unit is still to be said', () => {
    start(clear, { ...NOTHING, incident: { id: 'i', number: '8090-0063' } as IncidentRow });
    expect(commandLine.prefill).toHaveBeenCalledWith('CL ');
  });

  it('says what is missing where nothing is chosen', () => {
    start(clear, NOTHING);
    expect(commandLine.prefill).not.toHaveBeenCalled();
    expect(messages.list.at(-1)!.text()).toMatch(/Which unit/);
  });
});
