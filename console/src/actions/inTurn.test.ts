import { expect, it, vi } from 'vitest';
import { inTurn } from './inTurn';

it('takes the second of two steps by what the record has become by the first', async () => {
  vi.useFakeTimers();
  let row = { position: 1, state: 'offered' };
  const asked: string[] = [];
  const take = async (seen: typeof row) => {
    asked.push(seen.state);
    // The answer comes before the board is told.
    setTimeout(() => (row = { position: seen.position + 1, state: `${seen.state}+` }), 200);
    return { ok: true };
  };
  for (let i = 0; i < 3; i += 1) inTurn('a', { row: () => row, take });
  inTurn('b', { row: () => ({ position: 9, state: 'other' }), take: async () => ({ ok: false }) });
  expect(asked).toEqual(['offered']);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked).toEqual(['offered', 'offered+', 'offered++']);
  vi.useRealTimers();
});

it('goes on after a step that was refused, and takes none of what is gone', async () => {
  const asked: number[] = [];
  const take = async ({ position }: { position: number }) => {
    asked.push(position);
    return { ok: false };
  };
  inTurn('a', { row: () => ({ position: 1 }), take });
  inTurn('a', { row: () => undefined, take });
  inTurn('a', { row: () => ({ position: 2 }), take });
  await vi.waitFor(() => expect(asked).toEqual([1, 2]));
});
