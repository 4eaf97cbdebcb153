import { expect, it } from 'vitest';
import { tomorrow_ms } from './days';

it.each([
  ['Asia/Shanghai', '2026-12-01T15:59:00Z', '2026-12-01T16:00:00Z'],
  ['Asia/Shanghai', '2026-12-01T16:00:00Z', '2026-12-02T16:00:00Z'],
  ['America/St_Johns', '2026-11-01T12:00:00Z', '2026-11-02T03:30:00Z'],
  // Clocks go from midnight to one.
  ['America/Havana', '2026-03-07T12:00:00Z', '2026-03-08T05:00:00Z'],
])('tomorrow begins in %s after %s at %s', (zone, now, begins) => {
  expect(new Date(tomorrow_ms(Date.parse(now), zone)).toISOString()).toBe(
    begins.replace('Z', '.000Z'),
  );
});
