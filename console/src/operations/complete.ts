/** What could come next in the command line. Pure. */
import { codeListOf, takes, type Operation } from './operation';
import { parse, tokens, type Lexicon } from './parse';

export interface Completion {
  /** What the line becomes. */
  line: string;
  /** What is shown: the word or number, and what it is. */
  word: string;
  of:
    | { kind: 'operation'; operation: Operation }
    | { kind: 'unit'; id: string }
    | { kind: 'incident'; id: string }
    | { kind: 'code'; list: string; code: string };
}

const MOST = 8;

/** Completions of the last word, or of the next one where the line ends in a blank. */
export function completions(
  line: string,
  lexicon: Lexicon,
  available: readonly Operation[],
): Completion[] {
  const ended = line === '' || /\s$/.test(line);
  const last = ended ? undefined : tokens(line).at(-1);
  const typed = (last?.word ?? '').toLowerCase();
  const head = last ? line.slice(0, last.at) : line;
  const to = (word: string) => `${head}${word} `;
  if (!head.trim()) return typed ? operationsFor(typed, available, to) : [];
  const { operation, subject } = parse(head, lexicon);
  if (!operation) return [];
  const found: Completion[] = [];
  const list = codeListOf(operation);
  const wantsUnit =
    takes(operation, 'units') || (takes(operation, 'unit') && subject.units.length === 0);
  if (wantsUnit && (typed || takes(operation, 'unit')))
    found.push(...unitsFor(typed, operation, lexicon, to));
  const wantsIncident =
    (takes(operation, 'incident') && !subject.incident) ||
    (takes(operation, 'other') && !subject.other);
  if (wantsIncident && (typed || !wantsUnit)) found.push(...incidentsFor(typed, lexicon, to));
  if (list && !subject.code && !(wantsUnit && !typed)) {
    for (const code of lexicon.codes(list))
      if (!typed || `${code.code} ${code.en} ${code.zh}`.toLowerCase().includes(typed))
        found.push({
          line: to(code.code),
          word: code.code,
          of: { kind: 'code', list, code: code.code },
        });
  }
  return found.slice(0, MOST);
}

type To = (word: string) => string;

function operationsFor(typed: string, available: readonly Operation[], to: To): Completion[] {
  const starts = available.filter((one) =>
    one.words.some((word) => word.toLowerCase().startsWith(typed)),
  );
  return starts.slice(0, MOST).map((operation) => {
    const word = operation.words.find((one) => one.toLowerCase().startsWith(typed))!;
    return { line: to(word), word, of: { kind: 'operation', operation } };
  });
}

function unitsFor(typed: string, operation: Operation, lexicon: Lexicon, to: To): Completion[] {
  return [...lexicon.units.values()]
    .filter((unit) => unit.id.toLowerCase().startsWith(typed))
    .filter((unit) => operation.group !== 'dispatch' || unit.status !== 'off_duty')
    .slice(0, MOST)
    .map(({ id }) => ({ line: to(id), word: id, of: { kind: 'unit', id } }));
}

function incidentsFor(typed: string, lexicon: Lexicon, to: To): Completion[] {
  const digits = typed.replace(/-/g, '');
  return lexicon.incidents
    .filter((row) => row.state === 'open' && row.number.replace(/-/g, '').startsWith(digits))
    .slice(0, MOST)
    .map(({ id, number }) => ({ line: to(number), word: number, of: { kind: 'incident', id } }));
}
