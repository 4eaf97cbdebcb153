/** At which stage incidents stand, by the routes of the city pack. Pure but for the words. */
import type { LoopRoute, LoopRow } from '../api/schema';
import type { IncidentRow } from '../api/types';
import { isMessage, t } from '../i18n';
import { pack } from '../model/pack.svelte';

/** In their order: 研 交 办 督 结. */
export const STAGES = ['analyse', 'assign', 'handle', 'supervise', 'conclude'] as const;
export type Stage = (typeof STAGES)[number];
export type Stay = LoopRow['stages'][number];

/** Where an incident stands; undefined where it has no stages, or is over. */
export function stayOf(loop: LoopRow | undefined): (Stay & { stage: Stage }) | undefined {
  const last = loop?.stages.at(-1);
  return last && isStage(last.stage) ? { ...last, stage: last.stage } : undefined;
}

function isStage(stage: string): stage is Stage {
  return (STAGES as readonly string[]).includes(stage);
}

/** The way of an incident: the first route that is for it. */
export function routeOf(
  { category, priority }: Pick<IncidentRow, 'category' | 'priority'>,
  routes: readonly LoopRoute[] = pack.pack?.loop.routes ?? [],
): LoopRoute | undefined {
  const isFor = <T>(among: readonly T[], one: T): boolean => !among.length || among.includes(one);
  return routes.find((one) => isFor(one.categories, category) && isFor(one.priorities, priority));
}

export interface Step {
  stage: Stage;
  owner: string;
  how: 'done' | 'now' | 'ahead';
  /** When it was entered last. */
  from_ms: number | null;
}

/** The stages of its route, with how far the incident has come. */
export function stepsOf(loop: LoopRow, route: LoopRoute | undefined): Step[] {
  const last = loop.stages.at(-1);
  if (!route || !last) return [];
  const at = route.stages.findIndex(({ stage }) => stage === last.stage);
  return route.stages.map(({ stage, owner }, i) => ({
    stage,
    owner,
    how: last.stage === 'concluded' || i < at ? 'done' : i === at ? 'now' : 'ahead',
    from_ms: loop.stages.findLast((one) => one.stage === stage)?.from_ms ?? null,
  }));
}

export function sayRole(role: string): string {
  const key = `role.${role}`;
  return isMessage(key) ? t(key) : role;
}

export function sayFact(fact: string): string {
  const key = `loops.fact.${fact}`;
  return isMessage(key) ? t(key) : fact;
}
