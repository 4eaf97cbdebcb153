import { describe, expect, it } from 'vitest';
import type { Leg, Replay } from '../../api/plan';
import { clockAt, legAt, legsByUnit, momentOf, placeOn, recordsEnd_s } from './watching';

const way: Leg = ['P1', 'to_scene', 100, 200, '0', [120, 30], [120.1, 30]];
const replay: Replay = {
  begin_s: 0,
  end_s: 3600,
  hours: 1,
  first_hour: 114,
  units: { P1: { kind: 'patrol', at: [120, 30] }, P2: { kind: 'patrol', at: [121, 30] } },
  legs: [
    ['P1', 'on_scene', 200, 500, '0', [120.1, 30], [120.1, 30]],
    way,
    ['P1', 'turnout', 60, 100, '0', [120, 30], [120, 30]],
    ['P2', 'off_duty', 0, 1000, null, [121, 30], [121, 30]],
  ],
  calls: [
    {
      id: '0',
      at_s: 50,
      there_s: 200,
      closed_s: 500,
      place: [120.1, 30],
      priority: 1,
      category: 'X',
      late: false,
    },
  ],
};
const legs = legsByUnit(replay);
const at = (s: number) =>
  momentOf(
    replay,
    legs,
    s,
    'dark',
    (kind) => kind,
    (code) => code,
  );
const form = (s: number) => at(s).marks.units.features.map((one) => one.properties!['icon']);

describe('a rehearsal that is watched', () => {
  it('finds the leg of a moment, whatever order they are written in', () => {
    expect(legAt(legs.get('P1'), 150)).toEqual(way);
    expect(legAt(legs.get('P1'), 10)).toBeNull();
    expect(legAt(undefined, 10)).toBeNull();
  });

  it('has a unit on its way where its time has brought it', () => {
    expect(placeOn(way, 100)).toEqual([120, 30]);
    expect(placeOn(way, 150)[0]).toBeCloseTo(120.05);
    expect(placeOn(way, 900)).toEqual([120.1, 30]);
  });

  it('shows what each unit does, and nobody who is off duty', () => {
    expect(form(10)).toEqual(['unit|dark|patrol|free|fresh|calm|plain']);
    expect(form(70)).toEqual(['unit|dark|patrol|sent|fresh|calm|plain']);
    expect(form(150)).toEqual(['unit|dark|patrol|moving|fresh|calm|plain']);
    expect(form(300)).toEqual(['unit|dark|patrol|there|fresh|calm|plain']);
    expect(form(600)).toEqual(['unit|dark|patrol|free|fresh|calm|plain']);
    expect(form(1000)).toHaveLength(2);
  });

  it('does not call a unit free whose records break off on the way to a call', () => {
    const broken = { ...replay, legs: [way] };
    const seen = momentOf(
      broken,
      legsByUnit(broken),
      300,
      'dark',
      (kind) => kind,
      () => '',
    );
    expect([seen.busy, seen.onDuty]).toEqual([1, 2]);
  });

  it('knows when its records end', () => {
    expect(recordsEnd_s(replay)).toBe(1000);
    expect(recordsEnd_s({ ...replay, legs: [] })).toBe(500);
  });

  it('shows a call from the moment it comes until it is closed', () => {
    const calls = (s: number) => at(s).marks.incidents.features.length;
    expect([10, 50, 499, 500].map(calls)).toEqual([0, 1, 1, 0]);
    expect(at(55).waiting).toBe(1);
    expect(at(70).waiting).toBe(0);
    expect([at(70).busy, at(70).onDuty]).toEqual([1, 1]);
  });
});

it('says the clock of the rehearsal over the end of a week', () => {
  expect(clockAt(114, 0)).toEqual({ day: 'fri', time: '18:00' });
  expect(clockAt(167, 5400)).toEqual({ day: 'mon', time: '00:30' });
});
