/** What is said of a notice in lists. */
import type { NoticeRow } from '../api/schema';
import { listed, say, t } from '../i18n';
import { clock } from '../model/clock.svelte';
import { pack } from '../model/pack.svelte';
import { people } from '../model/people.svelte';
import { dateAndTime, timeOfDay } from '../model/timers';
import type { Column } from '../views/parts/listing.svelte';
import { notices, stands } from './notices.svelte';

const SOON_MS = 20 * 3_600_000;

/** A time to the minute; with its date where it isn't of these hours. */
export function sayTime(at_ms: number): string {
  const soon = Math.abs(at_ms - clock.now_ms) < SOON_MS;
  return soon ? timeOfDay(at_ms).slice(0, 5) : dateAndTime(at_ms).slice(0, 16);
}

/** Whom it is for. */
export function sayOrg(path: string): string {
  return path ? say(pack.org(path)) : t('notice.everybody');
}

/** Whether it stands, and how it ended if not. */
export function sayState(row: NoticeRow): string {
  if (!stands(row, clock.now_ms))
    return t(row.state === 'posted' ? 'notice.expired' : `notice.${row.state}`);
  return row.from_ms > clock.now_ms
    ? t('notice.from', { time: sayTime(row.from_ms) })
    : t('notice.until', { time: sayTime(row.until_ms) });
}

/** Who has not acknowledged it yet, and by when they must; or how many have seen it. */
export function sayMissing(row: NoticeRow): string {
  const count = row.acknowledged.length;
  if (row.answer === 'see') return t(count ? 'notice.seen_by' : 'notice.seen_by_none', { count });
  // Who comes later is asked, too, but nobody is waited for.
  if (!row.missing.length) return t(count ? 'notice.all_have' : 'notice.none_asked', { count });
  const names = listed(row.missing.map((one) => people.name(one)));
  return t('notice.missing', { names, time: sayTime(row.due_ms ?? row.until_ms) });
}

export function columns(): Column<NoticeRow>[] {
  return [
    {
      key: 'text',
      label: t('notice.text'),
      width: '3fr',
      text: (row) =>
        `${row.priority === 'urgent' ? '! ' : ''}${notices.text(row.id) || t('notice.no_text')}`,
    },
    { key: 'org', label: t('notice.for'), text: (row) => sayOrg(row.org) },
    { key: 'by', label: t('notice.by'), text: (row) => people.name(row.by) },
    { key: 'until', label: t('notice.state'), text: sayState, sort: (row) => row.until_ms },
    {
      key: 'missing',
      label: t('notice.who_not_yet'),
      width: '1.5fr',
      text: sayMissing,
      sort: (row) => row.missing.length,
    },
  ];
}
