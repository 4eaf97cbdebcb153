/** Did you mean …? The commands that are written nearly like what was typed. Pure. */
import { phrasesOf } from '.';
import type { Completion } from './completion';
import type { Operation } from './operation';
import { tokens } from './parse';

const MOST = 3;

/** Slips that are forgiven: none in what is too short to judge, more in what is long. */
function forgiven(phrase: string): number {
  const han = /\p{Script=Han}/u.test(phrase);
  if (han) return phrase.length < 2 ? 0 : 1;
  return phrase.length < 3 ? 0 : phrase.length < 6 ? 1 : 2;
}

/** Operations whose word or label is nearly the beginning of the line; the line put right. */
export function meant(line: string, available: readonly Operation[]): Completion[] {
  const typed = tokens(line);
  const found: { slips: number; completion: Completion }[] = [];
  for (const operation of available) {
    let best: { slips: number; completion: Completion } | null = null;
    for (const phrase of phrasesOf(operation)) {
      const count = tokens(phrase).length;
      const part = typed.slice(0, count);
      if (!part.length || part.length < count) continue;
      const begins = part
        .map(({ word }) => word)
        .join(' ')
        .toLowerCase();
      const slips = distance(begins, phrase.toLowerCase());
      if (slips > forgiven(phrase) || (best && slips >= best.slips)) continue;
      const rest = typed[count] ? line.slice(typed[count].at) : '';
      const right = `${phrase} ${rest}`;
      best = {
        slips,
        completion: { line: right, word: right.trim(), of: { kind: 'operation', operation } },
      };
    }
    if (best) found.push(best);
  }
  return found
    .sort((a, b) => a.slips - b.slips)
    .slice(0, MOST)
    .map((one) => one.completion);
}

/** Letters left out, put in, exchanged, or swapped with their neighbour (optimal string alignment). */
export function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j]!, before[j - 2]! + 1);
    }
    [before, last] = [last, row];
  }
  return last[b.length]!;
}
