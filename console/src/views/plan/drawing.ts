/** What a plan changes about today's units and posts; every function gives a new plan. Pure. */
import type { Change, Plan, PlanPoint, PlanUnit } from '../../api/plan';
import { hoursOf } from './hours';

/** A unit as the plan has it. `was`: what it is today, or null for one that the plan adds. */
export interface Drawn {
  id: string;
  kind: string;
  /** A station or a point. */
  base: string;
  hours: string[] | null;
  removed: boolean;
  was: PlanUnit | null;
}

export const EMPTY: Plan = {
  name: '',
  note: '',
  posts: [],
  rules: {
    queue: 'first_come',
    when_idle: 'home',
    preemption: null,
    reassign_gain_s: null,
    cover_s: null,
  },
  changes: [],
};

/** Today's units and those that the plan adds, as they are after its changes. */
export function drawn(plan: Plan, units: readonly PlanUnit[]): Drawn[] {
  const found = new Map<string, Drawn>(
    units.map((unit) => [
      unit.id,
      { id: unit.id, kind: unit.kind, base: unit.station, hours: null, removed: false, was: unit },
    ]),
  );
  for (const change of plan.changes) {
    if (change.do === 'add_unit') {
      const like = found.get(change.like ?? '');
      found.set(change.id, {
        id: change.id,
        kind: like?.kind ?? '',
        base: change.at,
        hours: null,
        removed: false,
        was: null,
      });
      continue;
    }
    const unit = 'id' in change ? found.get(change.id) : undefined;
    if (!unit) continue;
    if (change.do === 'remove_unit') unit.removed = true;
    if (change.do === 'move_unit') unit.base = change.to;
    if (change.do === 'set_hours') unit.hours = change.hours;
  }
  return [...found.values()];
}

function without(plan: Plan, id: string, what: readonly Change['do'][]): Change[] {
  return plan.changes.filter(
    (change) => !('id' in change && change.id === id && what.includes(change.do)),
  );
}

/** The unit's base is now there; back at today's base, nothing is changed about it. */
export function moveUnit(plan: Plan, unit: Drawn, to: string): Plan {
  if (!unit.was) {
    const changes = plan.changes.map((change) =>
      change.do === 'add_unit' && change.id === unit.id ? { ...change, at: to } : change,
    );
    return { ...plan, changes };
  }
  const changes = without(plan, unit.id, ['move_unit']);
  if (to !== unit.was.station) changes.push({ do: 'move_unit', id: unit.id, to });
  return { ...plan, changes };
}

/** Taken out; one that the plan itself added is gone without a trace. */
export function removeUnit(plan: Plan, unit: Drawn): Plan {
  const changes = without(plan, unit.id, ['add_unit', 'move_unit', 'set_hours', 'remove_unit']);
  if (unit.was) changes.push({ do: 'remove_unit', id: unit.id });
  return { ...plan, changes };
}

export function restoreUnit(plan: Plan, unit: Drawn): Plan {
  return { ...plan, changes: without(plan, unit.id, ['remove_unit']) };
}

/** One more unit like this one, at its base, under the first number that is free. */
export function addLike(plan: Plan, unit: Drawn, all: readonly Drawn[]): Plan {
  const taken = new Set(all.map((one) => one.id));
  let number = 1;
  while (taken.has(`N${number}`)) number++;
  const like = unit.was?.id ?? likeOf(plan, unit.id);
  const add: Change = { do: 'add_unit', id: `N${number}`, at: unit.base, ...(like && { like }) };
  return { ...plan, changes: [...plan.changes, add] };
}

function likeOf(plan: Plan, id: string): string | undefined {
  const made = plan.changes.find((change) => change.do === 'add_unit' && change.id === id);
  return made?.do === 'add_unit' ? made.like : undefined;
}

/** Hours as typed: `mon-fri 07:00-15:00, sat 18:00-02:00`; nothing: always on duty. */
export function setHours(plan: Plan, unit: Drawn, typed: string): Plan {
  const hours = hoursOf(typed);
  const changes = without(plan, unit.id, ['set_hours']);
  if (hours.length) changes.push({ do: 'set_hours', id: unit.id, hours });
  return { ...plan, changes };
}

/** The nearest of all points, in an equal-area sense good enough within a city. */
export function nearestPoint(
  points: readonly PlanPoint[],
  lon: number,
  lat: number,
): { point: PlanPoint; distance_m: number } | null {
  const stretch = Math.cos((lat * Math.PI) / 180);
  let best: PlanPoint | null = null;
  let least = Infinity;
  for (const point of points) {
    const square = ((point.lon - lon) * stretch) ** 2 + (point.lat - lat) ** 2;
    if (square < least) [least, best] = [square, point];
  }
  return best && { point: best, distance_m: Math.sqrt(least) * 111_195 };
}

/** Changes that belong to no unit: calls, streets, festivals; with their place in the list. */
export function events(plan: Plan): { change: Change; at: number }[] {
  return plan.changes.flatMap((change, at) => ('id' in change ? [] : [{ change, at }]));
}

export function withoutChange(plan: Plan, at: number): Plan {
  return { ...plan, changes: plan.changes.filter((_, number) => number !== at) };
}

export function withChange(plan: Plan, change: Change): Plan {
  return { ...plan, changes: [...plan.changes, change] };
}

export function togglePost(plan: Plan, point: string): Plan {
  const posts = plan.posts.includes(point)
    ? plan.posts.filter((one) => one !== point)
    : [...plan.posts, point];
  return { ...plan, posts };
}

export function movePost(plan: Plan, from: string, to: string): Plan {
  return { ...plan, posts: [...new Set(plan.posts.map((one) => (one === from ? to : one)))] };
}
