/** Why a unit is recommended or passed over, in words (codes in docs/background/dispatch.md). */
import type { Reason } from '../../api/types';
import { isMessage, say, t, type Params } from '../../i18n';
import { pack } from '../../model/pack.svelte';
import { duration } from '../../model/timers';

export function sayReason(reason: Reason): string {
  const unknown = reason.code === 'stale_position' && reason.params['age_s'] === null;
  const key = `reason.${unknown ? 'stale_position_unknown' : reason.code}`;
  return isMessage(key) ? t(key, readable(reason.params)) : reason.code;
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
