/** All operations, of every kind of record. */
import { both } from '../i18n';
import { RECORDS } from '../records';
import type { Operation } from './operation';
import { folded, tokens } from './parse';

export const operations: readonly Operation[] = RECORDS.flatMap((one) => one.operations);

/** All that can be typed for an operation: its words, and what its buttons say, in both languages. */
export function phrasesOf(operation: Operation): string[] {
  const labels = [operation.label, ...(operation.also ?? [])].map(both);
  return [...operation.words, ...labels.flatMap(({ en, zh }) => [en, zh])];
}

/** A phrase as it is compared: however it is spaced, in whatever case. */
function plain(phrase: string): string {
  return tokens(phrase)
    .map(({ word }) => word)
    .join(' ')
    .toUpperCase();
}

// Short words go before labels: a label that another operation has as its word means that one.
const BY_PHRASE = new Map(
  [
    ...operations.flatMap((one) => phrasesOf(one).map((phrase) => [plain(phrase), one] as const)),
    ...operations.flatMap((one) => one.words.map((word) => [word.toUpperCase(), one] as const)),
  ].filter(([phrase]) => phrase !== ''),
);

/** The most words that stand for one operation. */
export const LONGEST = Math.max(...[...BY_PHRASE.keys()].map((one) => one.split(' ').length));

/** The operation of a word or of a button's label, in either language. */
export function byWord(phrase: string): Operation | undefined {
  return BY_PHRASE.get(phrase.toUpperCase());
}

/** The operation of a single key. */
export function byKey(key: string): Operation | undefined {
  return operations.find((one) => one.key === folded(key));
}
