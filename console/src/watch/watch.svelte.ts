/** What is to be watched now, from the rows of the board. */
import { board } from '../model/board.svelte';
import { clock } from '../model/clock.svelte';
import { lately_ms, rest, type Query } from '../model/rest.svelte';
import { isOver as isOrderOver } from '../orders/can';
import { isOver as isTaskOver } from '../tasks/can';
import { casesOf, isLoopOpen, type Case, type Counted, type Kind } from './cases';
import { othersOf } from './others';

const STEP_MS = 3_000;
/** Where there are cases. */
const LISTS = [
  'incidents',
  'loops',
  'tasks',
  'supervision_orders',
  'desk_requests',
  'referrals',
  'matters',
  'call_backs',
  'station_handovers',
  'handovers',
] as const;

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

  /** What is counted here, by its list, where a board may hold only some of it; `here` are the open ones. */
  readonly sources = $derived([
    {
      list: 'loops' as const,
      label: 'op.go_clocks' as const,
      here: count(this.#loops.values(), isLoopOpen),
    },
    {
      list: 'tasks' as const,
      label: 'op.go_tasks' as const,
      here: count(this.#tasks.values(), (row) => !isTaskOver(row)),
    },
    {
      list: 'supervision_orders' as const,
      label: 'op.go_orders' as const,
      here: count(this.#orders.values(), (row) => !isOrderOver(row)),
    },
  ]);
  /** What the server counts, where the board holds only some. */
  readonly counted = $derived<Counted>(
    Object.fromEntries(
      LISTS.flatMap((list) => {
        const groups = rest.watched(list, this.#now_ms);
        return groups ? [[list, groups] as const] : [];
      }),
    ),
  );
  /** What is fetched of them: what is opened, and else what is late, which must not be missed. */
  readonly wanted = $derived<Query>({
    ...(this.kind ? { watch: this.kind } : { due_before_ms: lately_ms(clock.now_ms) }),
    ...(this.org ? { org: this.org } : {}),
  });

  open(kind: Kind | null, org: string | null): void {
    const same = this.kind === kind && this.org === org;
    this.kind = same ? null : kind;
    this.org = same ? null : org;
  }
}

function count<T>(rows: Iterable<T>, among: (row: T) => boolean): number {
  let found = 0;
  for (const row of rows) if (among(row)) found += 1;
  return found;
}

export const watch = new Watch();
