/** What members did, in sentences: who did what to which record, with the names that people use. */
import type { Acts, AuditEntry } from '../../api/types';
import { isMessage, listed, say, t, type Params } from '../../i18n';
import { callSign } from '../../model/callSigns.svelte';
import { pack, type NamedList } from '../../model/pack.svelte';
import { settings } from '../../model/settings.svelte';

export type Names = Pick<Acts, 'numbers' | 'lines' | 'members'>;

/** Who acted: the role, and the name where the member is known; machines go by their role. */
export function sayActor(entry: Pick<AuditEntry, 'actor' | 'role'>, names: Names): string {
  const role = sayRole(entry.role);
  const machine = `actor.${entry.actor}`;
  const name = names.members[entry.actor]
    ? nameOf(entry.actor, names)
    : isMessage(machine)
      ? t(machine)
      : entry.actor;
  if (name === entry.role || name === role) return role;
  return isMessage(machine) ? name : t('act.actor', { role, name });
}

export function sayRole(code: string): string {
  const key = `role.${code}`;
  return isMessage(key) ? t(key) : code;
}

export function sayPurpose(code: string): string {
  const key = `purpose.${code}`;
  return isMessage(key) ? t(key) : code;
}

function nameOf(member: string, names: Names): string {
  return say(names.members[member]?.title);
}

/** The sentence of an entry; an event that has none here reads as its type, never as nothing. */
export function sayAct(entry: AuditEntry, names: Names): string {
  const who = sayActor(entry, names);
  const name = entry.type.replace(/\.v\d+$/, '');
  const key = `act.${name}`;
  if (!isMessage(key)) return t('act.other', { who, type: entry.type });
  const params = paramsOf(name, entry, names);
  return t(
    key,
    key === BEGINS_WITH_CALL ? { ...params, call: begun(params['call']) } : { ...params, who },
  );
}

/** A sentence begins with a capital, where its language has them. */
function begun(words: string | number | undefined): string {
  const said = String(words ?? '');
  return said.charAt(0).toUpperCase() + said.slice(1);
}

/** The one act that no member does, and that is about what has no name. */
const BEGINS_WITH_CALL = 'act.call.received';

const LISTS: Record<string, NamedList> = {
  agreement: 'agreements',
  category: 'categories',
  capability: 'capabilities',
  clock: 'clocks',
  desk: 'desks',
  disposition: 'dispositions',
  given: 'given_tasks',
  no_incident_reason: 'no_incident_reasons',
  offer: 'desk_offers',
  override_reason: 'override_reasons',
  route: 'routes',
  skill: 'desk_skills',
  unavailable_reason: 'unavailable_reasons',
};
const REASONS: Record<string, NamedList> = {
  'assignment.cleared': 'clear_reasons',
  'assignment.cancelled': 'cancel_reasons',
  'incident.contact_unsafe': 'contact_reasons',
  'desk_request.returned': 'task_reasons',
  'desk_request.sent_back': 'task_reasons',
  'incident.point_settled': 'point_reasons',
  'incident.reopened': 'reopen_reasons',
  'loop.clock_extended': 'clock_reasons',
  'loop.clock_paused': 'clock_reasons',
  'supervision_order.sent_back': 'task_reasons',
  'referral.refused': 'referral_reasons',
  'task.returned': 'task_reasons',
  'task.sent_back': 'task_reasons',
  'unit.marked_unavailable': 'unavailable_reasons',
};

/** The list of codes that a field of an event is from. */
export function listOf(field: string, event: string): NamedList | undefined {
  return field === 'reason' ? REASONS[event] : LISTS[field];
}

/** Is a record called by the number of its incident, whose id it has? */
export function isOfIncident(kind: string | undefined): boolean {
  return kind === 'incident' || kind === 'loop' || kind === 'call_back';
}

function paramsOf(name: string, entry: AuditEntry, names: Names): Params {
  const [kind, id = ''] = entry.stream.split(/:(.*)/s);
  const params: Params = {
    incident: isOfIncident(kind) ? numberOf(id, names) : '',
    call: kind === 'call' ? callOf(id, names) : '',
    unit: kind === 'unit' ? callSign(id) : '',
    count: '',
    reason: '',
  };
  for (const [field, value] of Object.entries(entry.body)) {
    const list = listOf(field, name);
    if (list) params[field] = say(pack.name(list, String(value)));
    else if (field === 'zone') params[field] = say(pack.zone(String(value)));
    else if (field === 'org' || field === 'partner') params[field] = sayOrg(String(value));
    else if (field === 'unit') params[field] = callSign(String(value));
    else if (field === 'call') params['call'] = callOf(String(value), names);
    else if (Array.isArray(value)) params[field] = listed(value.map((one) => wordOf(one, names)));
    else params[field] = wordOf(value, names);
  }
  return params;
}

function sayOrg(path: string): string {
  return path ? say(pack.org(path)) : t('notice.everybody');
}

function wordOf(value: unknown, names: Names): string | number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return '';
  const choice = `record.value.${value}`;
  const word = isMessage(choice) ? t(choice) : value;
  return names.numbers[value] ?? (nameOf(value, names) || word);
}

function numberOf(id: string, names: Names): string {
  return names.numbers[id] ?? t('act.an_incident');
}

export function callOf(id: string, names: Names): string {
  const line = names.lines[id];
  return line ? t('act.call_on', { line }) : t('act.a_call');
}

/** What was read: of which incidents and calls, or of how many. */
export function sayRead(entry: AuditEntry, names: Names): string {
  const ids = (field: string) =>
    Array.isArray(entry.body[field]) ? (entry.body[field] as string[]) : [];
  const [incidents, calls] = [ids('incidents'), ids('calls')];
  const alone = `act.read_alone.${String(entry.body['what'])}`;
  if (isMessage(alone)) return t(alone, { who: sayActor(entry, names) });
  const what = `act.read.${String(entry.body['what'])}`;
  const named =
    incidents.length && incidents.length <= 3
      ? listed(incidents.map((id) => numberOf(id, names)))
      : incidents.length
        ? t('act.incidents', { count: incidents.length })
        : calls.length === 1
          ? callOf(calls[0]!, names)
          : t('act.nothing');
  return t('act.read', {
    who: sayActor(entry, names),
    what: isMessage(what) ? t(what) : String(entry.body['what']),
    of: named,
  });
}

let faces: { zone: string; language: string; face: Intl.DateTimeFormat } | null = null;

/** `28 Nov 2026, 18:02:07`, in the city's zone: an audit is of days, not of the present hour. */
export function sayWhen(ms: number, zone = pack.pack?.timezone ?? 'UTC'): string {
  const { language } = settings;
  if (faces?.zone !== zone || faces.language !== language) {
    const face = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
      timeZone: zone,
      day: 'numeric',
      month: language === 'zh' ? 'long' : 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    faces = { zone, language, face };
  }
  return faces.face.format(ms);
}
