/** The ground of the map as a MapLibre style: made here from the city pack, without tiles or glyphs. */
import type { ExpressionSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl';
import type { FeatureCollection } from 'geojson';
import type { Palette } from './palette';
import { ROAD_CLASSES, type RoadClass } from './streets';

/** Layers of the pack, as drawn; a pack may have only zones. */
export interface Ground {
  zones: FeatureCollection;
  zoneNames: FeatureCollection;
  basemap: FeatureCollection;
  roads: FeatureCollection;
  stations: FeatureCollection;
  places: FeatureCollection;
}

/** No glyph server: MapLibre draws these families itself. 'Medium' only says the weight to draw. */
export const FONT = ['Inter Variable', 'Noto Sans SC Variable'];
export const FONT_MEDIUM = ['Medium', ...FONT];

type Stops = [zoom: number, px: number][];

/** Widths in px by zoom, and the zoom from which a class is drawn at all. */
const ROADS: Record<RoadClass, { from: number; width: Stops }> = {
  side: {
    from: 12.5,
    width: [
      [12.5, 0.4],
      [14, 1.2],
      [16, 4.5],
      [18, 12],
    ],
  },
  collector: {
    from: 11,
    width: [
      [11, 0.5],
      [13, 1.4],
      [15, 4],
      [18, 17],
    ],
  },
  arterial: {
    from: 9,
    width: [
      [9, 0.6],
      [12, 1.6],
      [14, 3.6],
      [16, 9],
      [18, 24],
    ],
  },
  ring: {
    from: 8,
    width: [
      [8, 0.8],
      [11, 2],
      [14, 5],
      [16, 11],
      [18, 28],
    ],
  },
  bridge: {
    from: 9,
    width: [
      [9, 0.8],
      [12, 2],
      [14, 4.4],
      [16, 10],
      [18, 26],
    ],
  },
};
const MAJOR: readonly RoadClass[] = ['arterial', 'ring', 'bridge'];
/** From this zoom on roads have an edge, and widths follow the scale. */
const EDGE_PX = 1.6;

export function groundSources(ground: Ground): Record<string, SourceSpecification> {
  const source = (data: FeatureCollection): SourceSpecification => ({
    type: 'geojson',
    data,
    tolerance: 0.25,
    maxzoom: 16,
  });
  return Object.fromEntries(
    Object.entries(ground).map(([name, data]) => [name, source(data as FeatureCollection)]),
  );
}

/** Layers from the bottom up. `language` picks the names. */
export function groundLayers(
  ground: Ground,
  palette: Palette,
  language: 'en' | 'zh',
): LayerSpecification[] {
  const hasRoads = ground.roads.features.length > 0;
  return [
    { id: 'background', type: 'background', paint: { 'background-color': palette.ground } },
    {
      id: 'zones',
      type: 'fill',
      source: 'zones',
      // Without roads the zones are all there is to see of the city.
      paint: { 'fill-color': hasRoads ? palette.land : palette.built },
    },
    ...basemap(palette),
    ...zoneBorder(palette, hasRoads),
    ...ROAD_CLASSES.map((road) => roadLayer(road, palette, true)),
    ...ROAD_CLASSES.map((road) => roadLayer(road, palette, false)),
    ...names(palette, language, hasRoads),
  ];
}

function zoneBorder(palette: Palette, hasRoads: boolean): LayerSpecification[] {
  return [
    {
      id: 'zone-edge',
      type: 'line',
      source: 'zones',
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': palette.zone,
        'line-width': byZoom(
          hasRoads
            ? [
                [9, 0.7],
                [15, 1.6],
              ]
            : [
                [9, 0.9],
                [15, 2],
              ],
        ),
        'line-opacity': hasRoads ? 0.85 : 1,
        ...(hasRoads ? { 'line-dasharray': [5, 2.5] } : {}),
      },
    },
  ];
}

function basemap(palette: Palette): LayerSpecification[] {
  const kinds = [
    ['built', palette.built],
    ['park', palette.park],
    ['water', palette.water],
  ] as const;
  return kinds.map(([kind, colour]) => ({
    id: `basemap-${kind}`,
    type: 'fill',
    source: 'basemap',
    filter: ['==', ['get', 'kind'], kind],
    paint: { 'fill-color': colour },
  }));
}

