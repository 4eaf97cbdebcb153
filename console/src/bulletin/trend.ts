/** A stage over weeks: where its plot draws what, and its table for spreadsheets. Pure. */
import type { StageTrend } from '../api/schema';
import { shareOf, STAGE_FIGURES, STAGE_TIMES } from './lines';
import { toCsv } from './table';

export type StageFigures = StageTrend['parts'][number]['figures'];

export interface Bar {
  week: string;
  /** From the left; of a width of 100. */
  x: number;
  width: number;
  in_time: number;
  late: number;
}

/** A bar for each week: how high is what was done in time, and what late, of a height of 100. */
export function barsOf(weeks: StageTrend['weeks']): Bar[] {
  const most = Math.max(1, ...weeks.map(({ figures }) => figures.done.length));
  const step = 100 / Math.max(1, weeks.length);
  return weeks.map(({ week, figures }, i) => ({
    week,
    x: i * step + step * 0.15,
    width: step * 0.7,
    in_time: (figures.in_time.length / most) * 100,
    late: (figures.late.length / most) * 100,
  }));
}

export interface TrendWords {
  head: readonly string[];
  org: (path: string) => string;
  category: (code: string) => string;
  /** What stands where a row is of all. */
  all: string;
}

/** A line for each week, then one for each organisation and category in the last of them. */
export function trendCsv(trend: StageTrend, words: TrendWords): string {
  const numbers = new Map(trend.cases.map((one) => [one.id, one.number]));
  const figures = (one: StageFigures) => [
    ...STAGE_FIGURES.map((name) => one[name].length),
    shareOf(one.in_time, one.done),
    ...STAGE_TIMES.map((name) => one[name]),
    one.done.map((id) => numbers.get(id) ?? id).join(' '),
  ];
  const org = words.org(trend.org);
  const category = trend.category ? words.category(trend.category) : words.all;
  return toCsv([
    words.head,
    ...trend.weeks.map((one) => [one.week, org, category, ...figures(one.figures)]),
    ...trend.parts.map((one) => [
      trend.week,
      words.org(one.org),
      words.category(one.category),
      ...figures(one.figures),
    ]),
  ]);
}
