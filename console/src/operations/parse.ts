/**
 * The command line, read by name and not by position: `D P12 E3 4829`, `4829 P12 D` and `派P12 4829`
 * mean the same. Pure: what is on the board comes in.
 */
import type { Code, IncidentRow, UnitRow } from '../api/types';
import { codeListOf, NOTHING, ownSlots, takes, type Operation, type Subject } from './operation';

/** No label has more words. */
const MOST_WORDS = 8;

/** What can be meant: the board, the words of the pack, and what is selected. */
export interface Lexicon {
  /** By a word, or by the words of a label, joined by blanks. */
  operation(phrase: string): Operation | undefined;
  /** Operation of a line without a word: show what was named. */
  select: Operation;
  units: ReadonlyMap<string, UnitRow>;
  stations: readonly Code[];
  /** The id of the unit with this call sign. */
  unitId(sign: string): string | undefined;
  incidents: readonly IncidentRow[];
  codes(list: string): readonly Code[];
  selected: { incident: IncidentRow | null; unit: UnitRow | null };
}

export type Trouble =
  | { kind: 'unknown_word'; word: string }
  | { kind: 'unknown_number'; word: string }
  | { kind: 'unknown_unit'; word: string }
  | { kind: 'ambiguous_number'; word: string; numbers: string[] }
  | { kind: 'unknown_code'; word: string }
  | { kind: 'too_many_units' }
  | { kind: 'no_operation'; line: string };

export interface Parsed {
  operation: Operation | null;
  subject: Subject;
  trouble: Trouble | null;
  /** The incident or unit was not typed but is the selected one. */
  assumed: { incident: boolean; unit: boolean };
}

/** What means all units, as it is typed. */
export const ALL = ['all', '全部', '所有'];

/** A word of the line, and where it begins. */
export interface Token {
  word: string;
  at: number;
}

/** Full-width letters, digits and marks as the plain ones; the length stays the same. */
export function folded(line: string): string {
  return line.replace(/[\u3000\uff01-\uff5e]/g, (mark) =>
    mark === '\u3000' ? ' ' : String.fromCharCode(mark.charCodeAt(0) - 0xfee0),
  );
}

/** Without the key that opens the line, where it was pressed once more: /ER P12 is ER P12. */
export function unslashed(line: string): string {
  return line.replace(/^\s*[/／]+\s*(?=\S)/, '');
}

/**
 * The words of a line, with Chinese and Latin set apart even where no blank was typed: 派P12 are two
 * words, 派巡101 as well, where `unit` knows 巡101.
 */
export function tokens(line: string, unit: (sign: string) => unknown = () => undefined): Token[] {
  const found = folded(line).matchAll(/(\p{Script=Han}+)(\d*)|[^\s,、\p{Script=Han}]+/gu);
  return Array.from(found, (match) => ({ word: match[0], at: match.index, match })).flatMap(
    ({ word, at, match: [, han, digits] }) => {
      if (!han || !digits) return [{ word, at }];
      const from = [...han].findIndex((_, i) => unit(han.slice(i) + digits));
      const cut = from < 0 ? han.length : from;
      const after = { word: word.slice(cut), at: at + cut };
      return cut ? [{ word: han.slice(0, cut), at }, after] : [after];
    },
  );
}

/** Incidents whose public number this is, or begins or ends with (the hyphen may be left out). */
export function incidentsByNumber(
  typed: string,
  incidents: readonly IncidentRow[],
): readonly IncidentRow[] {
  const digits = folded(typed).replace(/-/g, '');
  if (!/^\d{2,8}$/.test(digits)) return [];
  const of = (row: IncidentRow) => row.number.replace(/-/g, '');
  const exact = incidents.filter((row) => of(row) === digits);
  if (exact.length) return exact;
  const found = incidents.filter((row) => of(row).startsWith(digits) || of(row).endsWith(digits));
  const open = found.filter((row) => row.state === 'open');
  // Among several, the open one is meant.
  return open.length === 1 ? open : found;
}

