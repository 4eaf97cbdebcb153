import { describe, expect, it } from 'vitest';
import type { LoopRoute, LoopRow } from '../api/schema';
import { routeOf, stayOf, stepsOf } from './stages';

const leg = (stage: LoopRoute['stages'][number]['stage'], owner: string) => ({
  stage,
  owner,
  until: [],
  clocks: [],
  tasks: [],
});
const usual: LoopRoute = {
  code: 'usual',
  en: 'Usual',
  zh: '一般',
  categories: [],
  priorities: [],
  light: false,
  stages: [
    leg('analyse', 'call_taker'),
    leg('handle', 'field_officer'),
    leg('conclude', 'dispatcher'),
  ],
};
const light: LoopRoute = {
  ...usual,
  code: 'light',
  categories: ['NOISE'],
  priorities: [4],
  light: true,
};
const stay = (
  stage: LoopRow['stages'][number]['stage'],
  from_ms: number,
  to_ms: number | null,
) => ({
  stage,
  owner: '',
  from_ms,
  to_ms,
});
const loop = (...stages: LoopRow['stages'][number][]): LoopRow => ({
  id: 'i',
  number: '1',
  org: '',
  clocks: [],
  route: 'usual',
  stages,
  approved_by: '',
  task_on: null,
  position: 1,
});

describe('stages', () => {
  it('goes by the first route that is for category and priority', () => {
    const routes = [light, usual];
    expect(routeOf({ category: 'NOISE', priority: 4 }, routes)).toBe(light);
    expect(routeOf({ category: 'NOISE', priority: 3 }, routes)).toBe(usual);
    expect(routeOf({ category: 'FIRE', priority: 4 }, [light])).toBeUndefined();
  });

  it('says what is done, what is now and what is ahead', () => {
    const steps = stepsOf(loop(stay('analyse', 1, 5), stay('handle', 5, null)), usual);
    expect(steps.map(({ stage, how, from_ms }) => [stage, how, from_ms])).toEqual([
      ['analyse', 'done', 1],
      ['handle', 'now', 5],
      ['conclude', 'ahead', null],
    ]);
  });

  it('is done with every stage once it is concluded', () => {
    const steps = stepsOf(loop(stay('analyse', 1, 5), stay('concluded', 5, null)), usual);
    expect(steps.map(({ how }) => how)).toEqual(['done', 'done', 'done']);
    expect(stayOf(loop(stay('concluded', 5, null)))).toBeUndefined();
  });

  it('has no steps where the pack has no routes', () => {
    expect(stepsOf(loop(), usual)).toEqual([]);
    expect(stepsOf(loop(stay('analyse', 1, null)), undefined)).toEqual([]);
  });
});
