/** Going to the open points of an incident, and settling them. */
import { act } from '../actions/act';
import type { IncidentRow, PointReading } from '../api/types';
import { t } from '../i18n';
import { panel } from '../model/panel.svelte';
import { selection } from '../model/selection.svelte';
import { notOpen } from '../operations/notOpen';
import type { Operation } from '../operations/operation';

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

function whichOf({ id }: IncidentRow, { kind, prompt }: PointReading) {
  return { incident: id, point: kind, ...(prompt && { prompt }) };
}
