/** All operations, in the order of the help. */
import { dispatchOperations } from './dispatch';
import { incidentOperations } from './incident';
import type { Operation } from './operation';
import { roomOperations } from './room';
import { unitOperations } from './unit';

export const operations: readonly Operation[] = [
  ...roomOperations.filter((one) => one.group === 'call'),
  ...dispatchOperations.filter((one) => one.group === 'dispatch'),
  ...incidentOperations,
  ...dispatchOperations.filter((one) => one.group === 'unit'),
  ...unitOperations,
  ...roomOperations.filter((one) => one.group === 'room'),
];

/** The operation of a word of the command line, in either language. */
export function byWord(word: string): Operation | undefined {
  const upper = word.toUpperCase();
  return operations.find((one) => one.words.includes(upper));
}

/** The operation of a single key. */
export function byKey(key: string): Operation | undefined {
  return operations.find((one) => one.key === key);
}
