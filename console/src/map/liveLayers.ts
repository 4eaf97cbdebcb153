/** The layers of what is happening, above the ground. */
import type { ExpressionSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl';
import { FONT, FONT_MEDIUM } from './ground';
import type { Palette } from './palette';

export const LIVE_SOURCES = ['lines', 'units', 'incidents', 'picked'] as const;
export const CLICKABLE = ['units', 'incidents'] as const;

const UNIT_SIZE: ExpressionSpecification = [
  'interpolate',
  ['linear'],
  ['zoom'],
  10,
  0.66,
  13,
  0.92,
  15,
  1.05,
];

export function liveSources(): Record<string, SourceSpecification> {
  const empty: SourceSpecification = {
    type: 'geojson',
    data: { type: 'FeatureCollection', features: [] },
  };
  return Object.fromEntries(LIVE_SOURCES.map((name) => [name, empty]));
}

export function liveLayers(palette: Palette): LayerSpecification[] {
  const theme = palette.dark ? 'dark' : 'light';
  const halo = { 'text-halo-color': palette.halo, 'text-halo-width': 1.6 };
  return [
    {
      id: 'lines',
      type: 'line',
      source: 'lines',
      layout: { 'line-cap': 'round' },
      paint: {
        'line-color': palette.accent,
        'line-width': ['case', ['get', 'selected'], 2.2, 1.1],
        'line-opacity': ['case', ['get', 'selected'], 0.95, 0.4],
        'line-dasharray': [1, 2.4],
      },
    },
    {
      id: 'headings',
      type: 'symbol',
      source: 'units',
      filter: ['has', 'heading'],
      layout: {
        'icon-image': `heading|${theme}`,
        'icon-rotate': ['get', 'heading'],
        'icon-rotation-alignment': 'map',
        'icon-offset': [0, -16],
        'icon-size': UNIT_SIZE,
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
      },
    },
    {
      id: 'units',
      type: 'symbol',
      source: 'units',
      layout: {
        'icon-image': ['get', 'icon'],
        'icon-size': UNIT_SIZE,
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'symbol-sort-key': ['get', 'order'],
        'text-field': ['step', ['zoom'], '', 11.8, ['coalesce', ['get', 'label'], ['get', 'id']]],
        'text-font': FONT_MEDIUM,
        'text-size': ['interpolate', ['linear'], ['zoom'], 11, 13, 15, 13.5],
        'text-anchor': 'top',
        'text-offset': [0, 1.15],
        'text-optional': true,
      },
      paint: { ...halo, 'text-color': palette.text },
    },
    {
      id: 'incidents',
      type: 'symbol',
      source: 'incidents',
      layout: {
        'icon-image': ['get', 'icon'],
        'icon-size': ['interpolate', ['linear'], ['zoom'], 10, 0.74, 13, 1],
        'icon-anchor': 'bottom',
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'symbol-sort-key': ['get', 'order'],
        'text-field': [
          'step',
          ['zoom'],
          ['case', ['get', 'selected'], ['get', 'title'], ''],
          12.2,
          ['case', ['any', ['get', 'urgent'], ['get', 'selected']], ['get', 'title'], ''],
          14,
          ['get', 'title'],
        ],
        'text-font': FONT,
        'text-size': 13,
        'text-anchor': 'left',
        'text-offset': [1.35, -1.7],
        'text-justify': 'left',
        'text-optional': true,
      },
      paint: { ...halo, 'text-color': palette.text },
    },
    {
      id: 'picked',
      type: 'symbol',
      source: 'picked',
      layout: {
        'icon-image': `picked|${theme}`,
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
      },
    },
  ];
}
