import { expect, it } from 'vitest';
import { groundLayers, type Ground } from './ground';
import { liveLayers } from './liveLayers';
import { readPalette } from './palette';
import { ROAD_CLASSES } from './streets';

const none = { type: 'FeatureCollection' as const, features: [] };
const road = {
  type: 'Feature' as const,
  properties: {},
  geometry: { type: 'LineString' as const, coordinates: [] },
};
const ground: Ground = {
  zones: none,
  zoneNames: none,
  basemap: none,
  roads: { ...none, features: [road] },
  stations: none,
  places: none,
};
const palette = readPalette((token) => token, 'dark');

it('draws every class of road, the important ones over the others', () => {
  const ids = groundLayers(ground, palette, 'en').map((layer) => layer.id);
  const drawn = ROAD_CLASSES.map((one) => ids.indexOf(`road-${one}`));
  expect(drawn).toEqual([...drawn].sort((a, b) => a - b));
  expect(Math.min(...drawn)).toBeGreaterThan(ids.indexOf('basemap-water'));
});

it('writes names in the language of the reader and falls back to the other one', () => {
  const text = (language: 'en' | 'zh') =>
    JSON.stringify(groundLayers(ground, palette, language).find((one) => one.id === 'zone-name'));
  expect(text('zh').indexOf('name_zh')).toBeLessThan(text('zh').indexOf('name_en'));
  expect(text('en').indexOf('name_en')).toBeLessThan(text('en').indexOf('name_zh'));
});

it('shows a city without roads by its zones, named at every zoom', () => {
  const layers = groundLayers({ ...ground, roads: none }, palette, 'en');
  const name = layers.find((one) => one.id === 'zone-name')!;
  expect(name.maxzoom).toBeGreaterThan(18.5);
});

it('draws incidents over units, and both over everything else', () => {
  const ids = [...groundLayers(ground, palette, 'en'), ...liveLayers(palette)].map((one) => one.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.slice(-3)).toEqual(['units', 'incidents', 'picked']);
});
