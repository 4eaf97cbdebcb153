/** Which tasks the list shows; it stays so as long as the page does. */
import type { TaskRow } from '../api/schema';
import { lately_ms, type Query } from '../model/rest.svelte';
import { isLate, isOver, within, type TaskState } from './can';
import { tasks } from './tasks.svelte';
import type { Kind } from './words';

/** `open`: all that is not over; `waiting`: offered and not accepted, or returned. */
export type Shown =
  'open' | 'mine' | 'late' | 'today' | 'waiting' | Exclude<TaskState, 'offered' | 'accepted'>;
export const SHOWN: readonly Shown[] = [
  'open',
  'mine',
  'late',
  'today',
  'waiting',
  'in_progress',
  'submitted',
  'returned',
  'approved',
  'withdrawn',
  'joined',
];

export class TaskFilter {
  shown = $state<Shown>('open');
  /** The path of an organisation, with all that it holds; empty for all. */
  org = $state('');
  kind = $state<Kind | ''>('');

  only(shown: Shown): void {
    this.shown = shown;
    this.org = this.kind = '';
  }

  /** What is chosen, as one text. */
  get view(): string {
    return [this.shown, this.org, this.kind].join(' ');
  }

  get isNarrowed(): boolean {
    return this.shown !== 'open' || this.org !== '' || this.kind !== '';
  }

  /** What is chosen, as far as the server can choose by it. */
  query(tomorrow_ms: number): Query {
    return { ...this.#queryOfShown(tomorrow_ms), ...(this.org && { org: this.org }) };
  }

  #queryOfShown(tomorrow_ms: number): Query {
    switch (this.shown) {
      case 'open':
        return {};
      case 'mine':
        return { owner: tasks.me.id };
      case 'late':
        return { due_before_ms: lately_ms(tasks.now_ms) };
      case 'today':
        return { due_before_ms: tomorrow_ms };
      case 'waiting':
        return { state: 'offered' };
      default:
        return { state: this.shown };
    }
  }

  matches(row: TaskRow, tomorrow_ms: number): boolean {
    const fits = within(row.org, this.org) && (!this.kind || row.kind === this.kind);
    return fits && this.#isShown(row, tomorrow_ms);
  }

  #isShown(row: TaskRow, tomorrow_ms: number): boolean {
    switch (this.shown) {
      case 'open':
        return !isOver(row);
      case 'mine':
        return !isOver(row) && row.owner === tasks.me.id;
      case 'late':
        return isLate(row, tasks.now_ms);
      case 'today':
        return isDue(row, tomorrow_ms);
      case 'waiting':
        return row.state === 'offered' || row.state === 'returned';
      default:
        return row.state === this.shown;
    }
  }
}

/** Is it to be done before tomorrow? */
export function isDue(row: TaskRow, tomorrow_ms: number): boolean {
  const waited = !isOver(row) && row.state !== 'submitted';
  return waited && row.due_ms !== null && row.due_ms < tomorrow_ms;
}

export const taskFilter = new TaskFilter();
