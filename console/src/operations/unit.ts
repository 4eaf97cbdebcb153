/** What can be done to a unit, whatever its incident. */
import { act } from '../actions/act';
import type { Code, UnitRow } from '../api/types';
import { both, listed, say, t, type MessageKey } from '../i18n';
import { commandLine } from '../model/commandLine.svelte';
import { messages } from '../model/messages.svelte';
import { board } from '../model/board.svelte';
import { selection } from '../model/selection.svelte';
import type { RecordManifest } from './manifest';
import type { Operation, Subject } from './operation';
import { codesByName } from './parse';

function offDuty({ units: [unit] }: Subject): string | null {
  return unit?.status === 'off_duty' ? t('why.off_duty', { unit: unit.id }) : null;
}

export const unavailable: Operation = {
  id: 'unit.unavailable',
  label: 'op.unavailable',
  group: 'unit',
  words: ['U', '停', '暂停调用', '停派'],
  key: 'u',
  takes: ['unit', 'code:unavailable_reasons'],
  verb: 'unit.mark_unavailable',
  disabledBecause: offDuty,
  run: ({ units: [unit], code }) =>
    void act(
      'unit.mark_unavailable',
      { unit: unit!.id, reason: code!.code },
      {
        done: () => t('did.unavailable', { unit: unit!.id, reason: say(code) }),
        undo: () => void act('unit.mark_available', { unit: unit!.id }),
      },
    ),
};

export const available: Operation = {
  id: 'unit.available',
  label: 'op.available',
  group: 'unit',
  words: ['A', '恢复', '恢复调用', '可派'],
  key: 'a',
  takes: ['unit'],
  verb: 'unit.mark_available',
  disabledBecause: offDuty,
  run: ({ units: [unit] }) => {
    const { id, reason } = unit!;
    void act(
      'unit.mark_available',
      { unit: id },
      {
        done: () => t('did.available', { unit: id }),
        ...(reason && { undo: () => void act('unit.mark_unavailable', { unit: id, reason }) }),
      },
    );
  },
};

export const signOn: Operation = {
  id: 'unit.sign_on',
  label: 'op.sign_on',
  group: 'unit',
  words: ['ON', '上勤', '上岗'],
  takes: ['unit', 'text', 'together?'],
  asks: 'command.missing.crew',
  meant: (unit) => unit.status === 'off_duty',
  verb: 'unit.sign_on',
  disabledBecause: () => null,
  run: ({ units, text, together }) => {
    if (together) return void signOnTogether(units);
    void signOnCrew(units[0]!, text);
  },
};

function peopleIn(text: string): string[] {
  return text.split(/[\s,，、]+/).filter(Boolean);
}

/**
 * Who is on another unit is refused: the command line then opens to say why they move, unless
 * another command is being typed by then.
 */
async function signOnCrew({ id }: UnitRow, text: string): Promise<void> {
  const result = await act(
    'unit.sign_on',
    { unit: id, crew: peopleIn(text) },
    { done: () => t('did.sign_on', { unit: id, crew: text }) },
  );
  if (!result.ok && result.failure.kind === 'refused' && !commandLine.text)
    if (result.failure.refusal === 'PersonOnAnotherUnit')
      commandLine.prefill(`${moveCrew.words[0]} ${id} ${text} `);
}

const MOVE_REASONS: Code[] = (['relief', 'reinforcement', 'illness', 'correction'] as const).map(
  (code) => ({ code, ...both(`move_reason.${code}`) }),
);

/** The people and the reason of `1017 1018 relief`; the reason is the last word. */
function moveIn(text: string): { people: string[]; reason: Code | undefined } {
  const words = peopleIn(text);
  const [reason] = codesByName(words.at(-1) ?? '', MOVE_REASONS);
  return { people: reason ? words.slice(0, -1) : words, reason };
}

export const moveCrew: Operation = {
  id: 'unit.move_crew',
  label: 'op.move_crew',
  group: 'unit',
  words: ['MOVE', '调人'],
  takes: ['unit', 'text'],
  asks: 'command.missing.move',
  verb: 'unit.sign_on',
  disabledBecause: ({ text }) => {
    const { people, reason } = moveIn(text);
    if (!text || (reason && people.length)) return null;
    return t('why.move_reason', { reasons: listed(MOVE_REASONS.map(say)) });
  },
  run: ({ units: [unit], text }) => {
    const { people, reason } = moveIn(text);
    const staying = unit!.crew.filter((one) => !people.includes(one));
    void act(
      'unit.sign_on',
      { unit: unit!.id, crew: [...staying, ...people], move_reason: reason!.code },
      {
        done: () =>
          t('did.move_crew', { unit: unit!.id, crew: listed(people), reason: say(reason) }),
      },
    );
  },
};

