/** Where a base or a post is, in words. */
import { say, t } from '../../i18n';
import type { LonLat } from '../../map/geometry';
import { pack } from '../../model/pack.svelte';
import { nearestPoint } from './drawing';

/** So near that it is the station's own corner. */
const THERE_M = 150;

/** Near which station; in a city without stations, its coordinates. */
export function whereabouts(at: LonLat | undefined): string {
  if (!at) return t('plan.on_map');
  const found = nearestPoint(pack.pack?.stations ?? [], at[0], at[1]);
  if (!found) return `${at[1].toFixed(4)}, ${at[0].toFixed(4)}`;
  const station = say(pack.station(found.point.id));
  if (found.distance_m <= THERE_M) return t('plan.where.at', { station });
  return t('plan.where.from', { station, distance: length(found.distance_m) });
}

function length(distance_m: number): string {
  const rounded_m = Math.round(distance_m / 50) * 50;
  return rounded_m < 1000
    ? t('plan.where.m', { count: rounded_m })
    : t('plan.where.km', { count: (distance_m / 1000).toFixed(1) });
}
