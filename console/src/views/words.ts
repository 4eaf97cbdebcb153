/** Messages for the fixed words of the API. */
import type { AssignmentState, CallRow, IncidentRow, Role, UnitStatus } from '../api/types';
import { isMessage, t, type MessageKey } from '../i18n';

export const PROGRESS: Record<IncidentRow['progress'], MessageKey> = {
  pending: 'progress.pending',
  dispatched: 'state.dispatched',
  en_route: 'state.en_route',
  on_scene: 'state.on_scene',
  cleared: 'state.cleared',
};

export const CLOCKS: Record<NonNullable<IncidentRow['clock']>['name'], MessageKey> = {
  dispatch: 'clock.dispatch',
  en_route: 'clock.en_route',
  on_scene: 'clock.on_scene',
};

export const STATES: Record<AssignmentState, MessageKey> = {
  dispatched: 'state.dispatched',
  en_route: 'state.en_route',
  on_scene: 'state.on_scene',
  transporting: 'state.transporting',
  at_facility: 'state.at_facility',
  cleared: 'state.cleared',
  cancelled: 'state.cancelled',
  taken_over: 'state.taken_over',
};

const CALLS: Record<CallRow['state'], MessageKey> = {
  ringing: 'call.ringing',
  claimed: 'call.claimed',
  abandoned: 'call.abandoned',
  ended: 'call.ended',
};

/** What has become of a call, and what its caller is owed. */
export function callState(
  call: Pick<CallRow, 'state' | 'silent' | 'call_back_owed' | 'chase'>,
): string {
  const silent = call.silent ? [t('call.silent')] : [];
  const owed = call.call_back_owed ? [t('call.owed')] : [];
  const chase = call.chase ? [t('call.chase')] : [];
  return [t(CALLS[call.state]), ...silent, ...owed, ...chase].join(' · ');
}

export const STATUSES: Record<UnitStatus, MessageKey> = {
  off_duty: 'status.off_duty',
  unavailable: 'status.unavailable',
  available: 'status.available',
  dispatched: 'state.dispatched',
  en_route: 'state.en_route',
  on_scene: 'state.on_scene',
  transporting: 'state.transporting',
  at_facility: 'state.at_facility',
};

export const ROLES: Record<Role, MessageKey> = {
  call_taker: 'role.call_taker',
  dispatcher: 'role.dispatcher',
  supervisor: 'role.supervisor',
  field_officer: 'role.field_officer',
  auditor: 'role.auditor',
  trainer: 'role.trainer',
  planner: 'role.planner',
  station_command: 'role.station_command',
  station_officer: 'role.station_officer',
  desk_specialist: 'role.desk_specialist',
  partner: 'role.partner',
  read_key: 'role.read_key',
  answer_key: 'role.answer_key',
};

/** How a matter became known; a channel that is newer than this console goes by its code. */
export function sayChannel(channel: string): string {
  const key = `form.channel.${channel}`;
  return isMessage(key) ? t(key) : channel;
}
