import { expect, it } from 'vitest';
import type { Verb } from '../../api/commands';
import type { Unsent } from '../../actions/keep';
import { nextSteps, waitingSteps } from './steps';

const unsent = (verb: Verb, assignment: string): Unsent => ({
  action: verb,
  verb,
  command: { assignment },
  at_ms: 0,
  order: 0,
});

it('offers what the server confirmed, as long as nothing waits', () => {
  expect(nextSteps(['assignment.en_route', 'something.new'], [])).toEqual(['assignment.en_route']);
});

it('goes on from a step that is not confirmed yet', () => {
  const waiting = waitingSteps('a', [unsent('assignment.en_route', 'a')]);
  expect(nextSteps(['assignment.en_route'], waiting)[0]).toBe('assignment.on_scene');
});

it('offers nothing after an assignment was cleared', () => {
  expect(nextSteps(['assignment.clear'], ['assignment.on_scene', 'assignment.clear'])).toEqual([]);
});

it('leaves aside what waits for another assignment, or is no step', () => {
  const entries = [unsent('assignment.en_route', 'b'), unsent('unit.raise_emergency', 'a')];
  expect(waitingSteps('a', entries)).toEqual([]);
});