function roadLayer(road: RoadClass, palette: Palette, edge: boolean): LayerSpecification {
  const { from, width } = ROADS[road];
  const major = MAJOR.includes(road);
  const fill = major ? palette.roadMajor : palette.road;
  return {
    id: edge ? `road-${road}-edge` : `road-${road}`,
    type: 'line',
    source: 'roads',
    minzoom: edge ? Math.max(from, major ? 10 : 13.5) : from,
    filter: ['==', ['get', 'class'], road],
    layout: { 'line-cap': road === 'bridge' && edge ? 'butt' : 'round', 'line-join': 'round' },
    paint: {
      'line-color': edge ? edgeColour(road, palette) : fill,
      'line-width': byZoom(width.map(([zoom, px]) => [zoom, edge ? px + EDGE_PX : px])),
    },
  };
}

/** Bridges stand out by a firm edge; in the light theme every white road needs one. */
function edgeColour(road: RoadClass, palette: Palette): string {
  if (road === 'bridge') return palette.line;
  return palette.dark ? palette.land : palette.zone;
}

function names(palette: Palette, language: 'en' | 'zh', hasRoads: boolean): LayerSpecification[] {
  const name: ExpressionSpecification =
    language === 'zh'
      ? ['coalesce', ['get', 'name_zh'], ['get', 'name_en'], '']
      : ['coalesce', ['get', 'name_en'], ['get', 'name_zh'], ''];
  const paint = {
    'text-color': palette.label,
    'text-halo-color': palette.halo,
    'text-halo-width': 1.3,
  };
  const streets = ROAD_CLASSES.map((road): LayerSpecification => ({
    id: `street-name-${road}`,
    type: 'symbol',
    source: 'roads',
    minzoom: MAJOR.includes(road) ? 12 : road === 'collector' ? 13.5 : 14.8,
    filter: ['all', ['==', ['get', 'class'], road], ['!=', name, '']],
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 380,
      'text-field': name,
      'text-font': FONT,
      'text-size': byZoom(
        MAJOR.includes(road)
          ? [
              [12, 13],
              [16, 14],
            ]
          : [
              [13, 13],
              [16, 13],
            ],
      ),
      'text-letter-spacing': language === 'zh' ? 0.12 : 0.02,
      'text-padding': 6,
      'text-max-angle': 32,
    },
    paint,
  }));
  return [
    ...streets.reverse(),
    {
      id: 'station-name',
      type: 'symbol',
      source: 'stations',
      minzoom: 12,
      layout: {
        'icon-image': `station|${palette.dark ? 'dark' : 'light'}`,
        'icon-allow-overlap': true,
        'text-field': ['step', ['zoom'], '', 13, name],
        'text-optional': true,
        'text-font': FONT,
        'text-size': 13,
        'text-anchor': 'top',
        'text-offset': [0, 0.8],
        'text-max-width': 8,
      },
      paint: { ...paint, 'icon-opacity': 0.9 },
    },
    {
      id: 'place-name',
      type: 'symbol',
      source: 'places',
      minzoom: 13,
      layout: {
        'icon-image': `place|${palette.dark ? 'dark' : 'light'}`,
        'text-field': name,
        'text-optional': true,
        'text-font': FONT,
        'text-size': 13,
        'text-anchor': 'left',
        'text-offset': [0.6, 0],
        'text-max-width': 9,
        'text-padding': 8,
      },
      paint,
    },
    {
      id: 'zone-name',
      type: 'symbol',
      source: 'zoneNames',
      maxzoom: hasRoads ? 13.5 : 22,
      layout: {
        'text-field': name,
        'text-font': FONT_MEDIUM,
        'text-size': byZoom([
          [9, 13],
          [13, hasRoads ? 14 : 15],
        ]),
        'text-letter-spacing': language === 'zh' ? 0.25 : 0.06,
        'text-max-width': 7,
        'text-padding': 4,
      },
      paint: { ...paint, 'text-opacity': 0.85 },
    },
  ];
}

function byZoom(stops: Stops): ExpressionSpecification {
  return [
    'interpolate',
    ['exponential', 1.5],
    ['zoom'],
    ...stops.flat(),
  ] as ExpressionSpecification;
}
