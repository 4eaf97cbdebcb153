/** What is happening, as features to draw: incidents, units, and the lines between them. Pure. */
import type { Feature, FeatureCollection, LineString, Point } from 'geojson';
import type { AssignmentState, IncidentRow, Place, UnitRow, UnitStatus } from '../api/types';
import type { UnitPosition } from '../model/board.svelte';
import type { Level } from '../model/timers';
import { bearing_deg, type LonLat } from './geometry';

/** How a unit is drawn: a form for each state, so that colour is never needed to distinguish them. */
export type UnitForm = 'free' | 'sent' | 'moving' | 'there' | 'carrying' | 'away';
/** Waiting = nobody on the way yet. */
export type IncidentForm = 'waiting' | 'attended';

export interface Picture {
  incidents: readonly IncidentRow[];
  units: readonly UnitRow[];
  callSign: (unit: string) => string;
  positions: ReadonlyMap<string, UnitPosition>;
  place: (incident: string) => Place | undefined;
  kindSymbol: (kind: string) => string;
  isStale: (at_ms: number | null) => boolean;
  level: (row: IncidentRow) => Level;
  title: (row: IncidentRow) => string;
  selected: { incident: string | null; unit: string | null };
  theme: 'dark' | 'light';
}

export interface Marks {
  incidents: FeatureCollection<Point>;
  units: FeatureCollection<Point>;
  lines: FeatureCollection<LineString>;
}

const FORMS: Record<UnitStatus, UnitForm | null> = {
  off_duty: null,
  unavailable: 'away',
  available: 'free',
  dispatched: 'sent',
  en_route: 'moving',
  on_scene: 'there',
  transporting: 'carrying',
  at_facility: 'carrying',
};

export function unitForm(status: UnitStatus): UnitForm | null {
  return FORMS[status];
}

const UNDER_WAY: readonly AssignmentState[] = ['dispatched', 'en_route', 'on_scene'];

export function marksOf(picture: Picture): Marks {
  const units = picture.units.flatMap((row) => unitMark(row, picture));
  const incidents = picture.incidents.flatMap((row) => incidentMark(row, picture));
  const lines = picture.incidents.flatMap((row) => linesOf(row, picture));
  return { incidents: collection(incidents), units: collection(units), lines: collection(lines) };
}

function collection<T extends Point | LineString>(features: Feature<T>[]): FeatureCollection<T> {
  return { type: 'FeatureCollection', features };
}

function unitMark(row: UnitRow, picture: Picture): Feature<Point>[] {
  const at = picture.positions.get(row.id);
  const form = unitForm(row.status);
  // A unit in an emergency is shown whatever its state.
  if (!at || (!form && !row.emergency)) return [];
  const stale = picture.isStale(at.at_ms);
  const selected = picture.selected.unit === row.id;
  const goal = row.incident && form === 'moving' ? picture.place(row.incident) : undefined;
  const look = [picture.kindSymbol(row.kind), form ?? 'away', stale ? 'stale' : 'fresh'];
  const mark = [row.emergency ? 'emergency' : 'calm', selected ? 'selected' : 'plain'];
  return [
    point([at.lon, at.lat], {
      id: row.id,
      label: picture.callSign(row.id),
      icon: ['unit', picture.theme, ...look, ...mark].join('|'),
      // Drawn later = on top; kept when names collide.
      order: selected ? 9 : row.emergency ? 8 : form === 'free' ? 3 : form === 'away' ? 1 : 5,
      selected,
      ...(goal && !stale && { heading: bearing_deg([at.lon, at.lat], [goal.lon, goal.lat]) }),
    }),
  ];
}

function incidentMark(row: IncidentRow, picture: Picture): Feature<Point>[] {
  const place = picture.place(row.id);
  if (row.state !== 'open' || !place) return [];
  const form: IncidentForm = row.progress === 'pending' ? 'waiting' : 'attended';
  const selected = picture.selected.incident === row.id;
  const level = picture.level(row);
  const look = [row.priority, form, level, selected ? 'selected' : 'plain'];
  return [
    point([place.lon, place.lat], {
      id: row.id,
      icon: ['incident', picture.theme, ...look].join('|'),
      order:
        (selected ? 100 : 0) +
        (form === 'waiting' ? 20 : 0) +
        (level === 'red' ? 5 : 0) -
        row.priority,
      title: picture.title(row),
      selected,
      urgent: form === 'waiting' || level === 'red',
    }),
  ];
}

function linesOf(row: IncidentRow, picture: Picture): Feature<LineString>[] {
  const place = picture.place(row.id);
  if (row.state !== 'open' || !place) return [];
  return row.assignments.flatMap((assignment) => {
    const at = picture.positions.get(assignment.unit);
    if (!at || !UNDER_WAY.includes(assignment.state)) return [];
    const selected =
      picture.selected.incident === row.id || picture.selected.unit === assignment.unit;
    const coordinates = [
      [at.lon, at.lat],
      [place.lon, place.lat],
    ];
    return [
      {
        type: 'Feature' as const,
        properties: { selected, state: assignment.state },
        geometry: { type: 'LineString' as const, coordinates },
      },
    ];
  });
}

function point(coordinates: LonLat, properties: Record<string, unknown>): Feature<Point> {
  return { type: 'Feature', properties, geometry: { type: 'Point', coordinates } };
}
