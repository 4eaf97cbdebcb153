/** What callers said, line by line, and as a table for spreadsheets. Pure. */
import type { Ratings } from '../api/schema';
import { toCsv } from '../bulletin/table';

export type Figures = Ratings['all'];
export type Share = NonNullable<Figures['reply']>;
export type Section = 'all' | 'by_org' | 'by_category';
export const SECTIONS = ['all', 'by_org', 'by_category'] as const;

export function rowsOf(ratings: Ratings, section: Section): readonly Figures[] {
  return section === 'all' ? [ratings.all] : ratings[section];
}

/** Per cent with one decimal. */
export const perCent = (share: number): number => Math.round(share * 1000) / 10;

export interface Words {
  head: readonly string[];
  section: (section: Section) => string;
  of: (section: Section, of: string) => string;
  aspect: (aspect: string) => string;
  reply: string;
}

/** A line for what was asked and replied, and one for each thing that was rated. */
export function asCsv(ratings: Ratings, words: Words): string {
  const numbers = new Map(ratings.cases.map((one) => [one.id, one.number]));
  const named = (ids: readonly string[]) => ids.map((id) => numbers.get(id) ?? id).join(' ');
  const three = (share: Share | null) =>
    share ? [perCent(share.share), perCent(share.low), perCent(share.high)] : [null, null, null];
  const lines = SECTIONS.flatMap((section) =>
    rowsOf(ratings, section).flatMap((one) => {
      const whose = [words.section(section), words.of(section, one.of)];
      const { asked, replied, given_up } = one;
      return [
        [...whose, words.reply, asked.length, replied.length, null, given_up.length].concat(
          three(one.reply),
          named(asked),
        ),
        ...one.aspects.map(({ aspect, good, fair, poor, satisfied }) => [
          ...whose,
          words.aspect(aspect),
          good.length + fair.length + poor.length,
          good.length,
          fair.length,
          poor.length,
          ...three(satisfied),
          named([...good, ...fair, ...poor]),
        ]),
      ];
    }),
  );
  return toCsv([words.head, ...lines]);
}
