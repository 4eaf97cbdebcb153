/** That it is not safe to contact who called about an incident: marked, and lifted again. */
import { act } from '../actions/act';
import type { IncidentRow } from '../api/types';
import { listed, say, t } from '../i18n';
import { readNamed, type Named } from '../loops/slots';
import { pack } from '../model/pack.svelte';
import type { Operation, OwnSlot } from '../operations/operation';

export function sayReason(code: string): string {
  return say(pack.name('contact_reasons', code));
}

export function markUnsafe({ id, number, unsafe }: IncidentRow, reason: string): void {
  const lift = { undo: () => void act('incident.lift_unsafe', { incident: id }) };
  void act(
    'incident.mark_unsafe',
    { incident: id, reason },
    { done: () => t('did.unsafe_mark', { number }), ...(unsafe ? {} : lift) },
  );
}

const named = (): Named[] => pack.contactReasons.map(({ code, en, zh }) => ({ code, en, zh }));

const because: OwnSlot<string> = {
  name: 'reason',
  read: (words) => readNamed(words, named()),
  say: sayReason,
  sample: () => t('loops.word.reason'),
  offers: () => named().map((one) => ({ word: say(one), says: t('loops.reason') })),
};

/** The reason that was given; where the pack has none, none is asked for. */
function reasonOf(given: unknown): string | null {
  if (typeof given === 'string') return given;
  return named().length ? null : '';
}

export const mark: Operation = {
  id: 'incident.mark_unsafe',
  label: 'op.unsafe_mark',
  group: 'incident',
  words: ['UNSAFE', '不便联系'],
  takes: ['incident', because],
  verb: 'incident.mark_unsafe',
  disabledBecause: ({ incident, own }) => {
    if (incident?.state === 'merged') return t('why.unsafe_merged');
    if (reasonOf(own['reason']) !== null) return null;
    return t('why.which_reason', { reasons: listed(named().map((one) => say(one))) });
  },
  run: ({ incident, own }) => markUnsafe(incident!, reasonOf(own['reason'])!),
};

export const lift: Operation = {
  id: 'incident.lift_unsafe',
  label: 'op.unsafe_lift',
  group: 'incident',
  words: ['CONTACTABLE', '解除不便联系'],
  takes: ['incident'],
  verb: 'incident.lift_unsafe',
  disabledBecause: ({ incident }) => {
    if (incident?.state === 'merged') return t('why.unsafe_merged');
    return incident?.unsafe ? null : t('why.unsafe_not');
  },
  run: ({ incident }) => {
    const { id, number, unsafe_reason } = incident!;
    void act(
      'incident.lift_unsafe',
      { incident: id },
      {
        done: () => t('did.unsafe_lift', { number }),
        undo: () => void act('incident.mark_unsafe', { incident: id, reason: unsafe_reason }),
      },
    );
  },
};