/** Codes that this may mean: the code itself or a word for it, else names that begin with it, else that hold it. */
export function codesByName(typed: string, codes: readonly Code[]): readonly Code[] {
  const wanted = folded(typed).toLowerCase();
  const names = ({ code, en, zh, words = [], pinyin = [] }: Code) =>
    [code, en, zh, ...words, ...pinyin].map((name) => name.toLowerCase());
  const exact = codes.filter((code) => names(code).includes(wanted));
  if (exact.length) return exact;
  const begins = codes.filter((code) => names(code).some((name) => name.startsWith(wanted)));
  if (begins.length) return begins;
  // One or two letters in the middle of a name say nothing.
  if (wanted.length < 3 && !/\p{Script=Han}/u.test(wanted)) return [];
  return codes.filter((code) => `${code.en} ${code.zh}`.toLowerCase().includes(wanted));
}

/** The unit of an id or a call sign. */
function unitOf(word: string, lexicon: Lexicon): UnitRow | undefined {
  return lexicon.units.get(word.toUpperCase()) ?? lexicon.units.get(lexicon.unitId(word) ?? '');
}

export function parse(typed: string, lexicon: Lexicon): Parsed {
  const line = unslashed(typed);
  const all = tokens(line, (sign) => unitOf(sign, lexicon));
  const { operation, rest } = findOperation(all, lexicon);
  const parsed: Parsed = {
    operation,
    subject: { ...NOTHING, units: [] },
    trouble: null,
    assumed: { incident: false, unit: false },
  };
  if (!operation) {
    if (all.length) parsed.trouble = { kind: 'no_operation', line: line.trim() };
    return parsed;
  }
  readRest(parsed, operation, rest, line, lexicon);
  assume(parsed, operation, lexicon);
  return parsed;
}

/** The operation's word comes first or last; a line of numbers or units alone shows them. */
function findOperation(
  all: Token[],
  lexicon: Lexicon,
): { operation: Operation | null; rest: Token[] } {
  const phrase = (part: Token[]) => part.map(({ word }) => word).join(' ');
  // The longest that fits: "Dispatch room" is not "Dispatch".
  const lengths = [...Array(Math.min(MOST_WORDS, all.length)).keys()].map((n) => n + 1).reverse();
  for (const n of lengths) {
    const first = lexicon.operation(phrase(all.slice(0, n)));
    if (first) return { operation: first, rest: all.slice(n) };
  }
  for (const n of lengths) {
    const end = all.slice(-n);
    // At the end, a unit is a unit even where a command has the same name.
    if (n === 1 && unitOf(end[0]!.word, lexicon)) continue;
    const last = lexicon.operation(phrase(end));
    if (last) return { operation: last, rest: all.slice(0, -n) };
  }
  const named = all.every(
    ({ word }) => unitOf(word, lexicon) || incidentsByNumber(word, lexicon.incidents).length,
  );
  return { operation: all.length && named ? lexicon.select : null, rest: all };
}

function readRest(
  parsed: Parsed,
  operation: Operation,
  rest: Token[],
  line: string,
  lexicon: Lexicon,
): void {
  if (readTogether(parsed, operation, rest, lexicon)) return;
  const left: Token[] = [];
  for (let at = 0; at < rest.length;) {
    // After the first word of a free text, everything is text.
    if (takes(operation, 'text') && left.length) break;
    const used = readOwn(parsed, operation, rest.slice(at));
    if (!used && !readWord(parsed, operation, rest[at]!.word, lexicon)) left.push(rest[at]!);
    if (parsed.trouble) return;
    at += used || 1;
  }
  if (!left.length) return;
  const list = codeListOf(operation);
  if (takes(operation, 'text')) {
    parsed.subject.text = line.slice(left[0]!.at).trim();
  } else if (wantsUnit(operation) && left.some(looksLikeUnit)) {
    parsed.trouble = { kind: 'unknown_unit', word: left.find(looksLikeUnit)!.word };
  } else if (list) {
    const typed = left.map((token) => token.word).join(' ');
    parsed.subject.code = codesByName(typed, lexicon.codes(list))[0] ?? null;
    if (!parsed.subject.code) parsed.trouble = { kind: 'unknown_code', word: typed };
  } else {
    const { word } = left[0]!;
    parsed.trouble = { kind: /^[\d-]+$/.test(word) ? 'unknown_number' : 'unknown_word', word };
  }
}

