/** Which follow-up calls the list shows; it stays so as long as the page does. */
import type { CallBackRow } from '../api/schema';
import { within } from '../tasks/can';
import { callBacks, isToCall } from './callbacks.svelte';

export const SHOWN = ['to_call', 'today', 'late', 'tried', 'mine', 'over'] as const;
export type Shown = (typeof SHOWN)[number];

class Filter {
  shown = $state<Shown>('to_call');
  /** The path of an organisation, with all that it holds; empty for all. */
  org = $state('');

  /** What is chosen, as one text. */
  get view(): string {
    return `${this.shown} ${this.org}`;
  }

  matches(row: CallBackRow, tomorrow_ms: number): boolean {
    return within(row.org, this.org) && this.#isShown(row, tomorrow_ms);
  }

  #isShown(row: CallBackRow, tomorrow_ms: number): boolean {
    const toCall = isToCall(row);
    switch (this.shown) {
      case 'to_call':
        return toCall;
      case 'today':
        return toCall && row.due_ms < tomorrow_ms;
      case 'late':
        return toCall && row.due_ms < callBacks.now_ms;
      case 'tried':
        return toCall && row.attempts > 0;
      case 'mine':
        return toCall && row.taken_by === callBacks.me;
      case 'over':
        return !toCall;
    }
  }
}

export const filter = new Filter();
