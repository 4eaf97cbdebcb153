/** What can be done with the clocks of incidents. */
import { act } from '../actions/act';
import type { IncidentRow } from '../api/types';
import { listed, say, t, type MessageKey } from '../i18n';
import { clock } from '../model/clock.svelte';
import { pack } from '../model/pack.svelte';
import { session } from '../model/session.svelte';
import { atDesk } from '../operations/room';
import type { Operation, OwnSlot, Subject } from '../operations/operation';
import { clocks } from './clocks.svelte';
import { readNamed, type Named } from './slots';
import { routeOf } from './stages';
import { latestRuns, type ClockLine } from './standing';
import { ruleOf, sayClock, sayPause, sayTime } from './words';
import { why } from './why.svelte';

function namedReasons(): Named[] {
  return (pack.pack?.loop.reasons ?? []).map(({ id, en, zh }) => ({ code: id, en, zh }));
}

/** The latest run of each clock of an incident. */
export function linesOf(incident: string): ClockLine[] {
  const loop = clocks.of(incident);
  return loop ? latestRuns(loop).map((run) => clocks.line(loop, run, clock.now_ms)) : [];
}

/** The reasons for which a clock may stand still, by its rule. */
export function pausesOf({ run }: ClockLine): readonly string[] {
  return ruleOf(run)?.pauses ?? [];
}

/** Of one that is late a pause would only hide that it is. */
export function mayPause(line: ClockLine): boolean {
  const allowed = line.standing === 'running' || line.standing === 'risk';
  return allowed && pausesOf(line).length > 0 && session.may('loop.pause_clock');
}

/** What stands still because its incident was merged goes on when that is split again. */
export function mayResume({ run }: ClockLine): boolean {
  const isMerged = run.pauses.at(-1)?.reason === '';
  return run.state === 'paused' && !isMerged && session.may('loop.resume_clock');
}

/** How often it may still be extended by the one who is signed in; null where that is not theirs. */
export function extensionsLeft({ run }: ClockLine): number | null {
  const rule = ruleOf(run);
  if (run.state !== 'running' || !rule?.extensions) return null;
  if (rule.approver !== session.member?.role || !session.may('loop.extend_clock')) return null;
  return Math.max(0, rule.extensions - run.extensions);
}

const mayExtend = (line: ClockLine): boolean => (extensionsLeft(line) ?? 0) > 0;

const spoken = ({ loop, run }: ClockLine) => ({ number: loop.number, clock: sayClock(run) });

export function pauseClock(line: ClockLine, reason: string): void {
  const { loop, run } = line;
  void act(
    'loop.pause_clock',
    { loop: loop.id, clock: run.clock, reason },
    {
      done: () => t('did.loop_pause', { ...spoken(line), reason: sayPause(reason) }),
      undo: () => resumeClock(line),
    },
  );
}

export function resumeClock(line: ClockLine): void {
  const { loop, run } = line;
  void act(
    'loop.resume_clock',
    { loop: loop.id, clock: run.clock },
    { done: () => t('did.loop_resume', spoken(line)) },
  );
}

export function extendClock(line: ClockLine, reason: string): void {
  const { loop, run } = line;
  void act(
    'loop.extend_clock',
    { loop: loop.id, clock: run.clock, reason },
    { done: () => t('did.loop_extend', { ...spoken(line), reason: sayPause(reason) }) },
  );
}

export function showWhy({ loop, run }: ClockLine): void {
  why.show({ incident: loop.id, number: loop.number, clock: run.clock });
}

const which: OwnSlot<string> = {
  name: 'clock',
  read: (words) => readNamed(words, pack.pack?.loop.clocks ?? []),
  say: (code) => say(pack.name('clocks', code)),
  sample: () => t('loops.word.clock'),
  offers: ({ incident }) =>
    (incident ? linesOf(incident.id) : []).map((line) => ({
      word: sayClock(line.run),
      says: sayTime(line, clock.now_ms),
    })),
};

const because: OwnSlot<string> = {
  name: 'reason',
  read: (words) => readNamed(words, namedReasons()),
  say: (code) => sayPause(code),
  sample: () => t('loops.word.reason'),
  offers: () => namedReasons().map((one) => ({ word: say(one), says: t('loops.reason') })),
};

/** The one clock that is meant: the one that was named, or the only one that can be. */
function meant(subject: Subject, can: (line: ClockLine) => boolean): ClockLine[] {
  const named = subject.own['clock'];
  const lines = subject.incident ? linesOf(subject.incident.id).filter(can) : [];
  return named ? lines.filter((line) => line.run.clock === named) : lines;
}