/** Reads what these words begin with for a slot of the operation itself; how many words it took. */
function readOwn(parsed: Parsed, operation: Operation, begin: readonly Token[]): number {
  const words = begin.map(({ word }) => word);
  for (const slot of ownSlots(operation)) {
    const found = slot.name in parsed.subject.own ? null : slot.read(words);
    if (!found) continue;
    parsed.subject.own = { ...parsed.subject.own, [slot.name]: found.value };
    return found.used;
  }
  return 0;
}

/** "All", or a station, where units may be named together: then nothing else need be said. */
function readTogether(
  parsed: Parsed,
  operation: Operation,
  rest: Token[],
  lexicon: Lexicon,
): boolean {
  if (!takes(operation, 'together') || !rest.length) return false;
  const typed = rest.map(({ word }) => word).join(' ');
  if (rest.some(({ word }) => unitOf(word, lexicon))) return false;
  const meant = [...lexicon.units.values()].filter((unit) => operation.meant?.(unit) ?? true);
  if (ALL.includes(typed.toLowerCase())) {
    parsed.subject.together = { kind: 'all' };
    parsed.subject.units = meant;
    return true;
  }
  const found = codesByName(typed, lexicon.stations);
  if (found.length !== 1) return false;
  const [station] = found as [Code];
  parsed.subject.together = { kind: 'station', id: station.code };
  parsed.subject.units = meant.filter((unit) => unit.station === station.code);
  return true;
}

function looksLikeUnit({ word }: Token): boolean {
  return /^\p{L}{1,3}\d+$/u.test(word);
}

/** Reads one word as a unit, a number or a count; false when it is none of these. */
function readWord(parsed: Parsed, operation: Operation, word: string, lexicon: Lexicon): boolean {
  const { subject } = parsed;
  const unit = unitOf(word, lexicon);
  if (unit && wantsUnit(operation)) {
    if (subject.units.includes(unit)) return true;
    if (!takes(operation, 'units') && subject.units.length && operation !== lexicon.select)
      parsed.trouble = { kind: 'too_many_units' };
    subject.units.push(unit);
    return true;
  }
  if (takes(operation, 'count') && /^\d{1,2}$/.test(word) && subject.count === null) {
    subject.count = Number(word);
    return true;
  }
  if (!/^\d[\d-]*$/.test(word) || !wantsIncident(operation, subject)) return false;
  const found = incidentsByNumber(word, lexicon.incidents);
  if (found.length > 1) {
    const numbers = found.map((row) => row.number);
    parsed.trouble = { kind: 'ambiguous_number', word, numbers };
  } else if (found.length === 1) {
    if (takes(operation, 'incident') && !subject.incident) subject.incident = found[0]!;
    else subject.other = found[0]!;
  } else if (takes(operation, 'text')) {
    return false;
  } else {
    parsed.trouble = { kind: 'unknown_number', word };
  }
  return true;
}

function wantsUnit(operation: Operation): boolean {
  return (
    takes(operation, 'unit') || takes(operation, 'units') || operation.id === 'incident.select'
  );
}

function wantsIncident(operation: Operation, subject: Subject): boolean {
  return (
    (takes(operation, 'incident') && !subject.incident) ||
    (takes(operation, 'other') && !subject.other)
  );
}

/** What was not typed is what is selected. */
function assume(parsed: Parsed, operation: Operation, lexicon: Lexicon): void {
  const { subject, assumed } = parsed;
  if (subject.together) return;
  const { incident, unit } = lexicon.selected;
  const mergesInto = takes(operation, 'incident') && takes(operation, 'other');
  if (mergesInto && subject.incident && !subject.other && incident) {
    // `M 3174` with 4829 selected: 4829 goes into 3174.
    if (incident.id !== subject.incident.id) {
      subject.other = subject.incident;
      subject.incident = incident;
      assumed.incident = true;
    }
    return;
  }
  if (operation.id === 'incident.select') return;
  if (takes(operation, 'incident') && !subject.incident && incident) {
    subject.incident = incident;
    assumed.incident = true;
  }
  if (takes(operation, 'other') && !takes(operation, 'incident') && !subject.other && incident) {
    subject.other = incident;
    assumed.incident = true;
  }
  const one = takes(operation, 'unit');
  if (one && subject.units.length === 0 && unit) {
    subject.units.push(unit);
    assumed.unit = true;
  }
}
