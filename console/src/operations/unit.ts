/** What can be done to a unit, whatever its incident. */
import { act } from '../actions/act';
import type { UnitRow } from '../api/types';
import { say, t, type MessageKey } from '../i18n';
import { messages } from '../model/messages.svelte';
import { board } from '../model/board.svelte';
import { selection } from '../model/selection.svelte';
import type { Operation, Subject } from './operation';

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
    const [unit] = units;
    void act(
      'unit.sign_on',
      { unit: unit!.id, crew: text.split(/[\s,，、]+/).filter(Boolean) },
      { done: () => t('did.sign_on', { unit: unit!.id, crew: text }) },
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
  (unit) => (unit.emergency ? null : t('why.no_emergency', { unit: unit.id })),
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

export const unitOperations = [
  unavailable,
  available,
  hear,
  signOn,
  signOff,
  raise,
  acknowledge,
  endEmergency,
];
