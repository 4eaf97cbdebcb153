/** The bulletin as a table for spreadsheets: a line per figure, with its share and its cases. Pure. */
import type { Bulletin } from '../api/schema';
import { toCsv } from './table';
import { lines, ratingLines, type Line } from './lines';

export interface Words {
  head: readonly string[];
  section: (line: Line) => string;
  row: (line: Line) => string;
  figure: (line: Line) => string;
}

/** A line per figure. */
export function asCsv(bulletin: Bulletin, words: Words): string {
  const numbers = new Map(bulletin.cases.map((one) => [one.id, one.number]));
  const rows = [...lines(bulletin.figures), ...ratingLines(bulletin)].map((line) => [
    bulletin.week,
    words.section(line),
    words.row(line),
    words.figure(line),
    line.cases ? line.cases.length : line.seconds,
    line.share,
    ...(line.between ?? [null, null]),
    line.cases ? line.cases.map((id) => numbers.get(id) ?? id).join(' ') : null,
  ]);
  return toCsv([words.head, ...rows]);
}
