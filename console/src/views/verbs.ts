/** What an action is called, and what it is about, where it waits or was refused. */
import type { Verb } from '../api/commands';
import { t, type MessageKey } from '../i18n';
import { board } from '../model/board.svelte';
import { callSign } from '../model/callSigns.svelte';
import { RECORDS } from '../records';

const NAMES: Partial<Record<Verb, MessageKey>> = Object.assign(
  {},
  ...RECORDS.map((one) => one.names),
);

export function nameOf(verb: Verb): string {
  const key = NAMES[verb];
  return key ? t(key) : verb;
}

/** The units and the incident of an action, as people speak of them; the rest has no name. */
export function subjectOf(command: Record<string, unknown>): string {
  const units = [command['unit'], ...[command['units']].flat()].map((one) =>
    typeof one === 'object' ? (one as { unit?: unknown } | null)?.unit : one,
  );
  // The loop of an incident has its id.
  const id = command['incident'] ?? command['loop'];
  const incident = board.incidents.get(String(id))?.number;
  const named = units.flatMap((one) => (typeof one === 'string' ? [callSign(one)] : []));
  return [...named, incident].filter(Boolean).join(' · ');
}
