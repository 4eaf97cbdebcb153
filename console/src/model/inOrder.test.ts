import { expect, it } from 'vitest';
import { InOrder } from './inOrder';

/** Something asked for, answered by hand. */
function held(): { asking: Promise<string>; answer: (value: string) => void } {
  let answer!: (value: string) => void;
  const asking = new Promise<string>((resolve) => (answer = resolve));
  return { asking, answer };
}

it('takes no answer that is older than the one that was taken last', async () => {
  const order = new InOrder();
  const [first, second, third] = [held(), held(), held()];
  const taken = [first, second, third].map(({ asking }) => order.take(asking));
  second.answer('second');
  expect(await taken[1]).toBe('second');
  first.answer('first');
  expect(await taken[0]).toBeNull();
  third.answer('third');
  expect(await taken[2]).toBe('third');
});

it('takes every answer that comes in its order, however slow all of them are', async () => {
  const order = new InOrder();
  const [first, second] = [held(), held()];
  const taken = [first, second].map(({ asking }) => order.take(asking));
  first.answer('first');
  expect(await taken[0]).toBe('first');
  second.answer('second');
  expect(await taken[1]).toBe('second');
});
