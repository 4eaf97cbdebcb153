/** Streets as people know them: what to call a place that was clicked. */
import type { Feature, LineString, MultiLineString } from 'geojson';
import type { Text } from '../api/types';
import { distanceToSegment_m, type LonLat } from './geometry';

/** From the least to the most important; drawn in this order. */
export const ROAD_CLASSES = ['side', 'collector', 'arterial', 'ring', 'bridge'] as const;
export type RoadClass = (typeof ROAD_CLASSES)[number];

export interface RoadProperties {
  class: RoadClass;
  name_en: string;
  name_zh: string;
}

export type Street = Feature<LineString | MultiLineString, RoadProperties>;

/** The named street next to a point, if one is near. */
export function nearestStreet(
  point: LonLat,
  streets: readonly Street[],
  within_m: number,
): { name: Text; distance_m: number } | null {
  let found: { name: Text; distance_m: number } | null = null;
  for (const { properties, geometry } of streets) {
    if (!properties.name_en && !properties.name_zh) continue;
    for (const line of linesOf(geometry))
      for (let i = 1; i < line.length; i++) {
        const distance_m = distanceToSegment_m(point, line[i - 1]!, line[i]!);
        if (distance_m > within_m || (found && distance_m >= found.distance_m)) continue;
        found = { name: { en: properties.name_en, zh: properties.name_zh }, distance_m };
      }
  }
  return found;
}

function linesOf(geometry: LineString | MultiLineString): LonLat[][] {
  return (
    geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates
  ) as LonLat[][];
}
