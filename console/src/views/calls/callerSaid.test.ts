import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallRow } from '../../api/types';

const get = vi.fn();
vi.mock('../../api/client', () => ({ get: (...asked: unknown[]) => get(...asked) as unknown }));
const { filled, CallerSaid } = await import('./callerSaid.svelte');

const row = (position: number, changed_by: string, has_details: boolean) =>
  ({ id: 'c', position, changed_by, has_details }) as CallRow;

describe('what the caller says', () => {
  beforeEach(() => {
    get.mockReset();
    get.mockResolvedValue({ ok: true, value: { name: '', number: '1', text: 'a fire' } });
  });

  it('is read once, and again only when somebody else changed the call', async () => {
    const caller = new CallerSaid();
    const fill = vi.fn();
    await caller.follow(row(1, 'me', false), 'me', fill);
    await caller.follow(row(1, 'me', false), 'me', fill);
    await caller.follow(row(2, 'me', false), 'me', fill);
    await caller.follow(row(3, 'gateway', false), 'me', fill);
    await caller.follow(row(4, 'me', true), 'me', fill);
    expect(get).toHaveBeenCalledTimes(1);
    await caller.follow(row(5, 'colleague', true), 'me', fill);
    expect(get).toHaveBeenCalledTimes(2);
    expect(caller.said.text).toBe('a fire');
    expect(fill).toHaveBeenCalledTimes(2);
  });
  it('is taken although the member has changed the call before it came', async () => {
    const caller = new CallerSaid();
    const fill = vi.fn();
    let answer: (result: unknown) => void = () => {};
    get.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    const reading = caller.follow(row(1, 'gateway', true), 'me', fill);
    await caller.follow(row(2, 'me', true), 'me', fill);
    answer({ ok: true, value: { name: '', number: '1', text: 'a fire' } });
    await reading;
    expect(caller.said.text).toBe('a fire');
    expect(fill).toHaveBeenCalledTimes(1);
  });
  it('is never replaced by what was said before it', async () => {
    const caller = new CallerSaid();
    let answer: (result: unknown) => void = () => {};
    get.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    const reading = caller.follow(row(1, 'gateway', true), 'me', vi.fn());
    await caller.follow(row(2, 'gateway', true), 'me', vi.fn());
    answer({ ok: true, value: { name: '', number: '1', text: '' } });
    await reading;
    expect(caller.said.text).toBe('a fire');
  });
  it('never overwrites what was typed or taken out', () => {
    expect(filled('', '138', '')).toBe('138');
    expect(filled('139', '138', '')).toBe('139');
    expect(filled('', '138', '138')).toBe('');
  });
});
