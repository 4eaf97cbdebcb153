/** The steps of an assignment, as a crew reports them. Pure. */
import type { Verb } from '../../api/commands';
import type { AssignmentState } from '../../api/types';
import type { Unsent } from '../../actions/keep';

export type Step = Extract<
  Verb,
  | 'assignment.en_route'
  | 'assignment.on_scene'
  | 'assignment.transport'
  | 'assignment.at_facility'
  | 'assignment.clear'
>;

const LEADS_TO: Record<Step, AssignmentState> = {
  'assignment.en_route': 'en_route',
  'assignment.on_scene': 'on_scene',
  'assignment.transport': 'transporting',
  'assignment.at_facility': 'at_facility',
  'assignment.clear': 'cleared',
};

/** As the server's own table: the normal next step first. */
const AFTER: Partial<Record<AssignmentState, readonly Step[]>> = {
  en_route: ['assignment.on_scene', 'assignment.clear'],
  on_scene: ['assignment.clear', 'assignment.transport'],
  transporting: ['assignment.at_facility', 'assignment.clear'],
  at_facility: ['assignment.clear'],
};

export function isStep(verb: string): verb is Step {
  return Object.hasOwn(LEADS_TO, verb);
}

/** Steps of this assignment that were reported and not confirmed yet. */
export function waitingSteps(assignment: string | null, unsent: readonly Unsent[]): Step[] {
  return unsent.flatMap(({ verb, command }): Step[] =>
    isStep(verb) && command['assignment'] === assignment ? [verb] : [],
  );
}

/** What can be reported next: as the server said, or after what waits to be sent. */
export function nextSteps(confirmed: readonly string[], waiting: readonly Step[]): readonly Step[] {
  const last = waiting.at(-1);
  return last ? (AFTER[LEADS_TO[last]] ?? []) : confirmed.filter(isStep);
}
