/** The deadlines on the board of which the one who is signed in was told. */
import { board } from '../model/board.svelte';
import { session } from '../model/session.svelte';
import { alarmsOf, type Watched } from './alarms';
import { pageOf } from './places';

class Told {
  readonly #lists = [
    ['tasks', board.table('tasks')],
    ['supervision_orders', board.table('supervision_orders')],
    ['desk_requests', board.table('desk_requests')],
    ['matters', board.table('matters')],
    ['referrals', board.table('referrals')],
    ['call_backs', board.table('call_backs')],
    ['station_handovers', board.table('station_handovers')],
    ['handovers', board.table('handovers')],
    ['notices', board.table('notices')],
  ] as const;

  readonly all = $derived(
    alarmsOf(
      this.#lists.map(([list, rows]) => [list, rows.values() as Iterable<Watched>] as const),
      session.member?.id ?? '',
      session.member?.role ?? '',
    ),
  );

  /** Does one of them lead to this page? */
  at(page: string): boolean {
    return this.all.some(({ list }) => pageOf(list) === page);
  }
}

export const told = new Told();
