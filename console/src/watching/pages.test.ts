import { describe, expect, it } from 'vitest';
import type { Role } from '../api/types';
import { PAGES, type Place } from '../pages';
import { PAGES_OF, pagesOfClock } from './pages';

const mayOpen = (role: Role) => (page: Place) =>
  PAGES.find(({ path }) => path === page)!.roles.includes(role);

/** Whom the deadlines of each list tell: the `clocks` of its kind on the server. */
const TOLD: Record<string, readonly Role[]> = {
  tasks: ['station_officer', 'station_command', 'supervisor'],
  supervision_orders: ['station_command', 'supervisor'],
  desk_requests: ['desk_specialist', 'dispatcher', 'supervisor', 'station_command'],
  matters: ['station_officer', 'station_command', 'supervisor'],
  referrals: ['dispatcher', 'supervisor', 'station_command'],
  call_backs: ['call_taker', 'dispatcher', 'supervisor'],
  station_handovers: ['station_command', 'supervisor'],
  handovers: ['dispatcher', 'supervisor'],
  notices: ['dispatcher', 'supervisor'],
};

describe('whoever is told is led to a page that they may open', () => {
  it('of every list of which deadlines are told', () => {
    expect(Object.keys(TOLD)).toEqual(Object.keys(PAGES_OF));
    for (const [list, roles] of Object.entries(TOLD))
      for (const role of roles)
        expect([list, role, PAGES_OF[list]!.some(mayOpen(role))]).toEqual([list, role, true]);
  });

  it('of the clock of a task or an incident', () => {
    const first = (role: Role, isOfTask: boolean) => pagesOfClock(isOfTask).find(mayOpen(role));
    expect(first('supervisor', false)).toBe('/clocks');
    expect(first('call_taker', false)).toBe('/dispatch');
    expect(first('station_command', false)).toBe('/station');
    expect(first('station_command', true)).toBe('/tasks');
    expect(first('station_officer', true)).toBe('/tasks');
  });
});
