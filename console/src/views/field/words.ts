/** What an action is called on the field page. */
import type { Verb } from '../../api/commands';
import { t, type MessageKey } from '../../i18n';
import type { Step } from './steps';

export const STEPS: Record<Step, MessageKey> = {
  'assignment.en_route': 'op.en_route',
  'assignment.on_scene': 'op.on_scene',
  'assignment.transport': 'op.transport',
  'assignment.at_facility': 'op.at_facility',
  'assignment.clear': 'op.clear',
};

const OTHERS: Partial<Record<Verb, MessageKey>> = {
  'incident.add_note': 'op.note',
  'unit.mark_available': 'op.available',
  'unit.mark_unavailable': 'op.unavailable',
  'unit.sign_on': 'op.sign_on',
  'unit.sign_off': 'op.sign_off',
  'unit.raise_emergency': 'field.emergency',
};

export function nameOf(verb: Verb): string {
  const key = { ...STEPS, ...OTHERS }[verb as Step];
  return key ? t(key) : verb;
}
