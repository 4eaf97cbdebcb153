/** Whether two collections of marks are drawn alike. Pure, and over at the first difference. */
import type { Feature, FeatureCollection, Geometry, Position } from 'geojson';

export function drawnAlike(one: FeatureCollection, other: FeatureCollection): boolean {
  const [some, others] = [one.features, other.features];
  return some.length === others.length && some.every((feature, at) => alike(feature, others[at]!));
}

function alike(one: Feature, other: Feature): boolean {
  return sameGeometry(one.geometry, other.geometry) && sameValues(one.properties, other.properties);
}

/** Marks are points and lines: what is neither counts as different. */
function sameGeometry(one: Geometry, other: Geometry): boolean {
  if (one.type === 'Point' && other.type === 'Point')
    return samePlace(one.coordinates, other.coordinates);
  if (one.type !== 'LineString' || other.type !== 'LineString') return false;
  return (
    one.coordinates.length === other.coordinates.length &&
    one.coordinates.every((place, at) => samePlace(place, other.coordinates[at]!))
  );
}

function samePlace([lon, lat]: Position, [otherLon, otherLat]: Position): boolean {
  return lon === otherLon && lat === otherLat;
}

function sameValues(one: Feature['properties'], other: Feature['properties']): boolean {
  const [keys, others] = [Object.keys(one ?? {}), Object.keys(other ?? {})];
  return keys.length === others.length && keys.every((key) => one![key] === other![key]);
}
