import { describe, expect, it } from 'vitest';
import type { IncidentRow, UnitRow } from '../api/types';
import { reassign } from './dispatch';
import { merge } from './incident';
import { NOTHING, type Subject } from './operation';
import { endEmergency, signOff } from './unit';

const incident = (id: string, state: string) =>
  ({ id, number: id, state, merged_into: null }) as unknown as IncidentRow;
const unit = (more: Partial<UnitRow>) =>
  ({ id: 'P2', status: 'available', assignment: null, emergency: null, ...more }) as UnitRow;
const about = (more: Partial<Subject>): Subject => ({ ...NOTHING, ...more });

describe('what the room would always refuse is not offered', () => {
  const open = incident('1', 'open');

  it.each(['closed', 'merged'])('merging into an incident that is %s', (state) => {
    expect(
      merge.disabledBecause(about({ incident: open, other: incident('2', state) })),
    ).toBeTruthy();
    expect(
      merge.disabledBecause(about({ incident: open, other: incident('2', 'open') })),
    ).toBeNull();
  });

  it.each(['closed', 'merged'])('moving a unit to an incident that is %s', (state) => {
    const units = [unit({ status: 'en_route', assignment: 'a', incident: '1' })];
    expect(reassign.disabledBecause(about({ units, other: incident('2', state) }))).toBeTruthy();
    expect(reassign.disabledBecause(about({ units, other: incident('2', 'open') }))).toBeNull();
  });

  it('signing off a unit in an emergency, and ending one that nobody has acknowledged', () => {
    const raised = about({ units: [unit({ emergency: 'raised' })] });
    const known = about({ units: [unit({ emergency: 'acknowledged' })] });
    expect(signOff.disabledBecause(raised)).toBeTruthy();
    expect(signOff.disabledBecause(known)).toBeTruthy();
    expect(endEmergency.disabledBecause(raised)).toBeTruthy();
    expect(endEmergency.disabledBecause(known)).toBeNull();
  });
});
