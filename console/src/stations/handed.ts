/**
 * What is read back when a station is handed over, as the server finds it: late now or due today, with
 * the organisation itself. Pure.
 */
import type { LoopRow, MatterRow, OrderRow, StationHandoverRow, TaskRow } from '../api/schema';
import { isOver } from '../tasks/can';

export interface Item {
  /** Kind and id of what it is about. */
  id: string;
  kind: 'task' | 'incident' | 'supervision_order' | 'matter';
  item: string;
  number: string;
  due_ms: number;
  late: boolean;
  /** Who has it now; empty for nobody. Nobody has an incident or an order itself. */
  owner: string;
  /** Who was confirmed to have it; null before. */
  confirmed: string | null;
  /** Its owner is confirmed and still has it, or it was done meanwhile. */
  settled: boolean;
  /** It is neither late nor due any more. */
  over: boolean;
}

/** Who would have it: who has it now and still works there, else the one who takes over. */
export function usualOwner({ owner }: Item, me: string, owners: readonly string[]): string {
  return owner && (owners.includes(owner) || !owners.length) ? owner : me;
}

/** When a clock of a loop runs out next; null where none runs. */
function runsOut_ms(loop: LoopRow | undefined): number | null {
  const times = (loop?.clocks ?? []).flatMap(({ state, due_ms }) =>
    state === 'running' && due_ms !== null ? [due_ms] : [],
  );
  return times.length ? Math.min(...times) : null;
}

function due_ms(task: TaskRow, loop: LoopRow | undefined): number | null {
  if (isOver(task) || task.state === 'submitted') return null;
  const times = [task.due_ms, runsOut_ms(loop)].filter((one) => one !== null);
  return times.length ? Math.min(...times) : null;
}

/** Whatever else may be due: whose it is, and by when; null where nothing is owed. */
export interface Other {
  kind: 'supervision_order' | 'matter';
  item: string;
  org: string;
  number: string;
  owner: string;
  due_ms: number | null;
}

export function othersOf(orders: readonly OrderRow[], matters: readonly MatterRow[]): Other[] {
  return [
    ...orders.map(({ id, org, number, state, due_ms }) => ({
      kind: 'supervision_order' as const,
      item: id,
      org,
      number,
      owner: '',
      due_ms: state === 'given' || state === 'acknowledged' ? due_ms : null,
    })),
    ...matters.map(({ id, org, numbers, owner, due_ms }) => ({
      kind: 'matter' as const,
      item: id,
      org,
      number: numbers[0] ?? '',
      owner,
      due_ms,
    })),
  ];
}

type Due = Omit<Item, 'id' | 'confirmed' | 'settled' | 'over'>;

function dueNow(
  org: string,
  tasks: readonly TaskRow[],
  loops: ReadonlyMap<string, LoopRow>,
  others: readonly Other[],
  now_ms: number,
  tomorrow_ms: number,
): Due[] {
  const of_tasks = tasks
    .filter((one) => one.org === org)
    .map((one) => ({
      kind: 'task' as const,
      item: one.id,
      number: one.number,
      owner: one.owner,
      due_ms: due_ms(one, loops.get(one.id)),
    }));
  const of_incidents = [...loops.values()]
    .filter((one) => one.org === org && one.task_on === null)
    .map((one) => ({
      kind: 'incident' as const,
      item: one.id,
      number: one.number,
      owner: '',
      due_ms: runsOut_ms(one),
    }));
  const more = others
    .filter((one) => one.org === org)
    .map(({ kind, item, number, owner, due_ms }) => ({ kind, item, number, owner, due_ms }));
  return [...of_tasks, ...of_incidents, ...more].flatMap((one) =>
    one.due_ms !== null && one.due_ms < tomorrow_ms
      ? [{ ...one, due_ms: one.due_ms, late: one.due_ms <= now_ms }]
      : [],
  );
}

/** All of it, what is late first; of a handover also what it began with and is done meanwhile. */
export function itemsOf(
  org: string,
  handover: StationHandoverRow | null,
  tasks: readonly TaskRow[],
  loops: ReadonlyMap<string, LoopRow>,
  others: readonly Other[],
  now_ms: number,
  tomorrow_ms: number,
): Item[] {
  const found = new Map<string, Item>();
  const confirmed = new Map(
    (handover?.confirmed ?? []).map(({ kind, item, owner }) => [`${kind} ${item}`, owner]),
  );
  for (const one of dueNow(org, tasks, loops, others, now_ms, tomorrow_ms)) {
    const id = `${one.kind} ${one.item}`;
    const owner = confirmed.get(id) ?? null;
    const settled = owner !== null && (one.kind !== 'task' || owner === one.owner);
    found.set(id, { ...one, id, confirmed: owner, settled, over: false });
  }
  for (const { kind, id: item, number, due_ms, late, owner } of handover?.items ?? []) {
    const id = `${kind} ${item}`;
    if (found.has(id)) continue;
    const by = confirmed.get(id) ?? null;
    const of = { kind, item, number, due_ms, late, owner: by ?? owner };
    found.set(id, { ...of, id, confirmed: by, settled: true, over: true });
  }
  return [...found.values()].sort(
    (a, b) => Number(a.over) - Number(b.over) || a.due_ms - b.due_ms || (a.id < b.id ? -1 : 1),
  );
}

/** How many late ones still need a confirmed owner. */
export function leftOf(items: readonly Item[]): number {
  return items.filter((one) => one.late && !one.settled && !one.over).length;
}
