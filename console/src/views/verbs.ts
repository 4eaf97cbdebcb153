/** What an action is called, and what it is about, where it waits or was refused. */
import type { Verb } from '../api/commands';
import { t, type MessageKey } from '../i18n';
import { board } from '../model/board.svelte';
import { callSign } from '../model/callSigns.svelte';

const NAMES: Partial<Record<Verb, MessageKey>> = {
  'call.claim': 'op.claim',
  'call.release': 'verb.release',
  'call.hang_up': 'verb.hang_up',
  'call.mark_silent': 'verb.mark_silent',
  'call.call_back': 'verb.call_back',
  'call.record_details': 'verb.record_details',
  'call.end': 'verb.end_call',
  'incident.open': 'op.blank',
  'incident.link_call': 'verb.link_call',
  'incident.unlink_call': 'verb.unlink_call',
  'incident.set_category': 'op.category',
  'incident.set_priority': 'op.priority',
  'incident.set_place': 'verb.set_place',
  'incident.answer_prompt': 'verb.answer_prompt',
  'incident.add_note': 'op.note',
  'incident.strike_note': 'verb.strike_note',
  'incident.request_more': 'op.more',
  'incident.merge': 'op.merge',
  'incident.split': 'op.split',
  'incident.set_disposition': 'verb.set_disposition',
  'incident.close': 'op.close',
  'incident.reopen': 'op.reopen',
  'incident.dispatch': 'op.dispatch',
  'assignment.reassign': 'op.reassign',
  'assignment.undo_reassign': 'verb.undo_reassign',
  'assignment.en_route': 'op.en_route',
  'assignment.on_scene': 'op.on_scene',
  'assignment.transport': 'op.transport',
  'assignment.at_facility': 'op.at_facility',
  'assignment.clear': 'op.clear',
  'assignment.cancel': 'op.cancel',
  'unit.sign_on': 'op.sign_on',
  'unit.sign_off': 'op.sign_off',
  'unit.mark_unavailable': 'op.unavailable',
  'unit.mark_available': 'op.available',
  'unit.hear_from': 'op.hear',
  'unit.raise_emergency': 'field.emergency',
  'unit.acknowledge_emergency': 'op.acknowledge',
  'unit.end_emergency': 'op.end_emergency',
  'desk.start_handover': 'verb.start_handover',
  'desk.confirm_incident': 'verb.confirm_incident',
  'desk.complete_handover': 'verb.complete_handover',
  'desk.cancel_handover': 'verb.cancel_handover',
};

export function nameOf(verb: Verb): string {
  const key = NAMES[verb];
  return key ? t(key) : verb;
}

/** The units and the incident of an action, as people speak of them; the rest has no name. */
export function subjectOf(command: Record<string, unknown>): string {
  const units = [command['unit'], ...[command['units']].flat()].map((one) =>
    typeof one === 'object' ? (one as { unit?: unknown } | null)?.unit : one,
  );
  const incident = board.incidents.get(String(command['incident']))?.number;
  const named = units.flatMap((one) => (typeof one === 'string' ? [callSign(one)] : []));
  return [...named, incident].filter(Boolean).join(' · ');
}
