/** That an incident concerns a minor: marked, and lifted again by the supervisor, with a reason. */
import { act } from '../actions/act';
import type { IncidentRow } from '../api/types';
import { both, listed, t, type MessageKey } from '../i18n';
import { readNamed, type Named } from '../loops/slots';
import type { Operation, OwnSlot } from '../operations/operation';

const REASONS = ['marked_by_mistake', 'of_age'] as const;
export type Reason = (typeof REASONS)[number];
export const reasonKey = (reason: Reason): MessageKey => `minor.reason.${reason}`;
export { REASONS };

export function markMinor({ id, number }: IncidentRow): void {
  void act(
    'incident.mark_minor',
    { incident: id },
    { done: () => t('did.minor_mark', { number }) },
  );
}

export function liftMinor({ id, number }: IncidentRow, reason: Reason): void {
  void act(
    'incident.lift_minor',
    { incident: id, reason },
    {
      done: () => t('did.minor_lift', { number }),
      undo: () => void act('incident.mark_minor', { incident: id }),
    },
  );
}

const named = (): Named[] => REASONS.map((code) => ({ code, ...both(reasonKey(code)) }));

const because: OwnSlot<Reason> = {
  name: 'reason',
  read: (words) => readNamed(words, named()) as { value: Reason; used: number } | null,
  say: (code) => t(reasonKey(code)),
  sample: () => t('loops.word.reason'),
  offers: () => REASONS.map((one) => ({ word: t(reasonKey(one)), says: t('loops.reason') })),
};

export const mark: Operation = {
  id: 'incident.mark_minor',
  label: 'op.minor_mark',
  group: 'incident',
  words: ['MINOR', '涉未成年'],
  takes: ['incident'],
  verb: 'incident.mark_minor',
  disabledBecause: ({ incident }) => {
    if (incident?.state === 'merged') return t('why.minor_merged');
    return incident?.minor ? t('why.minor_already') : null;
  },
  run: ({ incident }) => markMinor(incident!),
};

export const lift: Operation = {
  id: 'incident.lift_minor',
  label: 'op.minor_lift',
  group: 'incident',
  words: ['UNMINOR', '解除涉未成年'],
  takes: ['incident', because],
  verb: 'incident.lift_minor',
  disabledBecause: ({ incident, own }) => {
    if (incident?.state === 'merged') return t('why.minor_merged');
    if (incident && !incident.minor) return t('why.minor_not');
    if (own['reason'] !== undefined) return null;
    return t('why.which_reason', { reasons: listed(REASONS.map((one) => t(reasonKey(one)))) });
  },
  run: ({ incident, own }) => liftMinor(incident!, own['reason'] as Reason),
};
