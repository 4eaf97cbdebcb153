import { describe, expect, it } from 'vitest';
import type { AssignmentRow, IncidentRow, UnitRow } from '../api/types';
import { marksOf, type Picture } from './marks';

const assignment = (unit: string, state: AssignmentRow['state']): AssignmentRow => ({
  id: `a-${unit}`,
  unit,
  state,
  since_ms: 0,
  recommended: true,
  reason: null,
  moved_from: null,
  moved_to: null,
});
const incident = (more: Partial<IncidentRow> = {}): IncidentRow =>
  ({
    id: 'i1',
    priority: 2,
    state: 'open',
    progress: 'pending',
    assignments: [],
    ...more,
  }) as IncidentRow;
const unit = (more: Partial<UnitRow> = {}): UnitRow =>
  ({
    id: 'P1',
    kind: 'car',
    status: 'available',
    emergency: null,
    incident: null,
    ...more,
  }) as UnitRow;

function marks(more: Partial<Picture> = {}) {
  return marksOf({
    incidents: [],
    units: [],
    positions: new Map([['P1', { lon: 120, lat: 30, at_ms: 0 }]]),
    place: () => ({ lon: 120, lat: 30.1, label: '', kind: 'street' }),
    callSign: (id) => id,
    kindSymbol: () => 'car',
    isStale: () => false,
    level: () => 'calm',
    title: () => 'Fire',
    selected: { incident: null, unit: null },
    theme: 'dark',
    ...more,
  });
}
const icon = (picture: Partial<Picture>) =>
  String(marks(picture).units.features[0]?.properties?.['icon'] ?? '');

describe('marks', () => {
  it('gives every state of a unit a form of its own, never only a colour', () => {
    const statuses = [
      'available',
      'dispatched',
      'en_route',
      'on_scene',
      'transporting',
      'unavailable',
    ];
    const icons = statuses.map((status) =>
      icon({ units: [unit({ status: status as UnitRow['status'] })] }),
    );
    expect(new Set(icons).size).toBe(statuses.length);
  });

  it('leaves units out that are off duty, unless they are in an emergency', () => {
    expect(marks({ units: [unit({ status: 'off_duty' })] }).units.features).toEqual([]);
    expect(icon({ units: [unit({ status: 'off_duty', emergency: 'raised' })] })).toContain(
      'emergency',
    );
  });

  it('draws a unit with an old position hollow, and does not say where it is heading', () => {
    const moving = { units: [unit({ status: 'en_route', incident: 'i1' })] };
    expect(marks(moving).units.features[0]!.properties!['heading']).toBeCloseTo(0);
    const stale = marks({ ...moving, isStale: () => true }).units.features[0]!.properties!;
    expect(stale['icon']).toContain('stale');
    expect(stale).not.toHaveProperty('heading');
  });

  it('shows no unit without a position and no incident whose place is not known', () => {
    expect(marks({ units: [unit({ id: 'X' })] }).units.features).toEqual([]);
    expect(marks({ incidents: [incident()], place: () => undefined }).incidents.features).toEqual(
      [],
    );
  });

  it('draws an incident that nobody goes to unlike one that is attended, and a late one unlike both', () => {
    const of = (more: Partial<Picture>) => marks(more).incidents.features[0]!.properties!['icon'];
    const waiting = of({ incidents: [incident()] });
    const attended = of({ incidents: [incident({ progress: 'en_route' })] });
    const late = of({ incidents: [incident()], level: () => 'red' });
    expect(new Set([waiting, attended, late]).size).toBe(3);
  });

  it('draws lines only from units on their way or there, to open incidents', () => {
    const assigned = incident({
      assignments: [
        assignment('P1', 'en_route'),
        assignment('P2', 'cleared'),
        assignment('P3', 'en_route'),
      ],
    });
    const { features } = marks({ incidents: [assigned] }).lines;
    expect(features.map((line) => line.geometry.coordinates)).toEqual([
      [
        [120, 30],
        [120, 30.1],
      ],
    ]);
    expect(marks({ incidents: [{ ...assigned, state: 'closed' }] }).lines.features).toEqual([]);
  });

  it('puts what is selected above all others', () => {
    const others = [
      incident({ priority: 1 }),
      incident({ id: 'i2', priority: 4, progress: 'on_scene' }),
    ];
    const { features } = marks({
      incidents: others,
      selected: { incident: 'i2', unit: null },
    }).incidents;
    expect(features[1]!.properties!['order']).toBeGreaterThan(
      features[0]!.properties!['order'] as number,
    );
  });
});
