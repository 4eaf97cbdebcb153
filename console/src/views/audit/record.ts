/** An entry of the journal field by field, each in words beside what is recorded. */
import type { AuditEntry } from '../../api/types';
import { isMessage, listed, say, t } from '../../i18n';
import { sayLength } from '../../loops/lengths';
import { callSign } from '../../model/callSigns.svelte';
import { pack, type NamedList } from '../../model/pack.svelte';
import { people } from '../../model/people.svelte';
import type { Named } from '../../operations/manifest';
import { RECORDS } from '../../records';
import { sayDeadline } from '../../watching/words';
import { sayPrompt } from '../incident/events';
import {
  callOf,
  isOfIncident,
  listOf,
  sayActor,
  sayPurpose,
  sayRole,
  sayWhen,
  type Names,
} from './sentences';

export interface Row {
  label: string;
  said: string;
  /** As it is recorded, where that is one code and differs from what is said. */
  code?: string;
}

/** Everything that an entry holds, in the order in which people look for it. */
export function unfold(entry: AuditEntry, names: Names): Row[] {
  const event = entry.type.replace(/\.v\d+$/, '');
  const rows: Row[] = [
    { label: t('record.type'), said: '', code: entry.type },
    { label: t('audit.who'), said: sayActor(entry, names), code: entry.actor },
    { label: t('record.role'), said: sayRole(entry.role) },
    { label: t('audit.purpose'), said: sayPurpose(entry.purpose) },
    { label: t('record.stream'), said: sayStream(entry.stream, names), code: entry.stream },
    { label: t('record.occurred'), said: sayWhen(entry.occurred_at_ms) },
    { label: t('record.recorded'), said: sayWhen(entry.recorded_at_ms) },
  ];
  for (const [field, value] of Object.entries(entry.body)) {
    if (value === null || value === '' || (Array.isArray(value) && !value.length)) continue;
    const isRead = field === 'because' && event === 'record.read';
    rows.push(isRead ? sayBecause(entry) : rowOf(field, value, entry, event, names));
  }
  if (entry.sealed) rows.push({ label: t('record.sealed'), said: t('record.is_sealed') });
  rows.push({ label: t('audit.hash'), said: '', code: entry.hash });
  return rows;
}

function sayBecause({ because, body }: AuditEntry): Row {
  return { label: sayField('because'), said: because ? say(because) : String(body['because']) };
}

/** Of what has no words, an id or a hash, there is only the code. */
const ID = /^([0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32,})([、, ]+|$)/;

function rowOf(field: string, value: unknown, entry: AuditEntry, event: string, names: Names): Row {
  // Of a read it is why policy allowed it; of others what they came of.
  const label = sayField(field === 'because' ? 'cause' : field);
  const said = sayValue(field, value, { event, body: entry.body, names });
  if (ID.test(said)) return { label, said: '', code: said };
  return typeof value === 'string' && value !== said
    ? { label, said, code: value }
    : { label, said };
}

/** The words of a field; a field that is newer than this console goes by its name. */
export function sayField(field: string): string {
  for (const key of [`record.field.${field}`, `field_name.${field}`])
    if (isMessage(key)) return t(key);
  return field;
}

interface Around {
  event: string;
  body: Record<string, unknown>;
  names: Names;
}

/** What a text in an event names, by its field: what the records share, and what each adds. */
const FIELDS: Readonly<Record<string, Named>> = Object.assign(
  { by: 'member', to: 'member', state: 'state' },
  ...RECORDS.map((one) => one.fields),
);
const ANSWER = new Set(['prompt', 'by_prompt', 'answer']);

function sayValue(field: string, value: unknown, around: Around): string {
  if (field === 'answers' && Array.isArray(value)) return listed(value.map(sayAnswer));
  if (Array.isArray(value)) return listed(value.map((one) => sayValue(field, one, around)));
  if (typeof value === 'boolean') return value ? t('record.yes') : t('record.no');
  if (typeof value === 'number') return sayNumber(field, value);
  if (typeof value === 'string') return sayWord(field, value, around);
  const parts = Object.entries(value as Record<string, unknown>)
    .filter(([, one]) => one !== null && !(Array.isArray(one) && !one.length))
    .map(([name, one]) => `${sayField(name)} ${sayValue(name, one, around)}`);
  return listed(parts);
}

function sayNumber(field: string, value: number): string {
  if (FIELDS[field] === 'length') return sayLength(value);
  if (field.endsWith('_ms')) return sayWhen(value);
  return field.endsWith('_s') ? t('record.seconds', { count: Math.round(value) }) : String(value);
}

function sayWord(field: string, value: string, { event, body, names }: Around): string {
  const list: NamedList | undefined = listOf(field, event);
  if (list) return say(pack.name(list, value));
  if (field === 'zone') return say(pack.zone(value));
  if (field === 'org' || field === 'partner') return say(pack.org(value));
  const named = FIELDS[field];
  if (named === 'unit') return callSign(value);
  if (named === 'member') return say(names.members[value]?.title) || people.name(value);
  if (named === 'role') return sayRole(value);
  if (named === 'deadline') return sayDeadline(value);
  if (field === 'purpose') return sayPurpose(value);
  const prompt = body['by_prompt'] ?? body['prompt'];
  if (ANSWER.has(field) && prompt) {
    return sayPrompt({ ...body, prompt })[field === 'answer' ? 'answer' : 'prompt'];
  }
  const key =
    named === 'state'
      ? value === 'pending'
        ? 'progress.pending'
        : `state.${value}`
      : field === 'what'
        ? `act.read.${value}`
        : `record.value.${value}`;
  if (isMessage(key)) return t(key);
  return names.numbers[value] ?? (names.lines[value] ? callOf(value, names) : value);
}

function sayAnswer(pair: unknown): string {
  const [prompt, answer] = Array.isArray(pair) ? (pair as string[]) : [];
  const said = sayPrompt({ prompt, answer });
  return `${said.prompt} ${said.answer}`;
}

function sayStream(stream: string, names: Names): string {
  const [kind, id = ''] = stream.split(/:(.*)/s);
  if (isOfIncident(kind)) return names.numbers[id] ?? t('act.an_incident');
  if (kind === 'call') return callOf(id, names);
  return kind === 'unit' ? callSign(id) : '';
}
