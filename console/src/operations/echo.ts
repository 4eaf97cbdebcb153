/** What the command line understood, said back while it is typed; or what to do about it. */
import { listed, say, t } from '../i18n';
import { callSign } from '../model/callSigns.svelte';
import { pack } from '../model/pack.svelte';
import { places } from '../model/places.svelte';
import type { IncidentRow } from '../api/types';
import { operations } from '.';
import { meant } from './meant';
import { codeListOf, ownSlots, takes, type Subject } from './operation';
import type { Parsed, Trouble } from './parse';
import { isAvailable, missingPart, whyNot } from './run';

export interface Echo {
  level: 'ready' | 'unfinished' | 'problem';
  text: string;
  /** What to do about a problem, or what is still missing. */
  remedy: string;
}

export function echo(parsed: Parsed): Echo | null {
  const { operation, subject, trouble } = parsed;
  if (trouble) return { level: 'problem', ...sayTrouble(trouble, parsed) };
  if (!operation) return null;
  const parts = [t(operation.label)];
  if (subject.together) parts.push(sayTogether(subject));
  else if (subject.units.length) parts.push(listed(subject.units.map((unit) => callSign(unit.id))));
  if (subject.incident) parts.push(`${arrow(parsed)}${sayIncident(subject.incident)}`);
  if (subject.other) parts.push(`→ ${sayIncident(subject.other)}`);
  const many = codeListOf(operation) !== null;
  if (subject.count !== null) parts.push(many ? `× ${subject.count}` : String(subject.count));
  if (subject.code) parts.push(say(subject.code));
  for (const slot of ownSlots(operation))
    if (slot.name in subject.own) parts.push(slot.say(subject.own[slot.name]));
  if (subject.text) parts.push(`“${subject.text}”`);
  const assumed = parsed.assumed.incident || parsed.assumed.unit ? t('command.selected') : '';
  const text = parts.join(' · ') + (assumed && t('command.assumed', { assumed }));
  // What is about nothing that is typed, or reads it itself, knows all that it will.
  const isSaid = ['incident', 'other', 'unit', 'units'].every((slot) => !takes(operation, slot));
  const why =
    isSaid || subject.units.length || subject.incident ? whyNot(operation, subject) : null;
  if (why) return { level: 'problem', text, remedy: why };
  const only = operation.id === 'incident.select' && subject.units.length > 0;
  const missing = only ? null : missingPart(operation, subject);
  return missing
    ? { level: 'unfinished', text, remedy: missing }
    : { level: 'ready', text, remedy: t('command.enter') };
}

function sayTogether({ together, units }: Subject): string {
  const count = units.length;
  if (together?.kind === 'station')
    return t('command.station', { count, station: say(pack.station(together.id)) });
  return t('command.all_units', { count });
}

function sayMeant(line: string): string {
  const [best] = meant(line, operations.filter(isAvailable));
  return best ? t('command.meant', { phrase: best.line }) : t('command.unknown.remedy');
}

function arrow(parsed: Parsed): string {
  return parsed.subject.units.length ? '→ ' : '';
}

function sayIncident(row: IncidentRow): string {
  return [row.number, say(pack.name('categories', row.category)), places.label(row.id)]
    .filter(Boolean)
    .join(' ');
}

function sayTrouble(trouble: Trouble, parsed: Parsed): { text: string; remedy: string } {
  switch (trouble.kind) {
    case 'no_operation':
      return { text: t('command.unknown'), remedy: sayMeant(trouble.line) };
    case 'unknown_word':
      return { text: t('command.word', trouble), remedy: t('command.word.remedy') };
    case 'unknown_number':
      return { text: t('command.number', trouble), remedy: t('command.number.remedy') };
    case 'unknown_unit':
      return { text: t('command.unit', trouble), remedy: t('command.unit.remedy') };
    case 'ambiguous_number':
      return {
        text: t('command.ambiguous', { word: trouble.word }),
        remedy: t('command.ambiguous.remedy', { numbers: listed(trouble.numbers) }),
      };
    case 'too_many_units':
      return { text: t('command.one_unit'), remedy: t('command.one_unit.remedy') };
    case 'unknown_code': {
      const list = parsed.operation && codeListOf(parsed.operation);
      const names = (list ? pack.codes(list) : []).slice(0, 6).map((code) => say(code));
      return {
        text: t('command.word', trouble),
        remedy: t('command.choose', { names: listed(names) }),
      };
    }
  }
}
