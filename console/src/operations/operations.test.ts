import { describe, expect, it } from 'vitest';
import { byKey, byWord, operations } from '.';

describe('the operations', () => {
  it('have one word each that nobody else has, in both languages', () => {
    const words = operations.flatMap((one) => one.words);
    expect(new Set(words).size).toBe(words.length);
    for (const one of operations) expect(byWord(one.words[0]!)).toBe(one);
  });

  it('have a Chinese word, but for the command line itself', () => {
    const without = operations.filter((one) => !one.words.some((w) => /\p{Script=Han}/u.test(w)));
    expect(without.map((one) => one.id)).toEqual(['room.command']);
  });

  it('have no key twice', () => {
    const keys = operations.flatMap((one) => one.key ?? []);
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(byKey(key)?.key).toBe(key);
  });

  it('are found in lower case too', () => {
    expect(byWord('more')?.id).toBe('incident.more');
  });
});
