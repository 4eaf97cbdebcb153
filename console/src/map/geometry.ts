/** Plane geometry on small parts of the globe: lon/lat are scaled to metres around one place. */

export type LonLat = [lon: number, lat: number];
export type Bounds = [west: number, south: number, east: number, north: number];

const M_PER_DEGREE = 111_320;

/** Metres east and north of `origin`; good to about 0.1 % within a city. */
export function metresFrom(origin: LonLat, point: LonLat): [east_m: number, north_m: number] {
  const perLon = M_PER_DEGREE * Math.cos((origin[1] * Math.PI) / 180);
  return [(point[0] - origin[0]) * perLon, (point[1] - origin[1]) * M_PER_DEGREE];
}

/** Distance of a point from a segment, in metres. */
export function distanceToSegment_m(point: LonLat, from: LonLat, to: LonLat): number {
  const [ax, ay] = metresFrom(point, from);
  const [bx, by] = metresFrom(point, to);
  const [dx, dy] = [bx - ax, by - ay];
  const length2 = dx * dx + dy * dy;
  const share = length2 === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length2));
  return Math.hypot(ax + share * dx, ay + share * dy);
}

/** Compass bearing in degrees from one place to another, 0 = north, clockwise. */
export function bearing_deg(from: LonLat, to: LonLat): number {
  const [east, north] = metresFrom(from, to);
  return ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
}

/** Is the point inside the rings (even-odd, so that holes count)? */
export function isInside(point: LonLat, rings: readonly (readonly LonLat[])[]): boolean {
  let inside = false;
  for (const ring of rings)
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i]!;
      const [xj, yj] = ring[j]!;
      const crosses = yi > point[1] !== yj > point[1];
      if (crosses && point[0] < ((xj - xi) * (point[1] - yi)) / (yj - yi) + xi) inside = !inside;
    }
  return inside;
}

const GRID = 16;

/** Where to write the name of an area: of a grid of points inside, the one farthest from the edge. */
export function labelPoint(polygons: readonly (readonly (readonly LonLat[])[])[]): LonLat | null {
  const rings = largest(polygons);
  if (!rings?.[0]?.length) return null;
  const [west, south, east, north] = boundsOf(rings[0]);
  let best: LonLat | null = null;
  let room_m = -1;
  for (let row = 1; row < GRID; row++)
    for (let column = 1; column < GRID; column++) {
      const point: LonLat = [
        west + ((east - west) * column) / GRID,
        south + ((north - south) * row) / GRID,
      ];
      if (!isInside(point, rings)) continue;
      const edge_m = edgeDistance_m(point, rings);
      if (edge_m > room_m) [best, room_m] = [point, edge_m];
    }
  return best ?? rings[0][0]!;
}

export function boundsOf(points: readonly LonLat[]): Bounds {
  const bounds: Bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of points) {
    bounds[0] = Math.min(bounds[0], lon);
    bounds[1] = Math.min(bounds[1], lat);
    bounds[2] = Math.max(bounds[2], lon);
    bounds[3] = Math.max(bounds[3], lat);
  }
  return bounds;
}

function largest(
  polygons: readonly (readonly (readonly LonLat[])[])[],
): readonly (readonly LonLat[])[] | undefined {
  const size = (rings: readonly (readonly LonLat[])[]) => {
    const [west, south, east, north] = boundsOf(rings[0] ?? []);
    return (east - west) * (north - south);
  };
  return [...polygons].sort((a, b) => size(b) - size(a))[0];
}

function edgeDistance_m(point: LonLat, rings: readonly (readonly LonLat[])[]): number {
  let nearest = Infinity;
  for (const ring of rings)
    for (let i = 1; i < ring.length; i++)
      nearest = Math.min(nearest, distanceToSegment_m(point, ring[i - 1]!, ring[i]!));
  return nearest;
}
