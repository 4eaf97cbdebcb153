/** Events of the journal as sentences. An event of a newer version reads as its type. */
import type { IncidentReading } from '../../api/types';
import { isMessage, listed, say, t, type Params } from '../../i18n';
import { pack, type CodeList } from '../../model/pack.svelte';
import { board } from '../../model/board.svelte';

/** Which code list names the value of a field. */
const LISTS: Record<string, CodeList> = {
  category: 'categories',
  capability: 'capabilities',
  disposition: 'dispositions',
};

/** The sentence of one entry of the timeline. */
export function sayEvent(entry: IncidentReading['timeline'][number]): string {
  const name = entry.type.replace(/\.v\d+$/, '');
  if (name === 'incident.urgency_kept') return sayKept(entry.body);
  if (name.startsWith('incident.point_')) return sayPointEvent(name, entry.body);
  const key = `event.${name}`;
  return isMessage(key) ? t(key, paramsOf(name, entry.body)) : entry.type;
}

/** An open point that was confirmed, struck with a reason, or asked again. */
function sayPointEvent(name: string, body: Record<string, unknown>): string {
  const point = sayPointOf(body);
  if (name === 'incident.point_reopened') return t('event.incident.point_reopened', { point });
  if (body['how'] === 'confirmed') return t('event.incident.point_confirmed', { point });
  const reason = say(pack.name('point_reasons', String(body['reason'])));
  return t('event.incident.point_struck', { point, reason });
}

/** The question that it is, who may be needed, or what else it is about. */
function sayPointOf(body: Record<string, unknown>): string {
  if (body['prompt']) return sayPrompt(body).prompt;
  if (body['partner']) return say(pack.org(String(body['partner'])));
  if (body['desk']) return say(pack.name('desks', String(body['desk'])));
  const kind = `record.value.${String(body['point'])}`;
  return isMessage(kind) ? t(kind) : String(body['point']);
}

/** What a merged incident, or a call that reports something worse, asks for. */
function sayKept(body: Record<string, unknown>): string {
  const parts = body['parts'] as { category: string; priority: number }[];
  const kept = listed(
    parts.map(({ category, priority }) =>
      t('event.urgency_part', { category: say(pack.name('categories', category)), priority }),
    ),
  );
  return body['origin'] === 'call'
    ? t('event.incident.urgency_kept_call', { kept })
    : t('event.incident.urgency_kept', { source: numberOf(String(body['source'])), kept });
}

function paramsOf(name: string, body: Record<string, unknown>): Params {
  const params: Params = {};
  for (const [field, value] of Object.entries(body)) {
    const list = LISTS[field];
    if (list) params[field] = say(pack.name(list, String(value)));
    else if (field === 'zone') params[field] = say(pack.zone(String(value)));
    else if (field === 'reason') params[field] = sayReasonCode(name, String(value));
    else if (field === 'prompt') params[field] = sayPrompt(body).prompt;
    else if (field === 'answer') params[field] = sayPrompt(body).answer;
    else if (typeof value === 'number') params[field] = value;
    else params[field] = numberOf(String(value ?? ''));
  }
  return params;
}

function sayReasonCode(name: string, code: string): string {
  const list: CodeList = name.endsWith('cancelled')
    ? 'cancel_reasons'
    : name.endsWith('reopened')
      ? 'reopen_reasons'
      : 'clear_reasons';
  return say(pack.name(list, code));
}

/** A prompt and its answer by their names; the code of a prompt is unique within its category. */
export function sayPrompt(body: Record<string, unknown>): { prompt: string; answer: string } {
  const all = Object.values(pack.pack?.prompts ?? {}).flat();
  const fits = all.filter((one) => one.code === body['prompt']);
  const found = fits.find((one) => one.answers.some((other) => other.code === body['answer']));
  const answer = found?.answers.find((one) => one.code === body['answer']);
  return {
    prompt: found ? say(found) : String(body['prompt']),
    answer: answer ? say(answer) : String(body['answer']),
  };
}

/** Incidents are spoken of by their number, never by their id. */
function numberOf(value: string): string {
  return board.incidents.get(value)?.number ?? value;
}
