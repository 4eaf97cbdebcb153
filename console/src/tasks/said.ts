/** What is said of tasks in the command line. */
import { both, say, t, type MessageKey } from '../i18n';
import { readNamed, type Named } from '../loops/slots';
import { sayDue } from '../loops/words';
import { clock } from '../model/clock.svelte';
import { pack } from '../model/pack.svelte';
import { people } from '../model/people.svelte';
import { readOrg, type Named as Org } from '../notices/slots';
import type { OwnSlot } from '../operations/operation';
import { within } from './can';
import { readDue, readLevel, readNumbered } from './slots';
import { tasks } from './tasks.svelte';
import { kindKey, KINDS, sayKind, sayReason, teamKey, TEAMS, type Kind, type Team } from './words';

const named = <C extends string>(codes: readonly C[], key: (code: C) => MessageKey): Named[] =>
  codes.map((code) => ({ code, ...both(key(code)) }));

export const kind: OwnSlot<Kind> = {
  name: 'kind',
  read: (words) => readNamed(words, named(KINDS, kindKey)) as { value: Kind; used: number } | null,
  say: (code) => t(kindKey(code)),
  sample: () => t('task.word.kind'),
  offers: () => KINDS.map((code) => ({ word: t(kindKey(code)), says: t('task.kind') })),
};
export const team: OwnSlot<Team> = {
  name: 'team',
  read: (words) => readNamed(words, named(TEAMS, teamKey)) as { value: Team; used: number } | null,
  say: (code) => (code ? t(teamKey(code)) : ''),
  sample: () => t('task.word.team'),
  offers: () => TEAMS.map((code) => ({ word: t(teamKey(code)), says: t('task.team') })),
};
export const org: OwnSlot<Org> = {
  name: 'org',
  read: (words) => readOrg(words, orgs()),
  say: (one) => t('notice.to', { org: say(one) }),
  sample: () => t('notice.word.to'),
};
export const owner: OwnSlot<string> = {
  name: 'owner',
  read: (words) => {
    if (!['by', '由', '承办'].includes((words[0] ?? '').toLowerCase())) return null;
    const found = readNamed(words.slice(1), people.named);
    return found && { value: found.value, used: found.used + 1 };
  },
  say: (id) => people.name(id),
  refuses: (id) => people.whyGone(id),
  sample: () => t('task.word.owner'),
};
export const due: OwnSlot<number> = {
  name: 'due',
  read: (words) => readDue(words, clock.now_ms, pack.pack?.timezone ?? 'UTC'),
  say: (at_ms) => t('task.due', { time: sayDue(at_ms, clock.now_ms) }),
  sample: () => t('task.word.due'),
};
export const level: OwnSlot<number> = {
  name: 'level',
  read: readLevel,
  say: (value) => say(pack.priority(value)),
  sample: () => 'p2',
};
export const because: OwnSlot<string> = {
  name: 'reason',
  read: (words) => readNamed(words, reasons()),
  say: sayReason,
  sample: () => t('loops.word.reason'),
  offers: () => reasons().map((one) => ({ word: say(one), says: t('task.reason') })),
};
/** The tasks of an incident's number; left out: the one that is shown. */
export const which: OwnSlot<string[]> = {
  name: 'task',
  read: (words) => readNumbered(words, tasks.all),
  say: (ids) => ids.map((id) => tasks.get(id)?.number ?? '')[0] ?? '',
  sample: () => '4829',
  offers: () => tasks.open.map((row) => ({ word: row.number, says: sayKind(row) })),
};

/** Those that one has returned, by their incident's number; left out: the one that is shown, or the
    last one. */
export const whichReturned: OwnSlot<string[]> = {
  name: 'task',
  read: (words) => readNumbered(words, tasks.returned),
  say: (ids) => tasks.returned.find(({ id }) => ids.includes(id))?.number ?? '',
  sample: () => '4829',
  offers: () => tasks.returned.map((row) => ({ word: row.number, says: sayKind(row) })),
};

/** Why a task may be returned or sent back. */
export function reasons(): Named[] {
  return (pack.pack?.loop.task_reasons ?? []).map(({ id, en, zh }) => ({ code: id, en, zh }));
}

/** The organisations that a task can be given to: all, or those of who is limited. */
export function orgs(): readonly Org[] {
  const all = pack.pack?.orgs ?? [];
  const { limit } = tasks.me;
  return all.filter(({ path, level }) => level !== 'partner' && within(path, limit));
}
