/** A call that asks again about an incident, and that somebody has seen it. */
import { act } from '../actions/act';
import type { CallRow, IncidentRow } from '../api/types';
import { t } from '../i18n';
import { board } from '../model/board.svelte';
import { callInHand, isRaised } from '../model/chases';
import { selection } from '../model/selection.svelte';
import { session } from '../model/session.svelte';
import type { Operation, Subject } from '../operations/operation';

function callOf({ call }: Subject): CallRow | null {
  return call ?? callInHand(board.calls.values(), selection.call, session.member?.id ?? '');
}

/** The call becomes one of the incident's. Taken back, it reports it if it did, or is on none again. */
export function chaseBy(call: CallRow, { id, number }: Pick<IncidentRow, 'id' | 'number'>) {
  const before = call.incident === id ? 'incident.link_call' : 'incident.unlink_call';
  return act(
    'incident.record_chase',
    { incident: id, call: call.id },
    {
      done: () => t('did.chase', { number }),
      undo: () => void act(before, { incident: id, call: call.id }),
    },
  );
}

export const chase: Operation = {
  id: 'incident.chase',
  label: 'op.chase',
  group: 'call',
  words: ['CHASE', '催警', '催'],
  takes: ['incident'],
  verb: 'incident.record_chase',
  disabledBecause: (subject) => {
    const { incident } = subject;
    const call = callOf(subject);
    if (!call) return t('why.no_call');
    if (incident?.state === 'merged') {
      const into = board.incidents.get(incident.merged_into ?? '');
      return t('why.merged', { number: into?.number ?? '' });
    }
    if (incident && call.incident === incident.id && call.chase)
      return t('why.chased', { number: incident.number });
    return null;
  },
  run: (subject) => void chaseBy(callOf(subject)!, subject.incident!),
};

export const acknowledgeChase: Operation = {
  id: 'incident.acknowledge_chase',
  label: 'op.chase_seen',
  group: 'incident',
  words: ['W', 'WAITED', '签收催警', '知悉'],
  key: 'w',
  takes: ['incident'],
  verb: 'incident.acknowledge_chase',
  disabledBecause: ({ incident }) => (incident && isRaised(incident) ? null : t('why.no_chase')),
  run: ({ incident }) => {
    const { id, number, last_chase_at_ms } = incident!;
    void act(
      'incident.acknowledge_chase',
      { incident: id, until_ms: last_chase_at_ms! },
      { done: () => t('did.chase_seen', { number }) },
    );
  },
};
