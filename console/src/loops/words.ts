/** What is said of clocks. */
import type { LoopClock, LoopClockRow, WhyPart } from '../api/schema';
import { isMessage, listed, say, t } from '../i18n';
import { board } from '../model/board.svelte';
import { pack } from '../model/pack.svelte';
import { people } from '../model/people.svelte';
import { settings } from '../model/settings.svelte';
import { timeOfDay } from '../model/timers';
import { sayLength } from './lengths';
import { isOpen, pausedSince_ms, type ClockLine, type Standing } from './standing';

export const GLYPHS: Record<Standing, string> = {
  late: '▲',
  risk: '△',
  paused: '‖',
  running: '▷',
  met: '✓',
  met_late: '✓',
  ended: '–',
};

/** The rule that a run goes by, if it is of the pack that is shown. */
export function ruleOf(run: LoopClockRow): LoopClock | undefined {
  const rules = pack.pack?.loop.clocks ?? [];
  const own = run.pack === pack.pack?.hash ? rules[run.rule] : undefined;
  return own ?? rules.find((one) => one.code === run.clock);
}

export function sayClock(run: LoopClockRow): string {
  return say(ruleOf(run)) || run.clock;
}

/** Why it stands still; without a reason its incident was merged into another. */
export function sayPause(reason: string | null): string {
  return reason ? say(pack.name('clock_reasons', reason)) : t('loops.merged');
}

/** How much time is left, by how much it is late, how long it stands still; the words of the end. */
export function sayTime({ run, standing }: ClockLine, now_ms: number): string {
  switch (standing) {
    case 'late':
      return t('timer.late', { time: sayLength(now_ms - run.due_ms!) });
    case 'risk':
    case 'running':
      return run.due_ms === null ? '' : t('timer.left', { time: sayLength(run.due_ms - now_ms) });
    case 'paused':
      return t('loops.paused_for', { time: sayLength(now_ms - pausedSince_ms(run)) });
    case 'met_late':
      return t('loops.met_late', { time: sayLength(run.late_ms ?? 0) });
    case 'met':
    case 'ended':
      return t(`loops.${standing}`);
  }
}

/** The same with a sign for each word: late is +, left is −. */
export function sayBriefly(line: ClockLine, now_ms: number): string {
  const { run, standing } = line;
  if (!isOpen(standing)) return `${GLYPHS[standing]} ${sayTime(line, now_ms)}`;
  const from_ms = run.due_ms ?? pausedSince_ms(run);
  const sign = standing === 'late' ? '+' : standing === 'paused' ? '' : '−';
  return `${GLYPHS[standing]} ${sign}${sayLength(now_ms - from_ms)}`;
}

/** Whom its last escalation told; empty before the first. */
export function sayTold({ steps, told }: LoopClockRow): string {
  if (!steps) return '';
  if (!told.length) return t('loops.told_nobody');
  return t('loops.told', { names: listed(told.map((one) => people.name(one))) });
}

export function sayWhyEnded(ended: string | null): string {
  const key = `loops.ended.${ended}`;
  return isMessage(key) ? t(key) : '';
}

/** Whom an incident is with: its area, or where it isn't on the board any more its organisation. */
export function sayWhere({ loop }: ClockLine): string {
  const zone = loop.task_on ? undefined : board.incidents.get(loop.id)?.zone;
  if (zone) return say(pack.zone(zone));
  return say(pack.org(loop.org));
}

/** What a part of a deadline is. */
export function sayPart(part: WhyPart, in_days: boolean): string {
  const name = say(part.name);
  switch (part.kind) {
    case 'paused':
      return t('loops.part.paused', { reason: sayPause(part.reason) });
    case 'not_counted':
      return t(in_days ? 'loops.part.first_day' : 'loops.part.first_hour');
    default: {
      const kind = t(`loops.part.${part.kind}`);
      return name ? t('loops.part.named', { kind, name }) : kind;
    }
  }
}

let faces: { key: string; date: Intl.DateTimeFormat } | null = null;

function dateFace(): Intl.DateTimeFormat {
  const timeZone = pack.pack?.timezone ?? 'UTC';
  const key = `${timeZone} ${settings.language}`;
  if (faces?.key !== key) {
    const [locale, month] =
      settings.language === 'zh' ? (['zh-CN', 'long'] as const) : (['en-GB', 'short'] as const);
    faces = { key, date: new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month }) };
  }
  return faces.date;
}

export interface DateTime {
  date: string;
  time: string;
}

/** `28 Nov`, `14:32` in the city's zone; where seconds matter `14:32:07`. */
export function dateTime(at_ms: number, seconds = false): DateTime {
  return {
    date: dateFace().format(at_ms),
    time: timeOfDay(at_ms).slice(0, seconds ? undefined : 5),
  };
}

/** The same of an end: midnight belongs to the day before, as 24:00. */
export function endTime(at_ms: number, seconds = false): DateTime {
  const found = dateTime(at_ms, seconds);
  const before = dateTime(at_ms - 1);
  return before.time === '23:59' && found.date !== before.date
    ? { date: before.date, time: seconds ? '24:00:00' : '24:00' }
    : found;
}

/** When it is due: the time alone where that is today. */
export function sayDue(due_ms: number, now_ms: number): string {
  const { date, time } = endTime(due_ms);
  return date === dateTime(now_ms).date ? time : `${date} ${time}`;
}

/** `1 January 2026`, of a day as `2026-01-01`. */
export function sayDate(day: string): string {
  const locale = settings.language === 'zh' ? 'zh-CN' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(
    Date.parse(day),
  );
}