/** As many at once as the server answers quickly. */
const AT_ONCE = 6;

/** Each unit with a crew that goes by the unit's own name, until its people are named. */
async function signOnTogether(units: readonly UnitRow[]): Promise<void> {
  let count = 0;
  for (let i = 0; i < units.length; i += AT_ONCE) {
    const some = units.slice(i, i + AT_ONCE);
    const results = await Promise.all(
      some.map(({ id }) => act('unit.sign_on', { unit: id, crew: [id] })),
    );
    count += results.filter((one) => one.ok).length;
    // Without a network or a session the others would fail in the same way.
    if (results.some((one) => !one.ok && one.failure.kind !== 'refused')) break;
  }
  if (count) messages.show({ tone: 'done', text: () => t('did.sign_on_together', { count }) });
}

function simple(
  verb: 'unit.sign_off' | 'unit.hear_from' | 'unit.raise_emergency' | 'unit.end_emergency',
  label: MessageKey,
  done: MessageKey,
  words: string[],
  why: (unit: UnitRow) => string | null,
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
    disabledBecause: ({ units: [unit] }) => (unit ? why(unit) : null),
    run: ({ units: [unit] }) =>
      void act(verb, { unit: unit!.id }, { done: () => t(done, { unit: unit!.id }) }),
  };
}

export const signOff = simple(
  'unit.sign_off',
  'op.sign_off',
  'did.sign_off',
  ['OFF', '下勤', '下岗'],
  (unit) =>
    unit.assignment
      ? t('why.committed_off', { unit: unit.id, number: unit.number ?? '' })
      : unit.emergency
        ? t('why.emergency_goes_on', { unit: unit.id })
        : offDuty({ units: [unit] } as Subject),
);
export const hear = simple(
  'unit.hear_from',
  'op.hear',
  'did.hear',
  ['H', '回告', '听'],
  (unit) => offDuty({ units: [unit] } as Subject),
  'h',
);
export const raise = simple(
  'unit.raise_emergency',
  'op.raise',
  'did.raise',
  ['SOS', '告警', '紧急告警', '告急'],
  (unit) => (unit.emergency ? t('why.already', { unit: unit.id }) : null),
);
export const endEmergency = simple(
  'unit.end_emergency',
  'op.end_emergency',
  'did.end_emergency',
  ['SAFE', '解除'],
  (unit) =>
    unit.emergency === 'raised'
      ? t('why.acknowledge_first', { unit: unit.id })
      : unit.emergency
        ? null
        : t('why.no_emergency', { unit: unit.id }),
);

/** The oldest emergency that nobody has acknowledged. */
export function pendingEmergency(): UnitRow | undefined {
  return [...board.units.values()]
    .filter((unit) => unit.emergency === 'raised')
    .sort((a, b) => (a.emergency_since_ms ?? 0) - (b.emergency_since_ms ?? 0))[0];
}

export const acknowledge: Operation = {
  id: 'unit.acknowledge_emergency',
  label: 'op.acknowledge',
  also: ['emergency.acknowledge'],
  group: 'unit',
  words: ['ACK', '签收', '收到'],
  key: 'k',
  takes: [],
  verb: 'unit.acknowledge_emergency',
  disabledBecause: () => (pendingEmergency() ? null : t('why.none_raised')),
  run: (subject) => {
    const named = subject.units.find((unit) => unit.emergency === 'raised');
    const unit = named ?? pendingEmergency()!;
    selection.selectUnit(unit.id);
    void act(
      'unit.acknowledge_emergency',
      { unit: unit.id },
      { done: () => t('did.acknowledge', { unit: unit.id }) },
    );
  },
};

export const units: RecordManifest = {
  operations: [
    unavailable,
    available,
    hear,
    signOn,
    moveCrew,
    signOff,
    raise,
    acknowledge,
    endEmergency,
  ],
  fields: { unit: 'unit', from_unit: 'unit', crew: 'member', members: 'member' },
  names: {
    'unit.sign_on': 'op.sign_on',
    'unit.sign_off': 'op.sign_off',
    'unit.mark_unavailable': 'op.unavailable',
    'unit.mark_available': 'op.available',
    'unit.hear_from': 'op.hear',
    'unit.raise_emergency': 'field.emergency',
    'unit.acknowledge_emergency': 'op.acknowledge',
    'unit.end_emergency': 'op.end_emergency',
  },
};
