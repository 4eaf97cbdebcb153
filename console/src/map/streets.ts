/** Streets as people know them, out of the many short pieces that a road network is made of. */
import type { Feature, FeatureCollection, LineString, MultiLineString } from 'geojson';
import type { Text } from '../api/types';
import { distanceToSegment_m, type LonLat } from './geometry';

export const ROAD_CLASSES = ['side', 'collector', 'arterial', 'ring', 'bridge'] as const;
export type RoadClass = (typeof ROAD_CLASSES)[number];

export interface RoadProperties {
  class: RoadClass;
  name_en: string;
  name_zh: string;
}

type Pieces = FeatureCollection<LineString | MultiLineString, Partial<RoadProperties>>;
export type Street = Feature<LineString, RoadProperties>;

/**
 * Joins pieces of one name and class end to end, so that a name fits along its street, and drops the
 * second direction of two-way pieces.
 */
export function joinStreets(pieces: Pieces): FeatureCollection<LineString, RoadProperties> {
  const groups = new Map<string, { properties: RoadProperties; lines: LonLat[][] }>();
  for (const { properties, geometry } of pieces.features) {
    const road: RoadProperties = {
      class: properties?.class ?? 'side',
      name_en: properties?.name_en ?? '',
      name_zh: properties?.name_zh ?? '',
    };
    const key = JSON.stringify([road.class, road.name_en, road.name_zh]);
    const group = groups.get(key) ?? { properties: road, lines: [] };
    groups.set(key, group);
    const lines = geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates;
    group.lines.push(...(lines as LonLat[][]).filter((line) => line.length > 1));
  }
  const features: Street[] = [];
  for (const { properties, lines } of groups.values())
    for (const coordinates of chains(oneDirection(lines)))
      features.push({ type: 'Feature', properties, geometry: { type: 'LineString', coordinates } });
  return { type: 'FeatureCollection', features };
}

function keyOf(point: LonLat): string {
  return `${point[0].toFixed(6)},${point[1].toFixed(6)}`;
}

function oneDirection(lines: LonLat[][]): LonLat[][] {
  const seen = new Set<string>();
  return lines.filter((line) => {
    const points = line.map(keyOf);
    const [there, back] = [points.join(' '), points.reverse().join(' ')];
    if (seen.has(there) || seen.has(back)) return false;
    seen.add(there);
    return true;
  });
}

/** Joins lines where exactly two of them meet. */
function chains(lines: LonLat[][]): LonLat[][] {
  const at = new Map<string, number[]>();
  lines.forEach((line, index) => {
    for (const end of [line[0]!, line.at(-1)!]) {
      const key = keyOf(end);
      at.set(key, [...(at.get(key) ?? []), index]);
    }
  });
  const used = new Set<number>();
  const follow = (from: LonLat[]): LonLat[] => {
    const chain = [...from];
    for (;;) {
      const key = keyOf(chain.at(-1)!);
      const meeting = at.get(key) ?? [];
      const next = meeting.length === 2 ? meeting.find((index) => !used.has(index)) : undefined;
      if (next === undefined) return chain;
      used.add(next);
      const line = lines[next]!;
      const ahead = keyOf(line[0]!) === key ? line : [...line].reverse();
      chain.push(...ahead.slice(1));
    }
  };
  return lines.flatMap((line, index) => {
    if (used.has(index)) return [];
    used.add(index);
    const forward = follow(line);
    return [follow(forward.reverse())];
  });
}

/** The named street next to a point, if one is near: what to call a place that was clicked. */
export function nearestStreet(
  point: LonLat,
  streets: readonly Street[],
  within_m: number,
): { name: Text; distance_m: number } | null {
  let found: { name: Text; distance_m: number } | null = null;
  for (const { properties, geometry } of streets) {
    if (!properties.name_en && !properties.name_zh) continue;
    const line = geometry.coordinates as LonLat[];
    for (let i = 1; i < line.length; i++) {
      const distance_m = distanceToSegment_m(point, line[i - 1]!, line[i]!);
      if (distance_m > within_m || (found && distance_m >= found.distance_m)) continue;
      found = { name: { en: properties.name_en, zh: properties.name_zh }, distance_m };
    }
  }
  return found;
}
