/** What could come next in the command line. The units go by what they are called. */
import type { Code } from '../api/types';
import { callSign } from '../model/callSigns.svelte';
import { phrasesOf } from '.';
import type { Completion } from './completion';
import { meant } from './meant';
import { codeListOf, ownSlots, takes, type Operation } from './operation';
import { ALL, codesByName, parse, tokens, unslashed, type Lexicon } from './parse';

const MOST = 8;

/** Completions of the last word, or of the next one where the line ends in a blank. */
export function completions(
  begun: string,
  lexicon: Lexicon,
  available: readonly Operation[],
): Completion[] {
  const line = unslashed(begun);
  const ended = line === '' || /\s$/.test(line);
  // A call sign that is begun is one word, too: 巡1 is no 1.
  const sign = (word: string) =>
    lexicon.unitId(word) ?? [...lexicon.units.keys()].find((id) => callSign(id).startsWith(word));
  const last = ended ? undefined : tokens(line, sign).at(-1);
  const typed = (last?.word ?? '').toLowerCase();
  const head = last ? line.slice(0, last.at) : line;
  const to = (word: string) => `${head}${word} `;
  const { trouble } = parse(line, { ...lexicon, unitId: sign });
  const known = operationsFor(line.trim().toLowerCase(), available);
  if (known.length && (trouble || !head.trim())) return known;
  if (trouble?.kind === 'no_operation') {
    const instead = meant(line, available);
    if (instead.length) return instead;
  }
  const { operation, subject } = parse(head, lexicon);
  if (!operation) return [];
  const found: Completion[] = [];
  const list = codeListOf(operation);
  const wantsUnit =
    takes(operation, 'units') || (takes(operation, 'unit') && subject.units.length === 0);
  if (wantsUnit && (typed || takes(operation, 'unit')))
    found.push(...unitsFor(typed, operation, lexicon, to));
  if (takes(operation, 'together') && !subject.units.length && !subject.text)
    found.push(...togetherFor(typed, lexicon, to));
  const wantsIncident =
    (takes(operation, 'incident') && !subject.incident) ||
    (takes(operation, 'other') && !subject.other);
  if (wantsIncident && (typed || !wantsUnit)) found.push(...incidentsFor(typed, lexicon, to));
  if (list && !subject.code && !(wantsUnit && !typed)) {
    for (const code of lexicon.codes(list))
      if (!typed || spelt(code).includes(typed))
        found.push({
          line: to(code.code),
          word: code.code,
          of: { kind: 'code', list, code: code.code },
        });
  }
  for (const slot of subject.text ? [] : ownSlots(operation))
    if (!(slot.name in subject.own))
      for (const { word, says } of slot.offers?.(subject) ?? [])
        if (word.toLowerCase().startsWith(typed))
          found.push({ line: to(word), word, of: { kind: 'own', says } });
  return found.slice(0, MOST);
}

function spelt({ code, en, zh, pinyin = [] }: Code): string {
  return [code, en, zh, ...pinyin].join(' ').toLowerCase();
}

type To = (word: string) => string;

/** Operations of which a word or a label begins like all that was typed. */
function operationsFor(typed: string, available: readonly Operation[]): Completion[] {
  const found = available.flatMap((operation): Completion[] => {
    const word = phrasesOf(operation).find((one) => one.toLowerCase().startsWith(typed));
    return word ? [{ line: `${word} `, word, of: { kind: 'operation', operation } }] : [];
  });
  return typed ? found.slice(0, MOST) : [];
}

function togetherFor(typed: string, lexicon: Lexicon, to: To): Completion[] {
  const all = ALL.filter((word) => typed && word.startsWith(typed)).slice(0, 1);
  const every = typed ? all : [ALL[0]!];
  const stations = typed ? codesByName(typed, lexicon.stations) : lexicon.stations;
  return [
    ...every.map((word): Completion => ({ line: to(word), word, of: { kind: 'all' } })),
    ...stations.map(({ code }): Completion => ({
      line: to(code),
      word: code,
      of: { kind: 'station', id: code },
    })),
  ];
}

function unitsFor(typed: string, operation: Operation, lexicon: Lexicon, to: To): Completion[] {
  return [...lexicon.units.values()]
    .filter(({ id }) => [id, callSign(id)].some((name) => name.toLowerCase().startsWith(typed)))
    .filter((unit) => operation.group !== 'dispatch' || unit.status !== 'off_duty')
    .slice(0, MOST)
    .map(({ id }) => ({ line: to(callSign(id)), word: callSign(id), of: { kind: 'unit', id } }));
}

function incidentsFor(typed: string, lexicon: Lexicon, to: To): Completion[] {
  const digits = typed.replace(/-/g, '');
  return lexicon.incidents
    .filter((row) => row.state === 'open' && row.number.replace(/-/g, '').startsWith(digits))
    .slice(0, MOST)
    .map(({ id, number }) => ({ line: to(number), word: number, of: { kind: 'incident', id } }));
}
