/** What keeps an incident from being closed: what it is, with whom it lies, where it is seen. */
import type { IncidentReading } from '../../api/types';
import { isMessage, t, type MessageKey } from '../../i18n';
import { desks } from '../../desks/desks.svelte';
import { showRequest } from '../../desks/show';
import { sayDesk } from '../../desks/words';
import { joint } from '../../joint/joint.svelte';
import { orders } from '../../orders/orders.svelte';
import { canShowOrder, showOrder } from '../../orders/show';
import { entryOf, type Place } from '../../pages';
import { showReferral } from '../../referrals/deeds';
import { referrals } from '../../referrals/referrals.svelte';
import { sayPartner } from '../../referrals/words';
import { showTask } from '../../tasks/show';
import { tasks } from '../../tasks/tasks.svelte';
import { sayKind, sayOrg } from '../../tasks/words';

export type Missing = IncidentReading['missing'][number];

/** The kinds of record that keep it open: the type names every one. */
type Kept = Exclude<
  Missing['what'],
  'disposition' | 'assignment' | 'clear_reason' | 'call' | 'approval'
>;

interface Shown {
  label: MessageKey;
  /** Where it is listed. */
  page: Place;
  /** Which one it is and with whom it lies, as far as the board knows. */
  which: (id: string) => string[];
  show: (id: string) => void;
  may?: (id: string) => boolean;
}

/** What there is of it. */
function whenKnown<T>(row: T | undefined, say: (row: T) => string[]): string[] {
  return row ? say(row) : [];
}

const SHOWN: Record<Kept, Shown> = {
  task: {
    label: 'task.show',
    page: '/tasks',
    which: (id) => whenKnown(tasks.get(id), (row) => [sayKind(row), sayOrg(row.org)]),
    show: showTask,
  },
  supervision_order: {
    label: 'order.show',
    page: '/orders',
    which: (id) => whenKnown(orders.get(id), (row) => [sayOrg(row.org)]),
    show: showOrder,
    may: canShowOrder,
  },
  desk_request: {
    label: 'op.request_show',
    page: '/desks',
    which: (id) => whenKnown(desks.get(id), (row) => [sayDesk(row.desk)]),
    show: showRequest,
  },
  joint_operation: {
    label: 'loops.open',
    page: '/joint',
    which: () => [],
    show: (id) => joint.show(id),
  },
  referral: {
    label: 'op.referral_show',
    page: '/referrals',
    which: (id) => whenKnown(referrals.get(id), (row) => [sayPartner(row.partner)]),
    show: showReferral,
  },
};

/** How the record is shown that is missing; null where it is no record, or can't be shown. */
export function wayTo(one: Missing): { label: MessageKey; show: () => void } | null {
  if (!(one.what in SHOWN)) return null;
  const shown = SHOWN[one.what as Kept];
  const id = String(one[one.what as Kept]);
  return (shown.may?.(id) ?? true) ? { label: shown.label, show: () => shown.show(id) } : null;
}

/** What is missing, in a sentence. */
export function sayMissing(one: Missing): string {
  const key = `missing.${one.what}`;
  const params = Object.fromEntries(
    Object.entries(one).map(([name, value]) => [name, String(value)]),
  );
  return isMessage(key) ? t(key, params) : one.what;
}

/** Which one it is, with whom it lies, and on which page: `Visit · Gucheng Police Station · Tasks`. */
export function sayWhere(one: Missing): string {
  if (one.what === 'call') return t('op.go_calls');
  if (!(one.what in SHOWN)) return '';
  const { page, which } = SHOWN[one.what as Kept];
  const called = entryOf(page)?.called;
  const own = which(String(one[one.what as Kept]));
  return [...own, ...(called ? [t(called.label)] : [])].filter(Boolean).join(' · ');
}
