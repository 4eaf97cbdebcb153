/** The bulletin as a table for spreadsheets: a line per figure, with its share and its cases. Pure. */
import type { Bulletin } from '../api/schema';
import { lines, type Line } from './lines';

/** Text that a spreadsheet would take for a formula begins with an apostrophe. */
function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) && typeof value === 'string' ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export interface Words {
  head: readonly [string, string, string, string, string, string, string];
  section: (line: Line) => string;
  row: (line: Line) => string;
  figure: (line: Line) => string;
}

/** With a byte order mark, since spreadsheets read Chinese only then. */
export function asCsv(bulletin: Bulletin, words: Words): string {
  const numbers = new Map(bulletin.cases.map((one) => [one.id, one.number]));
  const rows = lines(bulletin.figures).map((line) => [
    bulletin.week,
    words.section(line),
    words.row(line),
    words.figure(line),
    line.cases ? line.cases.length : line.seconds,
    line.of ? line.share : null,
    line.cases ? line.cases.map((id) => numbers.get(id) ?? id).join(' ') : null,
  ]);
  return toCsv([words.head, ...rows]);
}

/** Lines as a file for spreadsheets. */
export function toCsv(lines: readonly (readonly (string | number | null)[])[]): string {
  return `\ufeff${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}
