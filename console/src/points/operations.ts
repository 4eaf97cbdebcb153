/** Going to the open points of an incident, and settling them. */
import { act } from '../actions/act';
import type { IncidentRow, PointReading } from '../api/types';
import { desks } from '../desks/desks.svelte';
import { t, type MessageKey } from '../i18n';
import { panel } from '../model/panel.svelte';
import { selection } from '../model/selection.svelte';
import { session } from '../model/session.svelte';
import { notOpen } from '../operations/notOpen';
import type { Operation } from '../operations/operation';
import { agreementFor } from '../referrals/operations';

export const points: Operation = {
  id: 'incident.points',
  label: 'op.points',
  group: 'incident',
  words: ['P', 'POINTS', '待核实'],
  key: 'p',
  takes: ['incident'],
  verb: 'incident.settle_point',
  disabledBecause: (subject) =>
    notOpen(subject) ?? (subject.incident?.points ? null : t('why.no_points')),
  run: ({ incident }) => {
    selection.selectIncident(incident!.id);
    panel.show('points');
  },
};

/** Confirms a point, or strikes it where a reason is given. */
export function settle(row: IncidentRow, point: PointReading, reason: string | null): void {
  const which = whichOf(row, point);
  const how =
    reason === null ? ({ how: 'confirmed' } as const) : { how: 'struck' as const, reason };
  void act(
    'incident.settle_point',
    { ...which, ...how },
    {
      done: () => t(reason === null ? 'did.point_confirmed' : 'did.point_struck'),
      undo: () => void act('incident.reopen_point', which),
    },
  );
}

export function askAgain(row: IncidentRow, point: PointReading): void {
  void act('incident.reopen_point', whichOf(row, point));
}

function whichOf({ id }: IncidentRow, { kind, prompt, partner, desk }: PointReading) {
  return {
    incident: id,
    point: kind,
    ...(prompt && { prompt }),
    ...(partner && { partner }),
    ...(desk && { desk }),
  };
}

/** Where a point leads: the form that asks who may be needed. */
export interface Lead {
  label: MessageKey;
  go: () => void;
}

/** Null where it leads nowhere, or where this role may not ask. */
export function leadOf(row: IncidentRow, { partner, desk }: PointReading): Lead | null {
  if (partner && session.may('referral.send') && agreementFor(row, partner))
    return { label: 'point.refer', go: () => panel.ask('referrals', partner) };
  if (desk && session.may('desk_request.ask') && desks.known.some(({ code }) => code === desk))
    return { label: 'point.ask', go: () => panel.ask('desks', desk) };
  return null;
}
