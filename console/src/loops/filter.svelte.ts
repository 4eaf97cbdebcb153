/** Which clocks the board of clocks shows; it stays so as long as the page does. */
import { clock } from '../model/clock.svelte';
import { lately_ms, type Query } from '../model/rest.svelte';
import { session } from '../model/session.svelte';
import { isToldTo, type ClockLine, type Open } from './standing';

/** `attention`: late, at risk or paused; `told`: late, and the one who is signed in was told. */
export type Shown = 'attention' | Open | 'told';
export const SHOWN: readonly Shown[] = ['attention', 'late', 'risk', 'paused', 'running', 'told'];

export class ClockFilter {
  shown = $state<Shown>('attention');
  /** The path of an organisation, with all that it holds; empty for all. */
  org = $state('');
  clock = $state('');

  only(shown: Shown): void {
    this.shown = shown;
    this.org = this.clock = '';
  }

  /** Could there be clocks that it leaves out, besides those that run in time? */
  get isNarrowed(): boolean {
    return this.shown !== 'attention' || this.org !== '' || this.clock !== '';
  }

  /** What is chosen, as one text. */
  get view(): string {
    return [this.shown, this.org, this.clock].join(' ');
  }

  /** What is chosen, as far as the server can choose by it. */
  get query(): Query {
    const isLate = this.shown === 'late' || this.shown === 'told';
    return {
      ...(this.org && { org: this.org }),
      ...(isLate && { due_before_ms: lately_ms(clock.now_ms) }),
    };
  }

  matches(line: ClockLine): boolean {
    const { loop, run } = line;
    const within = !this.org || loop.org === this.org || loop.org.startsWith(`${this.org}/`);
    return within && (!this.clock || run.clock === this.clock) && this.#isShown(line);
  }

  #isShown(line: ClockLine): boolean {
    if (this.shown === 'told') return isToldTo(line, session.member?.id ?? '');
    if (this.shown === 'attention') return line.standing !== 'running';
    return line.standing === this.shown;
  }
}

export const clockFilter = new ClockFilter();
