/** Sending units, and what happens to each of them on an incident. */
import { act } from '../actions/act';
import { callSign } from '../model/callSigns.svelte';
import { uuid7 } from '../actions/uuid7';
import type { AssignmentState, IncidentRow, UnitRow } from '../api/types';
import { listed, say, t, type MessageKey } from '../i18n';
import { board } from '../model/board.svelte';
import { pack } from '../model/pack.svelte';
import { panel } from '../model/panel.svelte';
import { recommendations } from '../model/recommendations.svelte';
import type { RecordManifest } from './manifest';
import { notOpen } from './notOpen';
import { NOTHING, type Operation, type Subject } from './operation';
import { isAvailable, start } from './run';

export const dispatch: Operation = {
  id: 'incident.dispatch',
  label: 'op.dispatch',
  group: 'dispatch',
  words: ['D', 'DISPATCH', '派'],
  key: 'd',
  takes: ['units', 'incident', 'code:override_reasons?'],
  verb: 'incident.dispatch',
  disabledBecause: (subject) => {
    const inDanger = subject.units.find((unit) => unit.emergency);
    if (inDanger) return t('why.emergency', { unit: inDanger.id });
    const committed = subject.units.find((unit) => unit.assignment);
    if (committed)
      return t('why.committed', {
        unit: committed.id,
        number: committed.number ?? '',
        to: subject.incident?.number ?? '',
      });
    const away = subject.units.find((unit) => unit.status === 'off_duty');
    if (away) return t('why.off_duty', { unit: away.id });
    const unavailable = subject.units.find((unit) => unit.status === 'unavailable');
    if (unavailable && !subject.code)
      return t('why.unavailable', {
        unit: unavailable.id,
        reason: say(pack.name('unavailable_reasons', unavailable.reason)),
      });
    return notOpen(subject);
  },
  run: (subject) => sendUnits(subject),
};

/** The units that are chosen in the recommendation for this incident, as a subject. */
export function chosenFor(incident: IncidentRow): Subject {
  const here = recommendations.incident === incident.id;
  const code = pack.codes('override_reasons').find((one) => one.code === recommendations.reason);
  return {
    ...NOTHING,
    incident,
    // Who is there already can't be sent again.
    units: here
      ? recommendations.chosen
          .flatMap((id) => board.units.get(id) ?? [])
          .filter((unit) => unit.incident !== incident.id)
      : [],
    code: recommendations.overridden ? (code ?? null) : null,
  };
}

/**
 * Sends what is chosen for this incident: free units are dispatched, a unit that is on another
 * incident is moved from there (which can be undone).
 */
export function sendAll(incident: IncidentRow): void {
  const subject = chosenFor(incident);
  const elsewhere = subject.units.filter((unit) => isElsewhere(unit, incident));
  const free = subject.units.filter((unit) => !elsewhere.includes(unit));
  if (free.length) start(dispatch, { ...subject, units: free });
  for (const unit of elsewhere) start(reassign, { ...NOTHING, units: [unit], other: incident });
}

/** Is it at work on another incident than this? */
export function isElsewhere(unit: UnitRow, incident: IncidentRow): boolean {
  return unit.assignment !== null && unit.incident !== incident.id;
}

/**
 * Enter on a chosen row: sends what is recommended, as it is shown. While nothing is shown yet, the
 * button takes the focus as soon as it is there: nobody is sent unseen.
 */
export function sendChosen(incident: IncidentRow): void {
  const shown = recommendations.incident === incident.id && recommendations.current !== null;
  if (shown && isAvailable(dispatch) && chosenFor(incident).units.length) sendAll(incident);
  else panel.show('dispatch');
}

/** The reason of an assignment that should not have been. */
const MISTAKE = 'mistake';

function sendUnits(subject: Subject): void {
  const { id, number } = subject.incident!;
  const units = subject.units.map((unit) => ({ assignment: uuid7(), unit: unit.id }));
  const unavailable = subject.units.some((unit) => unit.status === 'unavailable');
  const names = listed(subject.units.map((unit) => callSign(unit.id)));
  // One key sends, so one key takes it back, where the city has a word for that.
  const mistake = pack.codes('cancel_reasons').find((one) => one.code === MISTAKE);
  // Judged by what was on the screen, not by what would be recommended by the time it arrives.
  const shown = recommendations.incident === id ? recommendations.current?.advice : undefined;
  const sent = act(
    'incident.dispatch',
    {
      incident: id,
      units,
      ...(shown && { advice: shown }),
      ...(subject.code && { override_reason: subject.code.code }),
      ...(unavailable && { unavailable_reason: subject.code!.code }),
    },
    {
      done: () => t('did.dispatch', { number, units: names }),
      ...(mistake && {
        undo: () => {
          for (const { assignment } of units)
            void act('assignment.cancel', { incident: id, assignment, reason: mistake.code });
        },
      }),
    },
  );
  void sent.then(() => recommendations.refresh(id));
}

export const reassign: Operation = {
  id: 'assignment.reassign',
  label: 'op.reassign',
  group: 'dispatch',
  words: ['RE', 'REASSIGN', '改派'],
  takes: ['unit', 'other'],
  verb: 'assignment.reassign',
  disabledBecause: ({ units: [unit], other }) => {
    if (unit?.emergency) return t('why.emergency', { unit: unit.id });
    if (unit && !unit.assignment) return t('why.not_committed', { unit: unit.id });
    if (!other) return null;
    return unit?.incident === other.id ? t('why.same') : notOpen({ ...NOTHING, incident: other });
  },
  run: ({ units: [unit], other }) => {
    const { id, number } = unit!;
    const { incident, assignment } = commitmentOf(unit!);
    const to = other!;
    const fresh = uuid7();
    const moved = act(
      'assignment.reassign',
      { incident, assignment, to_incident: to.id, new_assignment: fresh },
      {
        done: () => t('did.reassign', { unit: id, number: number ?? '', to: to.number }),
        undo: () => void act('assignment.undo_reassign', { incident: to.id, assignment: fresh }),
      },
    );
    void moved.then(() => recommendations.refresh(to.id));
  },
};

