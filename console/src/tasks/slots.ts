/**
 * What may be said of a task before its text:
 * `TASK 4829 visit to Gucheng Police Station case team by 1017 due 18:00 p2 Ask the neighbours`. Pure.
 */
import { folded } from '../operations/parse';
import { readTime } from '../notices/slots';

type Read<T> = { value: T; used: number } | null;

const HOUR_MS = 3_600_000;
const UNITS_MS: Record<string, number> = {
  h: HOUR_MS,
  hours: HOUR_MS,
  小时: HOUR_MS,
  d: 24 * HOUR_MS,
  days: 24 * HOUR_MS,
  天: 24 * HOUR_MS,
  日: 24 * HOUR_MS,
};

/** `due 18:00`, `due 2d`, `期限3天`: by when it is wanted. */
export function readDue(words: readonly string[], now_ms: number, zone: string): Read<number> {
  const at = readTime(words, ['due', '期限', '限时'], now_ms, zone);
  if (at) return at;
  const [word = '', length = '', unit = ''] = words.map((one) => folded(one).toLowerCase());
  if (!['due', '期限', '限时'].includes(word)) return null;
  const [, count, named] = /^(\d{1,3})(\D*)$/.exec(length) ?? [];
  const unit_ms = UNITS_MS[named || unit];
  if (count === undefined || unit_ms === undefined) return null;
  return { value: now_ms + Number(count) * unit_ms, used: named ? 2 : 3 };
}

/** `p2`, `二级`: how urgent it is. */
export function readLevel(words: readonly string[]): Read<number> {
  const word = folded(words[0] ?? '').toLowerCase();
  const [, level] = /^p([1-9])$/.exec(word) ?? [];
  if (level) return { value: Number(level), used: 1 };
  const han = ['一级', '二级', '三级', '四级'].indexOf(word);
  return han < 0 ? null : { value: han + 1, used: 1 };
}

/** The digits of an incident's number, or some of them at either end: which of its records are meant. */
export function readNumbered(
  words: readonly string[],
  rows: readonly { id: string; number: string }[],
): Read<string[]> {
  const typed = folded(words[0] ?? '');
  const digits = typed.replace(/-/g, '');
  if (!/^[\d-]+$/.test(typed) || digits.length < 2) return null;
  const found = rows.filter(({ number }) => {
    const whole = number.replace(/-/g, '');
    return whole.startsWith(digits) || whole.endsWith(digits);
  });
  return found.length ? { value: found.map(({ id }) => id), used: 1 } : null;
}

/** `Ask the neighbours // Ring the bell // Have it signed`: what is to be done, and its steps. */
export function stepsIn(text: string): { text: string; steps: string[] } {
  const [first = '', ...steps] = folded(text)
    .split(/\/\/|\n/)
    .map((one) => one.trim());
  return { text: first, steps: steps.filter(Boolean) };
}
