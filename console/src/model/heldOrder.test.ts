import { describe, expect, it } from 'vitest';
import { heldOrder } from './heldOrder';

describe('the order of a list under the hand', () => {
  it('keeps what is shown in its place and puts what is new last', () => {
    expect(heldOrder(['c', 'a'], ['b', 'a', 'c'])).toEqual(['c', 'a', 'b']);
  });
  it('keeps the place of what is gone', () => {
    expect(heldOrder(['a', 'b', 'c'], ['c'])).toEqual(['a', 'b', 'c']);
  });
});
