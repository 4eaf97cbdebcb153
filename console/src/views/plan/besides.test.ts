import { beforeEach, describe, expect, it } from 'vitest';
import type { Besides, KeptPlan, Plan } from '../../api/plan';
import { settings } from '../../model/settings.svelte';
import { saidBesides } from './besides';
import { drawn, EMPTY } from './drawing';

const units = [{ id: 'P1', kind: 'patrol', station: 'S1', capabilities: ['patrol'] }];
const kept = (besides: Partial<Besides>, plan: Plan = EMPTY): KeptPlan => ({
  id: 'early',
  plan,
  version: '1',
  current: true,
  besides: { keys: [], rules: [], base: null, ...besides },
  told: [],
});
const lines = (of: KeptPlan | null, plan: Plan = EMPTY) =>
  saidBesides(plan, of, drawn(plan, units));

describe('what the planner’s page says of what it cannot show', () => {
  beforeEach(() => {
    settings.language = 'en';
  });

  it('is nothing where there is nothing', () => {
    expect(lines(null)).toEqual([]);
    expect(lines(kept({}))).toEqual([]);
    const changes = [
      { do: 'add_unit' as const, id: 'N1', at: 'S1', like: 'P1' },
      { do: 'set_hours' as const, id: 'P1', hours: ['daily 08:00-20:00'] },
      { do: 'scale_calls' as const, by: 2 },
    ];
    expect(lines(kept({}), { ...EMPTY, changes })).toEqual([]);
  });

  it('names keys and rules in both languages, and new ones as the file does', () => {
    const of = kept({ keys: ['targets_s', 'of_tomorrow'], rules: ['home_speed', 'newest'] });
    expect(lines(of)).toEqual([
      'Not shown here, and kept as it is: promised times, of_tomorrow, rules (speed on the way back, newest)',
    ]);
    settings.language = 'zh';
    expect(lines(of)[0]).toContain('承诺时限、of_tomorrow、规则（返程速度、newest）');
  });

  it('leaves out a rule once the planner has set it', () => {
    const of = kept({ rules: ['when_idle', 'compliance'] });
    const rules = { ...EMPTY.rules, when_idle: 'stay' as const };
    expect(lines(of, { ...EMPTY, rules })[0]).toContain('rules (which posts are to be taken)');
  });

  it('names the units of which the file says more than their row', () => {
    const changes = [
      { do: 'set_shift', id: 'P1', shift: 'early' },
      { do: 'add_unit', id: 'N1', at: 'S1', capabilities: ['als'] },
      { do: 'remove_unit', id: 'of another pack' },
    ] as Plan['changes'];
    expect(lines(null, { ...EMPTY, changes })).toEqual([
      'Not shown here, and kept as it is: more about P1, N1, of another pack',
    ]);
  });

  it('says what comes from a base, and what a rehearsal from the page does not take', () => {
    const base = { file: 'below.json', keys: ['shifts', 'hours'], rules: [] };
    expect(lines(kept({ keys: ['hours', 'start'], base }))).toEqual([
      'From below.json, which it is built on: shifts',
      'Counts on the command line only: how long it goes on, when it begins',
    ]);
    expect(lines(kept({ base: { ...base, keys: [] } }))).toEqual(['Built on below.json']);
  });
});
