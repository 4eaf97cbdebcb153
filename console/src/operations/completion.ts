/** One way in which a command line could go on. */
import type { Operation } from './operation';

export interface Completion {
  /** What the line becomes. */
  line: string;
  /** What is shown: the word or number, and what it is. */
  word: string;
  of:
    | { kind: 'operation'; operation: Operation }
    | { kind: 'unit'; id: string }
    | { kind: 'incident'; id: string }
    | { kind: 'code'; list: string; code: string }
    | { kind: 'own'; says: string }
    | { kind: 'all' }
    | { kind: 'station'; id: string };
}
