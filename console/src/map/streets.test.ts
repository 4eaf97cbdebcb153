import { expect, it } from 'vitest';
import { nearestStreet, type Street } from './streets';

const street = (name: string, coordinates: number[][][]): Street => ({
  type: 'Feature',
  properties: { class: 'side', name_en: name, name_zh: name && `${name}路` },
  geometry: { type: 'MultiLineString', coordinates },
});
const streets = [
  street('', [
    [
      [120, 30.0001],
      [120.01, 30.0001],
    ],
  ]),
  street('Far', [
    [
      [120, 30.01],
      [120.01, 30.01],
    ],
  ]),
  street('Near', [
    [
      [121, 30],
      [121.01, 30],
    ],
    [
      [120, 30.0005],
      [120.01, 30.0005],
    ],
  ]),
];

it('names a point by the nearest street that has a name, in both languages', () => {
  const found = nearestStreet([120.005, 30], streets, 120)!;
  expect(found.name).toEqual({ en: 'Near', zh: 'Near路' });
  expect(found.distance_m).toBeCloseTo(55.7, 0);
});

it('names nothing in the open country', () => {
  expect(nearestStreet([120.005, 30.005], streets, 120)).toBeNull();
});
