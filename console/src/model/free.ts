/** Could this unit be sent? Not while it is in emergency, whatever its status says. */
import type { UnitRow } from '../api/types';

export function isFree(unit: UnitRow | undefined): boolean {
  return unit?.status === 'available' && !unit.emergency;
}
