/** The map layers of the city pack, fetched once and made ready to draw. */
import type { Feature, FeatureCollection, MultiPolygon, Point, Polygon } from 'geojson';
import { get } from '../api/client';
import type { Layer } from '../api/schema';
import { labelPoint, type LonLat } from './geometry';
import type { Ground } from './ground';
import type { Street } from './streets';

export interface PackMap {
  ground: Ground;
  streets: readonly Street[];
}

const NOTHING: FeatureCollection = { type: 'FeatureCollection', features: [] };

let loaded: { hash: string; map: Promise<PackMap> } | null = null;

/** The layers of the pack with this hash; asked for once, however many maps are open. */
export function loadPackMap(hash: string): Promise<PackMap> {
  if (loaded?.hash !== hash) loaded = { hash, map: load(hash) };
  return loaded.map;
}

async function load(hash: string): Promise<PackMap> {
  const layer = async (name: Layer): Promise<FeatureCollection> => {
    const params = { path: { layer: name }, query: { hash } };
    const result = await get('/api/pack/map/{layer}.geojson', { params });
    // Without one of the layers the others still show.
    return result.ok ? (result.value as unknown as FeatureCollection) : NOTHING;
  };
  const [zones, basemap, roads, stations, places] = await Promise.all([
    layer('zones'),
    layer('basemap'),
    layer('roads'),
    layer('stations'),
    layer('places'),
  ]);
  return {
    ground: { zones, zoneNames: zoneNames(zones), basemap, roads, stations, places },
    streets: roads.features as Street[],
  };
}

/** One point for the name of each zone, so that it is written once. */
export function zoneNames(zones: FeatureCollection): FeatureCollection<Point> {
  const features = zones.features.flatMap(({ geometry, properties }): Feature<Point>[] => {
    const polygons = polygonsOf(geometry as Polygon | MultiPolygon);
    const coordinates = labelPoint(polygons);
    return coordinates
      ? [{ type: 'Feature', properties, geometry: { type: 'Point', coordinates } }]
      : [];
  });
  return { type: 'FeatureCollection', features };
}

function polygonsOf(geometry: Polygon | MultiPolygon): LonLat[][][] {
  return (
    geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  ) as LonLat[][][];
}

const FONT_WAIT_MS = 3_000;

/** Loads the parts of the bundled fonts that these names need, so that no name is drawn in another. */
export async function loadFonts(ground: Ground, language: 'en' | 'zh'): Promise<void> {
  const text = new Set<string>();
  for (const { features } of Object.values(ground) as FeatureCollection[])
    for (const { properties } of features)
      for (const letter of String(properties?.[`name_${language}`] ?? '')) text.add(letter);
  const wanted = [...text].join('') || 'A';
  const faces = ["400 24px 'Inter Variable'", "500 24px 'Noto Sans SC Variable'"];
  await Promise.race([
    Promise.allSettled(faces.map((face) => document.fonts.load(face, wanted))),
    new Promise((resolve) => setTimeout(resolve, FONT_WAIT_MS)),
  ]);
}
