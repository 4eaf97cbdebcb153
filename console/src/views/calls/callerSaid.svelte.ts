/**
 * What the caller has said so far. It may come while the form is open: it is read again when the
 * board says that somebody else changed the call, never by asking again and again, since every
 * reading is written down.
 */
import { get } from '../../api/client';
import type { CallRow } from '../../api/types';

export interface Said {
  name: string;
  number: string;
  text: string;
}

const NOTHING: Said = { name: '', number: '', text: '' };

export class CallerSaid {
  said = $state.raw<Said>(NOTHING);
  #seen: string | null = null;
  /** The version that is being read, or was read last. */
  #asked: string | null = null;

  /** Follows the call's row; `me` is the member whose own changes need no reading. */
  async follow(row: CallRow, me: string, fill: (said: Said, before: Said) => void): Promise<void> {
    const first = this.#seen === null;
    const version = `${row.id}@${row.position}`;
    if (version === this.#seen) return;
    this.#seen = version;
    if (!first && (!row.has_details || row.changed_by === me)) return;
    this.#asked = version;
    const result = await get('/api/readings/calls/{call}', { params: { path: { call: row.id } } });
    if (version !== this.#asked) return; // a newer change is being read
    if (!result.ok) {
      this.#seen = null; // the next change is another attempt, whoever made it
      return;
    }
    const before = this.said;
    this.said = result.value;
    fill(this.said, before);
  }
}

/**
 * A field keeps what was typed: it takes what was said only while it is empty, and only once, so
 * that what a person took out doesn't come back.
 */
export function filled(typed: string, said: string, before: string): string {
  return typed === '' && said !== before ? said : typed;
}
