/** Which supervision orders the list shows; it stays so as long as the page does. */
import type { OrderRow } from '../api/schema';
import { within } from '../tasks/can';
import { isLate, isOver, isOwed, type OrderState } from './can';
import { orders } from './orders.svelte';

/** `owed`: to be answered. */
export type Shown = 'open' | 'late' | 'owed' | Exclude<OrderState, 'acknowledged'>;
export const SHOWN: readonly Shown[] = [
  'open',
  'late',
  'owed',
  'given',
  'answered',
  'accepted',
  'withdrawn',
];

export class OrderFilter {
  shown = $state<Shown>('open');
  /** The path of an organisation, with all that it holds; empty for all. */
  org = $state('');

  only(shown: Shown): void {
    this.shown = shown;
    this.org = '';
  }

  get view(): string {
    return `${this.shown} ${this.org}`;
  }

  get isNarrowed(): boolean {
    return this.shown !== 'open' || this.org !== '';
  }

  matches(row: OrderRow): boolean {
    return within(row.org, this.org) && this.#isShown(row);
  }

  #isShown(row: OrderRow): boolean {
    switch (this.shown) {
      case 'open':
        return !isOver(row);
      case 'late':
        return isLate(row, orders.now_ms);
      case 'owed':
        return isOwed(row);
      default:
        return row.state === this.shown;
    }
  }
}

export const orderFilter = new OrderFilter();