/** The states of an assignment in their order; an earlier one can't be gone back to. */
const STEPS: AssignmentState[] = [
  'dispatched',
  'en_route',
  'on_scene',
  'transporting',
  'at_facility',
];

function isBehind(unit: UnitRow, state: AssignmentState): boolean {
  return STEPS.indexOf(unit.status as AssignmentState) < STEPS.indexOf(state);
}

/** The assignment that a committed unit works on. */
function commitmentOf(unit: UnitRow): { incident: string; assignment: string } {
  return { incident: unit.incident!, assignment: unit.assignment! };
}

type StepVerb =
  'assignment.en_route' | 'assignment.on_scene' | 'assignment.transport' | 'assignment.at_facility';

function step(
  state: AssignmentState,
  verb: StepVerb,
  label: MessageKey,
  words: string[],
  key?: string,
): Operation {
  return {
    id: verb,
    label,
    group: 'unit',
    words,
    ...(key && { key }),
    takes: ['unit'],
    verb,
    disabledBecause: ({ units: [unit] }) => {
      if (!unit) return null;
      if (!unit.assignment) return t('why.not_committed', { unit: unit.id });
      return isBehind(unit, state) ? null : t('why.past', { unit: unit.id });
    },
    run: ({ units: [unit] }) => {
      const { id } = unit!;
      const { incident, assignment } = commitmentOf(unit!);
      void act(
        verb,
        { incident, assignment },
        { done: () => t('did.step', { unit: id, step: t(label) }) },
      );
    },
  };
}

export const enRoute = step(
  'en_route',
  'assignment.en_route',
  'op.en_route',
  ['ER', '途', '途中', '出'],
  'e',
);
export const onScene = step(
  'on_scene',
  'assignment.on_scene',
  'op.on_scene',
  ['OS', '到', '到场'],
  's',
);
export const transport = step('transporting', 'assignment.transport', 'op.transport', ['TR', '送']);
export const atFacility = step('at_facility', 'assignment.at_facility', 'op.at_facility', [
  'AF',
  '送达',
]);

function ending(
  verb: 'assignment.clear' | 'assignment.cancel',
  label: MessageKey,
  words: string[],
  list: 'clear_reasons' | 'cancel_reasons',
  key?: string,
): Operation {
  return {
    id: verb,
    label,
    group: 'unit',
    words,
    ...(key && { key }),
    takes: ['unit', `code:${list}`],
    verb,
    disabledBecause: ({ units: [unit] }) => {
      if (!unit) return null;
      if (!unit.assignment) return t('why.not_committed', { unit: unit.id });
      const late =
        verb === 'assignment.cancel' && !['dispatched', 'en_route'].includes(unit.status);
      if (late) return t('why.clear_instead', { unit: unit.id });
      const early = verb === 'assignment.clear' && unit.status === 'dispatched';
      return early ? t('why.cancel_instead', { unit: unit.id }) : null;
    },
    run: ({ units: [unit], code }) => {
      const { id } = unit!;
      const { incident, assignment } = commitmentOf(unit!);
      void act(
        verb,
        { incident, assignment, reason: code!.code },
        { done: () => t('did.ending', { unit: id, step: t(label), reason: say(code) }) },
      );
    },
  };
}

export const clear = ending(
  'assignment.clear',
  'op.clear',
  ['CL', '毕', '处警完毕', '清'],
  'clear_reasons',
  'l',
);
export const cancel = ending(
  'assignment.cancel',
  'op.cancel',
  ['CX', '取消', '取消派警', '撤'],
  'cancel_reasons',
);

/** One key for the next step of a unit, as crews report it. */
export const next: Operation = {
  id: 'assignment.next',
  label: 'op.next',
  group: 'unit',
  words: ['NX', '下一步'],
  key: 'g',
  takes: ['unit'],
  verb: 'assignment.en_route',
  disabledBecause: ({ units: [unit] }) =>
    unit && !unit.assignment ? t('why.not_committed', { unit: unit.id }) : null,
  run: (subject) => start(nextStep(subject.units[0]!), subject),
};

/** What a committed unit normally reports next. Transport is a choice, never the normal next. */
export function nextStep(unit: UnitRow): Operation {
  if (unit.status === 'dispatched') return enRoute;
  if (unit.status === 'en_route') return onScene;
  if (unit.status === 'transporting') return atFacility;
  return clear;
}

export const assignments: RecordManifest = {
  operations: [dispatch, reassign, next, enRoute, onScene, transport, atFacility, clear, cancel],
  names: {
    'incident.dispatch': 'op.dispatch',
    'assignment.reassign': 'op.reassign',
    'assignment.undo_reassign': 'verb.undo_reassign',
    'assignment.en_route': 'op.en_route',
    'assignment.on_scene': 'op.on_scene',
    'assignment.transport': 'op.transport',
    'assignment.at_facility': 'op.at_facility',
    'assignment.clear': 'op.clear',
    'assignment.cancel': 'op.cancel',
  },
  groups: [
    { group: 'dispatch', title: 'help.dispatch' },
    { group: 'unit', title: 'help.units' },
  ],
};
