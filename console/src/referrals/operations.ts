/** What the room can do with referrals; partners have their own page. */
import type { PackAgreement, ReferralRow } from '../api/schema';
import type { IncidentRow } from '../api/types';
import { say, t, type MessageKey } from '../i18n';
import { readNamed } from '../loops/slots';
import { clock } from '../model/clock.svelte';
import { pack } from '../model/pack.svelte';
import { session } from '../model/session.svelte';
import { readOrg, type Named as Org } from '../notices/slots';
import { notOpen } from '../operations/notOpen';
import type { Operation, OwnSlot, Subject } from '../operations/operation';
import { readNumbered } from '../tasks/slots';
import { usable, whyNot, type RoomVerb } from './can';
import {
  closeReferral,
  recallReferral,
  remindPartner,
  reopenReferral,
  sendReferral,
  showReferral,
} from './deeds';
import { referrals } from './referrals.svelte';
import { sayPartner } from './words';

const agreements = (): readonly PackAgreement[] => pack.pack?.agreements ?? [];

/** By which agreements an incident may be handed over now. */
export function agreementsFor(category: string): PackAgreement[] {
  return usable(agreements(), category, clock.now_ms);
}

/** By which of them it may be handed over to a partner; one that names its category comes first. */
export function agreementFor(
  { category, minor }: Pick<IncidentRow, 'category' | 'minor'>,
  partner: string,
): PackAgreement | undefined {
  const open = agreementsFor(category).filter(
    (one) => one.partner === partner && (one.minors || !minor),
  );
  return open.find(({ categories }) => categories.includes(category)) ?? open[0];
}

/** Partners, by their name or id, or by what the agreement is called. */
const partner: OwnSlot<Org | string> = {
  name: 'partner',
  read: (words) => {
    const orgs = (pack.pack?.orgs ?? []).filter((one) => one.level === 'partner');
    const org = readOrg(words, orgs);
    if (org || !['to', '给', '转给'].includes((words[0] ?? '').toLowerCase())) return org;
    const found = readNamed(words.slice(1), agreements());
    return found && { value: found.value, used: found.used + 1 };
  },
  say: (one) => (typeof one === 'string' ? say(pack.name('agreements', one)) : say(one)),
  sample: () => t('referral.word.to'),
  offers: ({ incident }) =>
    (incident ? agreementsFor(incident.category) : agreements()).map((one) => ({
      word: `${t('notice.to', { org: sayPartner(one.partner) })}`,
      says: say(one),
    })),
};

/** The agreement that is meant: of the partner that was named, for the category of the incident. */
function meantAgreement({ incident, own }: Subject): PackAgreement | null {
  if (!incident) return null;
  const said = own['partner'] as Org | string | undefined;
  if (typeof said === 'string') return agreements().find(({ code }) => code === said) ?? null;
  const open = agreementsFor(incident.category);
  const found = said ? open.filter((one) => one.partner === said.path) : open;
  if (found.length) return found.length === 1 || said ? found[0]! : null;
  // The server says why the one that was named doesn't fit.
  return (said && agreements().find((one) => one.partner === said.path)) ?? null;
}

export const send: Operation = {
  id: 'referral.send',
  label: 'op.referral_send',
  also: ['referral.send'],
  group: 'referral',
  words: ['REFER', '转办'],
  takes: ['incident', partner, 'text?'],
  asks: 'referral.asks',
  verb: 'referral.send',
  disabledBecause: (subject) =>
    notOpen(subject) ??
    (subject.incident && !meantAgreement(subject)
      ? t(
          agreementsFor(subject.incident.category).length
            ? 'why.referral.partner'
            : 'referral.no_agreement',
        )
      : null),
  run: (subject) =>
    void sendReferral(subject.incident!, meantAgreement(subject)!.code, subject.text.trim()),
};

const which: OwnSlot<string[]> = {
  name: 'referral',
  read: (words) => readNumbered(words, referrals.all),
  say: (ids) => referrals.get(ids[0])?.number ?? '',
  sample: () => '4829',
  offers: () => referrals.all.map((row) => ({ word: row.number, says: sayPartner(row.partner) })),
};

function meant(subject: Subject): ReferralRow[] {
  const ids = (subject.own['referral'] as string[] | undefined) ?? [referrals.selected ?? ''];
  return ids.flatMap((id) => referrals.get(id) ?? []);
}

function on(
  verb: RoomVerb,
  label: MessageKey,
  words: readonly string[],
  run: (row: ReferralRow) => void,
): Operation {
  const can = (subject: Subject) => meant(subject).filter((row) => whyNot(verb, row) === null);
  return {
    id: verb,
    label,
    group: 'referral',
    words,
    takes: [which],
    verb,
    disabledBecause: (subject) => {
      const rows = meant(subject);
      if (can(subject).length === 1) return null;
      if (!rows.length) return t('why.referral.none');
      return can(subject).length ? t('why.referral.which') : t(whyNot(verb, rows[0]!)!);
    },
    run: (subject) => run(can(subject)[0]!),
  };
}

export const remind = on(
  'referral.remind',
  'op.referral_remind',
  ['NUDGE', '催办联动单位'],
  remindPartner,
);
export const recall = on(
  'referral.recall',
  'op.referral_recall',
  ['RECALL', '收回'],
  recallReferral,
);
export const close = on(
  'referral.close',
  'op.referral_close',
  ['ENDREF', '结束转办单'],
  closeReferral,
);
export const reopen = on(
  'referral.reopen',
  'op.referral_reopen',
  ['RELIST', '恢复转办单'],
  reopenReferral,
);

export const show: Operation = {
  id: 'referral.show',
  label: 'op.referral_show',
  group: 'referral',
  words: ['REFERRAL', '转办单'],
  takes: [which],
  isFor: () => session.may('referral.close'),
  disabledBecause: (subject) => {
    const { length } = meant(subject);
    return length === 1 ? null : t(length ? 'why.referral.which' : 'why.referral.none');
  },
  run: (subject) => showReferral(meant(subject)[0]!.id),
};
