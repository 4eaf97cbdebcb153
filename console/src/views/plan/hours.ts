/** Hours of duty as a planner types them, and as a scenario's file has them. Pure. */

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const DAY_MIN = 1440;
const WEEK_MIN = 7 * DAY_MIN;
const DAY = `(?:${DAYS.join('|')})`;
const TIME = '(?:[01]\\d|2[0-3]):[0-5]\\d';
const BREAKS = `((?: break ${TIME} \\d+)*)`;
const HOURS = new RegExp(`^(daily|${DAY}(?:-${DAY})?) (${TIME})-(${TIME}|24:00)${BREAKS}$`);
const LONGEST_BREAK_MIN = 600;
const CHINESE_DAYS = '一二三四五六日';

function chineseDay(said: string): string {
  return DAYS[CHINESE_DAYS.indexOf(said === '天' ? '日' : said)]!;
}

/** One of the hours in the form of the file, as far as it can be understood. */
function formed(said: string): string {
  return (
    said
      .trim()
      .toLowerCase()
      .replace(/每[天日]/g, 'daily')
      .replace(/(?:周|星期|礼拜)([一二三四五六日天])/g, (_, day: string) => chineseDay(day))
      .replace(/\s*[-‐‑–—−~～至到]\s*/g, '-')
      .replace(/\s*(?:break|休息)\s*/g, ' break ')
      .replace(/(\d)\s*(?:minutes|min|分钟|分)(?![a-z])/g, '$1')
      // 周一至五 says the second day without its first character.
      .replace(/-([一二三四五六日天])/g, (_, day: string) => `-${chineseDay(day)}`)
      .replace(/([a-z])\s*(?=\d)/g, '$1 ')
      .replace(/(?<!\d)(\d):(?=\d)/g, '0$1:')
  );
}

/** All that is typed, in the form of the file: `mon-fri 08:00-16:00 break 12:00 30`. */
export function hoursOf(typed: string): string[] {
  // Full-width digits, colons and commas become plain ones.
  return typed
    .normalize('NFKC')
    .split(/[,;、]/)
    .map(formed)
    .filter(Boolean);
}

export type Wrong =
  | { why: 'form'; said: string }
  | { why: 'break'; said: string }
  | { why: 'overlap'; said: string; other: string };

/** Why the typed hours can't be taken, as the rehearsal would say; null where they can. */
export function wrongHours(typed: string): Wrong | null {
  const hours = hoursOf(typed);
  const said = hours.find((one) => !HOURS.test(one));
  if (said !== undefined) return { why: 'form', said };
  const rest = hours.find((one) => !fitBreaks(one));
  return rest === undefined ? overlap(hours) : { why: 'break', said: rest };
}

/** Is each break within its hours, and after the one before? */
function fitBreaks(said: string): boolean {
  const [, , start, end, breaks] = HOURS.exec(said)!;
  const from = minutes(start!);
  const length = (minutes(end!) - from + DAY_MIN) % DAY_MIN || DAY_MIN;
  const rests = [...breaks!.matchAll(/break (\S+) (\d+)/g)]
    .map(([, at, long]) => [(minutes(at!) - from + DAY_MIN) % DAY_MIN, Number(long)] as const)
    .sort((a, b) => a[0] - b[0]);
  return rests.every(
    ([after, long], at) =>
      long >= 1 && long <= LONGEST_BREAK_MIN && after + long <= (rests[at + 1]?.[0] ?? length),
  );
}

/** Each hour of the week may be said once; the week is a circle. */
function overlap(hours: readonly string[]): Wrong | null {
  const spans = hours.flatMap((said) => spansOf(said)).sort((a, b) => a.from - b.from);
  const first = spans[0];
  if (!first) return null;
  const around = [...spans, { ...first, from: first.from + WEEK_MIN }];
  for (let at = 1; at < around.length; at++) {
    const [before, after] = [around[at - 1]!, around[at]!];
    if (after.from < before.to) return { why: 'overlap', said: after.said, other: before.said };
  }
  return null;
}

function spansOf(said: string): { said: string; from: number; to: number }[] {
  const [, days, start, end] = HOURS.exec(said)!;
  const [first, last] = days === 'daily' ? ['mon', 'sun'] : days!.split('-');
  const begin = DAYS.indexOf(first!);
  const until = last === undefined ? begin : DAYS.indexOf(last);
  const [from, to] = [minutes(start!), minutes(end!)];
  const length = to > from ? to - from : to - from + DAY_MIN;
  const count = ((until - begin + 7) % 7) + 1;
  return Array.from({ length: count }, (_, number) => {
    const at = ((begin + number) % 7) * DAY_MIN + from;
    return { said, from: at, to: at + length };
  });
}

function minutes(time: string): number {
  const [hour, minute] = time.split(':').map(Number);
  return hour! * 60 + minute!;
}
