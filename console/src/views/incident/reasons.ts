/** Why a unit is recommended or passed over, in words (codes in docs/background/dispatch.md). */
import type { Reason } from '../../api/types';
import { isMessage, say, t, type Params } from '../../i18n';
import { pack } from '../../model/pack.svelte';
import { duration } from '../../model/timers';

export function sayReason(reason: Reason): string {
  const key = `reason.${variantOf(reason)}`;
  return isMessage(key) ? t(key, readable(reason.params)) : reason.code;
}

/** Some reasons read better in another sentence where a figure is missing or next to nothing. */
function variantOf({ code, params }: Reason): string {
  if (code === 'stale_position' && params['age_s'] === null) return 'stale_position_unknown';
  if (code === 'later_than_chosen' && Number(params['by_s']) < 1) return 'same_arrival';
  return code;
}

/** Codes as names, seconds as minutes. */
function readable(params: Reason['params']): Params {
  const result: Params = {};
  for (const [name, value] of Object.entries(params)) {
    if (value === null) continue;
    if (name === 'capability' || name === 'instead_of')
      result[name] = say(pack.name('capabilities', String(value)));
    else if (name === 'reason') result[name] = say(pack.name('unavailable_reasons', String(value)));
    else if (name === 'zone') result[name] = say(pack.zone(String(value)));
    else if (name.endsWith('_s') && typeof value === 'number')
      result[name] = duration(value * 1000);
    else result[name] = value;
  }
  return result;
}