/** Why not, where there is none or more than one. */
function notOne(
  subject: Subject,
  can: (line: ClockLine) => boolean,
  none: MessageKey,
): string | null {
  const lines = meant(subject, can);
  if (!lines.length) return t(none);
  const names = listed(lines.map(({ run }) => sayClock(run)));
  return lines.length > 1 ? t('why.which_clock', { names }) : null;
}

/** The reason that was given, or the only one that there is. */
function reasonOf(subject: Subject, allowed: readonly string[]): string | null {
  const given = subject.own['reason'] as string | undefined;
  if (given !== undefined) return allowed.includes(given) ? given : null;
  return allowed.length === 1 ? allowed[0]! : null;
}

function noReason(subject: Subject, allowed: readonly string[]): string | null {
  if (reasonOf(subject, allowed)) return null;
  return t('why.which_reason', { reasons: listed(allowed.map(sayPause)) });
}

const allReasons = (): string[] => namedReasons().map(({ code }) => code);

export const pause: Operation = {
  id: 'loop.pause',
  label: 'op.loop_pause',
  also: ['loops.pause'],
  group: 'loop',
  words: ['PAUSE', '暂停计时'],
  takes: ['incident', which, because],
  verb: 'loop.pause_clock',
  disabledBecause: (subject) =>
    notOne(subject, mayPause, 'why.no_pause') ??
    noReason(subject, pausesOf(meant(subject, mayPause)[0]!)),
  run: (subject) => {
    const line = meant(subject, mayPause)[0]!;
    pauseClock(line, reasonOf(subject, pausesOf(line))!);
  },
};

export const resume: Operation = {
  id: 'loop.resume',
  label: 'op.loop_resume',
  also: ['loops.resume'],
  group: 'loop',
  words: ['RESUME', '恢复计时'],
  takes: ['incident', which],
  verb: 'loop.resume_clock',
  disabledBecause: (subject) => notOne(subject, mayResume, 'why.no_resume'),
  run: (subject) => resumeClock(meant(subject, mayResume)[0]!),
};

export const extend: Operation = {
  id: 'loop.extend',
  label: 'op.loop_extend',
  group: 'loop',
  words: ['EXTEND', '延长时限'],
  takes: ['incident', which, because],
  verb: 'loop.extend_clock',
  disabledBecause: (subject) =>
    notOne(subject, mayExtend, 'why.no_extension') ?? noReason(subject, allReasons()),
  run: (subject) => extendClock(meant(subject, mayExtend)[0]!, reasonOf(subject, allReasons())!),
};

export const explainDeadline: Operation = {
  id: 'loop.why',
  label: 'op.loop_why',
  also: ['loops.why'],
  group: 'loop',
  words: ['WHY', '时限依据'],
  takes: ['incident', which],
  isFor: atDesk,
  disabledBecause: (subject) => notOne(subject, () => true, 'why.no_clock'),
  run: (subject) => showWhy(meant(subject, () => true)[0]!),
};

/** Its route wants an approval, or that of what was merged into it may, and it has none since it
 * was handled last. */
export function awaitsApproval(incident: IncidentRow): boolean {
  const { id, category, priority, state, absorbed } = incident;
  const wants = routeOf({ category, priority })?.stages.some(({ until }) =>
    until.includes('approved'),
  );
  const mayWant = wants === true || absorbed.length > 0;
  return state === 'open' && mayWant && !clocks.of(id)?.approved_by;
}

const HANDLED = ['cleared', 'cancelled', 'taken_over'];

export const approve: Operation = {
  id: 'loop.approve',
  label: 'op.loop_approve',
  group: 'loop',
  words: ['ENDORSE', '审核处置'],
  key: 'v',
  takes: ['incident'],
  verb: 'loop.approve',
  disabledBecause: ({ incident }) => {
    if (!incident || !awaitsApproval(incident)) return t('why.no_approval');
    const atWork = incident.assignments.some(({ state }) => !HANDLED.includes(state));
    return atWork || !incident.disposition ? t('why.not_handled') : null;
  },
  run: ({ incident }) => {
    const { id, number } = incident!;
    void act(
      'loop.approve',
      { loop: id },
      {
        done: () => t('did.loop_approve', { number }),
        undo: () => withdraw(id, number),
      },
    );
  },
};

export const withdrawApproval: Operation = {
  id: 'loop.withdraw_approval',
  label: 'op.loop_withdraw',
  group: 'loop',
  words: ['UNENDORSE', '撤回处置审核'],
  takes: ['incident'],
  verb: 'loop.withdraw_approval',
  disabledBecause: ({ incident }) =>
    incident?.state === 'open' && clocks.of(incident.id)?.approved_by
      ? null
      : t('why.not_approved'),
  run: ({ incident }) => withdraw(incident!.id, incident!.number),
};

function withdraw(id: string, number: string): void {
  void act(
    'loop.withdraw_approval',
    { loop: id },
    { done: () => t('did.loop_withdraw', { number }) },
  );
}
