import { describe, expect, it } from 'vitest';
import { ClockFilter } from './filter.svelte';
import type { ClockLine, Standing } from './standing';

const line = (standing: Standing, org = 'city/north', clock = 'report') =>
  ({ id: 'a', standing, loop: { org }, run: { clock, told: [] } }) as unknown as ClockLine;

describe('the board of clocks', () => {
  it('shows what is late, at risk or paused, until something else is chosen', () => {
    const filter = new ClockFilter();
    const shown = (['late', 'risk', 'paused', 'running'] as const).filter((one) =>
      filter.matches(line(one)),
    );
    expect(shown).toEqual(['late', 'risk', 'paused']);
    filter.shown = 'running';
    expect([filter.matches(line('running')), filter.matches(line('late'))]).toEqual([true, false]);
  });

  it('shows an organisation with all that it holds, and no other whose name begins so', () => {
    const filter = new ClockFilter();
    filter.org = 'city/north';
    expect(
      ['city/north', 'city/north/st1', 'city/northern', 'city'].map((org) =>
        filter.matches(line('late', org)),
      ),
    ).toEqual([true, true, false, false]);
  });

  it('shows one clock alone, and everything again when only a state is asked for', () => {
    const filter = new ClockFilter();
    filter.clock = 'accept';
    expect(filter.matches(line('late'))).toBe(false);
    filter.only('late');
    expect(filter.matches(line('late'))).toBe(true);
  });

  it('tells when it has changed', () => {
    const filter = new ClockFilter();
    const before = filter.view;
    filter.org = 'city';
    expect(filter.view).not.toBe(before);
  });
});
