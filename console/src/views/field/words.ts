/** What a step is called on the field page. */
import type { MessageKey } from '../../i18n';
import type { Step } from './steps';

export const STEPS: Record<Step, MessageKey> = {
  'assignment.en_route': 'op.en_route',
  'assignment.on_scene': 'op.on_scene',
  'assignment.transport': 'op.transport',
  'assignment.at_facility': 'op.at_facility',
  'assignment.clear': 'op.clear',
};
