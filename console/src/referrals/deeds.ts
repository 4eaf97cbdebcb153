/** Doing something with a referral, and how it is undone. */
import { act } from '../actions/act';
import { uuid7 } from '../actions/uuid7';
import type { ReferralRow } from '../api/schema';
import type { IncidentRow } from '../api/types';
import { t } from '../i18n';
import { pack } from '../model/pack.svelte';
import { router } from '../model/router.svelte';
import { selection } from '../model/selection.svelte';
import { mayOpen } from '../operations/room';
import { referrals } from './referrals.svelte';
import { sayPartner } from './words';

/** Hands an incident over by an agreement, and how to take it back. */
export function sendReferral(
  incident: IncidentRow,
  agreement: string,
  text: string,
): ReturnType<typeof act> {
  const referral = uuid7();
  const to = pack.pack?.agreements.find((one) => one.code === agreement)?.partner ?? agreement;
  return act(
    'referral.send',
    { referral, incident: incident.id, agreement, text },
    {
      done: () => t('did.referral_send', { number: incident.number, partner: sayPartner(to) }),
      undo: () => void act('referral.recall', { referral }),
    },
  );
}

const said = (row: ReferralRow) => ({ number: row.number, partner: sayPartner(row.partner) });

/** Presses the partner: it stands on the partner's page. */
export function remindPartner(row: ReferralRow): void {
  void act(
    'referral.remind',
    { referral: row.id },
    { done: () => t('did.referral_remind', said(row)) },
  );
}

export function recallReferral(row: ReferralRow): void {
  void act(
    'referral.recall',
    { referral: row.id },
    { done: () => t('did.referral_recall', said(row)) },
  );
}

export function closeReferral(row: ReferralRow): void {
  void act(
    'referral.close',
    { referral: row.id },
    {
      done: () => t('did.referral_close', said(row)),
      undo: () => void act('referral.reopen', { referral: row.id }),
    },
  );
}

export function reopenReferral(row: ReferralRow): void {
  void act(
    'referral.reopen',
    { referral: row.id },
    { done: () => t('did.referral_reopen', said(row)) },
  );
}

/** Shows it where referrals are listed. */
export function showReferral(id: string): void {
  referrals.selected = id;
  if (router.page !== '/referrals') router.go('/referrals');
}

/** Shows the incident that it is of, where the role works with incidents. */
export function showIncident(row: ReferralRow): void {
  selection.selectIncident(row.incident);
  if (router.page !== '/dispatch') router.go('/dispatch');
}

export const mayShowIncident = (): boolean => mayOpen('/dispatch');
