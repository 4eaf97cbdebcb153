/** The figures of a bulletin one by one, in the order in which they are shown. Pure. */
import type { Bulletin } from '../api/schema';
import { perCent } from '../callbacks/ratings';
import { within } from '../tasks/can';

export type Figures = Bulletin['figures'];
export type Section = 'all' | 'stages' | 'clocks' | 'ratings' | 'by_category' | 'by_org';

/**
 * `of`: what `cases` are a share of; `between`: where that share lies with 95 % confidence, in per cent.
 * A line has cases, or is a time in seconds.
 */
export interface Line {
  section: Section;
  row: string;
  figure: string;
  cases: readonly string[] | null;
  of: readonly string[] | null;
  share: number | null;
  seconds: number | null;
  between?: readonly [number, number];
}

const TOTALS = ['opened', 'concluded', 'reopened', 'late'] as const;
export const STAGE_FIGURES = ['done', 'in_time', 'late', 'there', 'paused', 'again'] as const;
export const STAGE_TIMES = ['median_s', 'p90_s'] as const;
export const CLOCK_FIGURES = ['in_time', 'late', 'open_late'] as const;
export const PART_FIGURES = ['opened', 'concluded', 'late'] as const;

/** The paths of the police stations within an organisation. */
export function stationsOf(
  org: string,
  orgs: readonly { path: string; level: string }[],
): string[] {
  return orgs
    .filter(({ path, level }) => level === 'station' && within(path, org))
    .map(({ path }) => path);
}

/** Per cent with one decimal; null of nothing. */
export function shareOf(part: readonly string[], of: readonly string[]): number | null {
  return of.length ? Math.round((part.length / of.length) * 1000) / 10 : null;
}

function counted(
  section: Section,
  row: string,
  figure: string,
  cases: readonly string[],
  of: readonly string[] | null = null,
): Line {
  const share = of && shareOf(cases, of);
  return { section, row, figure, cases, of, share, seconds: null };
}

type Rated = Bulletin['ratings'];

/** A share that was told; of too few answers there is none. */
function told(line: Line, share: Rated['reply']): Line {
  if (!share) return line;
  return {
    ...line,
    share: perCent(share.share),
    between: [perCent(share.low), perCent(share.high)],
  };
}

/** What callers said: of all, and by organisation. */
export function ratingLines({ ratings, ratings_by_org }: Bulletin): Line[] {
  const row = (one: Rated): Line[] => [
    counted('ratings', one.of, 'asked', one.asked),
    told(counted('ratings', one.of, 'replied', one.replied), one.reply),
    counted('ratings', one.of, 'given_up', one.given_up),
    ...one.aspects.flatMap(({ aspect, good, fair, poor, satisfied }) => [
      told(counted('ratings', one.of, `satisfied:${aspect}`, [...good, ...fair]), satisfied),
      counted('ratings', one.of, `not_satisfied:${aspect}`, poor),
    ]),
  ];
  return [ratings, ...ratings_by_org].filter(({ asked }) => asked.length).flatMap(row);
}

export function lines(figures: Figures): Line[] {
  const { stages, clocks, by_category, by_org } = figures;
  return [
    ...TOTALS.map((name) => counted('all', '', name, figures[name])),
    ...stages.flatMap((one) => [
      ...STAGE_FIGURES.map((name) => {
        const isShare = name === 'in_time' || name === 'late';
        return counted('stages', one.stage, name, one[name], isShare ? one.done : null);
      }),
      ...STAGE_TIMES.map((name): Line => {
        const blank = { cases: null, of: null, share: null };
        return { section: 'stages', row: one.stage, figure: name, seconds: one[name], ...blank };
      }),
    ]),
    ...clocks.flatMap((one) => {
      const met = [...one.in_time, ...one.late, ...one.open_late];
      return CLOCK_FIGURES.map((name) => counted('clocks', one.clock, name, one[name], met));
    }),
    ...by_category.flatMap((one) =>
      PART_FIGURES.map((name) => counted('by_category', one.of, name, one[name])),
    ),
    ...by_org.flatMap((one) =>
      PART_FIGURES.map((name) => counted('by_org', one.of, name, one[name])),
    ),
  ];
}
