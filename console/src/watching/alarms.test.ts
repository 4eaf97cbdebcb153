import { describe, expect, it } from 'vitest';
import type { AlarmRow } from '../api/schema';
import { alarmsOf, isTold } from './alarms';

const alarm = (more: Partial<AlarmRow>): AlarmRow => ({
  deadline: 'task',
  due_ms: 1_000,
  steps: 1,
  role: 'station_command',
  told: [],
  passed: [],
  at_ms: 1_000,
  late_ms: 0,
  ...more,
});

describe('an alarm', () => {
  it('is for those who were told', () => {
    expect(isTold(alarm({ told: ['bo'] }), 'bo', 'station_officer')).toBe(true);
    expect(isTold(alarm({ told: ['bo'] }), 'dai', 'station_command')).toBe(false);
  });

  it('is for whoever comes, where nobody was on duty', () => {
    const missed = alarm({ passed: ['station_command', 'supervisor'] });
    expect(isTold(missed, 'dai', 'station_command')).toBe(true);
    expect(isTold(missed, 'wei', 'supervisor')).toBe(true);
    expect(isTold(missed, 'anna', 'dispatcher')).toBe(false);
  });
});

it('what is due first stands on top, with its number', () => {
  const lists = [
    ['tasks', [{ id: 't', number: '1', alarm: alarm({ told: ['bo'], due_ms: 3_000 }) }]],
    ['matters', [{ id: 'm', numbers: ['2', '3'], alarm: alarm({ told: ['bo'] }) }]],
    [
      'handovers',
      [
        { id: 'h', alarm: alarm({ told: ['dai'] }) },
        { id: 'i', alarm: null },
      ],
    ],
  ] as const;
  expect(alarmsOf(lists, 'bo', '').map(({ list, number }) => [list, number])).toEqual([
    ['matters', '2'],
    ['tasks', '1'],
  ]);
});
