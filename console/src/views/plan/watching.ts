/** Where everything is at one moment of a rehearsal. Pure. */
import type { Leg, Replay } from '../../api/plan';
import type { LonLat } from '../../map/geometry';
import { bearing_deg } from '../../map/geometry';
import type { Marks, UnitForm } from '../../map/marks';

/** Null: not shown. */
const FORMS: Record<string, UnitForm | null> = {
  off_duty: null,
  at_base: 'free',
  to_base: 'free',
  staying: 'free',
  break: 'away',
  turnout: 'sent',
  to_scene: 'moving',
  on_scene: 'there',
  to_facility: 'carrying',
  at_facility: 'carrying',
};
/** What follows an activity that was the last one recorded: a run ends while units are at work. */
const NEXT: Record<string, UnitForm> = {
  turnout: 'sent',
  to_scene: 'there',
  to_facility: 'carrying',
};
const ON_THE_WAY = new Set(['to_base', 'to_scene', 'to_facility']);

/** The legs of each unit, in the order of time, so that a moment is found quickly. */
export function legsByUnit(replay: Replay): Map<string, Leg[]> {
  const found = new Map<string, Leg[]>();
  for (const leg of replay.legs) {
    const own = found.get(leg[0]);
    if (own) own.push(leg);
    else found.set(leg[0], [leg]);
  }
  for (const legs of found.values()) legs.sort((a, b) => a[2] - b[2]);
  return found;
}

/** What a unit does at a moment: the last leg that has begun. */
export function legAt(legs: readonly Leg[] | undefined, at_s: number): Leg | null {
  if (!legs) return null;
  let [low, high] = [0, legs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (legs[middle]![2] <= at_s) low = middle + 1;
    else high = middle;
  }
  return legs[low - 1] ?? null;
}

/** The last thing that is recorded, of units or calls. */
export function recordsEnd_s(replay: Replay): number {
  let last_s = 0;
  for (const leg of replay.legs) last_s = Math.max(last_s, leg[3]);
  for (const { at_s, closed_s } of replay.calls) last_s = Math.max(last_s, closed_s ?? at_s);
  return last_s;
}

/** On the straight line between the points of a leg, as far along as its time has passed. */
export function placeOn([, state, start_s, end_s, , from, to]: Leg, at_s: number): LonLat {
  if (at_s >= end_s) return to;
  if (!ON_THE_WAY.has(state)) return from;
  const share = (at_s - start_s) / (end_s - start_s);
  return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
}

export interface Moment {
  marks: Marks;
  /** Units at work, of those on duty. */
  busy: number;
  onDuty: number;
  /** Calls for which nobody is on the way or there. */
  waiting: number;
}

/** Everything at a moment. `symbol` names the pictogram of a kind of unit. */
export function momentOf(
  replay: Replay,
  legs: ReadonlyMap<string, Leg[]>,
  at_s: number,
  theme: 'dark' | 'light',
  symbol: (kind: string) => string,
  title: (category: string) => string,
): Moment {
  const units: Marks['units']['features'] = [];
  const lines: Marks['lines']['features'] = [];
  const attended = new Set<string>();
  let [busy, onDuty] = [0, 0];
  for (const [id, { kind, at }] of Object.entries(replay.units)) {
    const leg = legAt(legs.get(id), at_s);
    // What a unit does at the end of a run has no record: what follows the last one, or it waits.
    const over = !leg || at_s >= leg[3];
    const form = over ? (NEXT[leg?.[1] ?? ''] ?? 'free') : FORMS[leg[1]]!;
    if (form === null) continue;
    onDuty++;
    const place = leg ? placeOn(leg, at_s) : at;
    const working = form === 'sent' || form === 'moving' || form === 'there' || form === 'carrying';
    if (working) {
      busy++;
      if (leg?.[4]) attended.add(leg[4]);
    }
    const moving = !over && ON_THE_WAY.has(leg[1]);
    units.push({
      type: 'Feature',
      properties: {
        id,
        icon: ['unit', theme, symbol(kind), form, 'fresh', 'calm', 'plain'].join('|'),
        order: form === 'free' ? 3 : 5,
        selected: false,
        ...(moving && { heading: bearing_deg(place, leg[6]) }),
      },
      geometry: { type: 'Point', coordinates: place },
    });
    if (form === 'moving' && leg)
      lines.push({
        type: 'Feature',
        properties: { selected: false, state: 'en_route' },
        geometry: { type: 'LineString', coordinates: [place, leg[6]] },
      });
  }
  const open = replay.calls.filter(
    (call) => call.at_s <= at_s && (call.closed_s === null || call.closed_s > at_s),
  );
  const incidents = open.map((call): Marks['incidents']['features'][number] => {
    const waits = !attended.has(call.id) && (call.there_s === null || call.there_s > at_s);
    const look = [call.priority, waits ? 'waiting' : 'attended', call.late ? 'red' : 'calm'];
    return {
      type: 'Feature',
      properties: {
        id: call.id,
        icon: ['incident', theme, ...look, 'plain'].join('|'),
        order: (waits ? 20 : 0) - call.priority,
        title: title(call.category),
        selected: false,
        urgent: waits,
      },
      geometry: { type: 'Point', coordinates: call.place },
    };
  });
  const waiting = incidents.filter((one) => one.properties?.['urgent']).length;
  const collection = <T>(features: T[]) => ({ type: 'FeatureCollection' as const, features });
  return {
    marks: {
      units: collection(units),
      incidents: collection(incidents),
      lines: collection(lines),
    },
    busy,
    onDuty,
    waiting,
  };
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof DAYS)[number];

/** The day and the time of day at so many seconds after a start at an hour of the week. */
export function clockAt(first_hour: number, at_s: number): { day: Day; time: string } {
  const minutes = Math.floor(first_hour * 60 + at_s / 60);
  const two = (value: number) => String(value).padStart(2, '0');
  return {
    day: DAYS[Math.floor(minutes / 1440) % 7]!,
    time: `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`,
  };
}
