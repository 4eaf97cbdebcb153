/** Calls, and the room itself: pages, language, help. */
import { act } from '../actions/act';
import type { CallRow } from '../api/types';
import { t, type MessageKey } from '../i18n';
import { board } from '../model/board.svelte';
import { clock } from '../model/clock.svelte';
import { commandLine } from '../model/commandLine.svelte';
import { overlays } from '../model/overlays.svelte';
import { router } from '../model/router.svelte';
import { selection } from '../model/selection.svelte';
import { session } from '../model/session.svelte';
import { chooseTheme, settings } from '../model/settings.svelte';
import { entryOf, PAGES, type Page, type PageEntry, type Place } from '../pages';
import type { RecordManifest } from './manifest';
import type { Operation } from './operation';

/** Calls that nobody has taken: the ringing ones, longest first. */
export function ringing(): CallRow[] {
  return [...board.calls.values()]
    .filter((call) => call.state === 'ringing')
    .sort((a, b) => a.since_ms - b.since_ms || (a.id < b.id ? -1 : 1));
}

/** Calls that somebody must call back and nobody has claimed again. */
export function owed(): CallRow[] {
  return [...board.calls.values()]
    .filter((call) => call.call_back_owed && call.state === 'abandoned')
    .sort((a, b) => a.since_ms - b.since_ms || (a.id < b.id ? -1 : 1));
}

/** Takes a call and opens its form at once; the claim itself is on its way meanwhile. */
export function claimCall(call: CallRow): void {
  const before = { call: selection.call, blank: selection.newIncident };
  selection.openCall(call.id);
  void act('call.claim', { call: call.id }).then((result) => {
    if (result.ok || selection.call !== call.id) return;
    // A colleague was faster.
    if (before.call) selection.openCall(before.call);
    else if (before.blank) selection.openBlank();
    else selection.closeForm();
  });
}

export const claim: Operation = {
  id: 'call.claim',
  label: 'op.claim',
  also: ['ring.call_back', 'form.claim_back'],
  group: 'call',
  words: ['R', 'TAKE', '接'],
  key: 'r',
  takes: [],
  verb: 'call.claim',
  disabledBecause: () => (ringing().length || owed().length ? null : t('why.nothing_rings')),
  run: (subject) => claimCall(subject.call ?? ringing()[0] ?? owed()[0]!),
};

export const newIncident: Operation = {
  id: 'call.blank',
  label: 'op.blank',
  group: 'call',
  words: ['NEW', '新建'],
  key: 'i',
  takes: [],
  verb: 'incident.open',
  disabledBecause: () => null,
  run: () => {
    if (router.page !== '/dispatch' && router.page !== '/calls') router.go('/calls');
    selection.openBlank();
  },
};

export const nextOverdue: Operation = {
  id: 'room.next_overdue',
  label: 'op.next_overdue',
  group: 'room',
  words: ['O', '超时'],
  key: 'o',
  takes: [],
  isFor: atDesk,
  disabledBecause: () => (overdue().length ? null : t('why.none_overdue')),
  run: () => {
    const ids = overdue();
    selection.selectIncident(ids[(ids.indexOf(selection.incident ?? '') + 1) % ids.length]!);
  },
};

function overdue(): string[] {
  return board.openIncidents
    .filter((row) => row.clock && row.clock.due_ms <= clock.now_ms)
    .sort((a, b) => a.priority - b.priority || a.clock!.due_ms - b.clock!.due_ms)
    .map((row) => row.id);
}

/** May the signed-in role open this page? */
export function mayOpen(page: Page): boolean {
  const role: string = session.member?.role ?? '';
  // Outside a practice room there is no debrief; a trainer's page there says so.
  const none = page === '/practice' && session.current?.room.kind !== 'practice';
  const roles: readonly string[] = entryOf(page)?.roles ?? [];
  return roles.includes(role) && (!none || role === 'trainer');
}

/** Does this role work with the incidents and units of the room? */
export function atDesk(): boolean {
  return mayOpen('/dispatch');
}

/** Is there a command line for this role? */
export function hasCommands(): boolean {
  return atDesk() || mayOpen('/tasks') || mayOpen('/desk');
}

/** Does this role follow the room, or what is its own of it? */
export function isLive(): boolean {
  return hasCommands() || mayOpen('/audit');
}

function goTo({ path, called }: Called): Operation {
  return {
    id: `room.go${path.replace('/', '.')}`,
    label: called.label,
    group: 'room',
    words: called.words,
    takes: [],
    isFor: () => mayOpen(path),
    disabledBecause: () => (mayOpen(path) ? null : t('problem.denied')),
    run: () => router.go(path),
  };
}

type Called = { path: Place; called: NonNullable<PageEntry['called']> };

/** The pages that links lead to, with what opens each. */
export const pages = PAGES.flatMap(({ path, called }) =>
  called ? [{ page: path, operation: goTo({ path, called }) }] : [],
);

function toggle(id: string, label: MessageKey, words: string[], run: () => void): Operation {
  return { id, label, group: 'room', words, takes: [], disabledBecause: () => null, run };
}

export const language = toggle('room.language', 'op.language', ['LANG', '语言'], () => {
  settings.language = settings.language === 'en' ? 'zh' : 'en';
});
export const theme = toggle('room.theme', 'op.theme', ['THEME', '主题'], () => {
  chooseTheme(settings.theme === 'dark' ? 'light' : 'dark');
});
export const help: Operation = {
  ...toggle('room.help', 'op.help', ['HELP', '帮助'], () => overlays.toggle('help')),
  key: '?',
};
export const command: Operation = {
  ...toggle('room.command', 'op.command', ['/'], () => commandLine.focus()),
  key: '/',
  isFor: hasCommands,
};

export const calls: RecordManifest = {
  operations: [claim, newIncident],
  names: {
    'call.claim': 'op.claim',
    'call.release': 'verb.release',
    'call.hang_up': 'verb.hang_up',
    'call.mark_silent': 'verb.mark_silent',
    'call.call_back': 'verb.call_back',
    'call.record_details': 'verb.record_details',
    'call.end': 'verb.end_call',
  },
  groups: [{ group: 'call', title: 'help.calls' }],
};

/** The room itself. */
export const room: RecordManifest = {
  operations: [nextOverdue, ...pages.map((one) => one.operation), language, theme, help, command],
  groups: [{ group: 'room', title: 'help.room' }],
};
