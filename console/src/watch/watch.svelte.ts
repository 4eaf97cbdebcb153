/** What is to be watched now, from the rows of the board. */
import { board } from '../model/board.svelte';
import { clock } from '../model/clock.svelte';
import { casesOf, type Case, type Kind } from './cases';
import { othersOf } from './others';

const STEP_MS = 3_000;

class Watch {
  readonly #loops = board.table('loops');
  readonly #tasks = board.table('tasks');
  readonly #orders = board.table('supervision_orders');
  readonly #requests = board.table('desk_requests');
  readonly #referrals = board.table('referrals');
  readonly #matters = board.table('matters');
  readonly #callBacks = board.table('call_backs');
  readonly #stationHandovers = board.table('station_handovers');
  readonly #handovers = board.table('handovers');
  /** What is opened: a kind of an organisation; null for all. It stays so as long as the page does. */
  kind = $state<Kind | null>(null);
  org = $state<string | null>(null);
  /** The path of an organisation to which the board is narrowed, with all below it. */
  below = $state('');

  /** The time in steps: nothing is counted anew with every second. */
  readonly #now_ms = $derived(Math.floor(clock.now_ms / STEP_MS) * STEP_MS);
  readonly cases = $derived<Case[]>(
    casesOf(
      {
        incidents: board.incidents.values(),
        loops: this.#loops.values(),
        tasks: this.#tasks.values(),
        orders: this.#orders.values(),
        others: othersOf(
          {
            requests: this.#requests.values(),
            referrals: this.#referrals.values(),
            matters: this.#matters.values(),
            callBacks: this.#callBacks.values(),
            stationHandovers: this.#stationHandovers.values(),
            handovers: this.#handovers.values(),
          },
          this.#now_ms,
        ),
      },
      this.#now_ms,
    ),
  );

  open(kind: Kind | null, org: string | null): void {
    const same = this.kind === kind && this.org === org;
    this.kind = same ? null : kind;
    this.org = same ? null : org;
  }
}

export const watch = new Watch();
