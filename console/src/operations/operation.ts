/**
 * An operation is a user verb. Buttons, single keys, the command line and the help are all made from
 * the one list in `index.ts`, so that whatever the mouse can do has a word, and the other way round.
 */
import type { CallRow, Code, IncidentRow, UnitRow } from '../api/types';
import type { MessageKey } from '../i18n';
import type { CodeList } from '../model/pack.svelte';

/** What an operation is about: typed in the command line, or selected on the screen. */
export interface Subject {
  incident: IncidentRow | null;
  /** The second incident: the one to merge into, or to reassign to. */
  other: IncidentRow | null;
  units: UnitRow[];
  call: CallRow | null;
  code: Code | null;
  count: number | null;
  text: string;
  /** The units were named together: all of the room, or those of a station. */
  together: Together | null;
  /** What an operation's own slots understood, by their names. */
  own: Readonly<Record<string, unknown>>;
}

export type Together = { kind: 'all' } | { kind: 'station'; id: string };

export const NOTHING: Subject = {
  incident: null,
  other: null,
  units: [],
  call: null,
  code: null,
  count: null,
  text: '',
  together: null,
  own: {},
};

/** What can be typed after the word. `?` marks what may be left out. */
export type Slot =
  | 'incident'
  | 'other'
  | 'unit'
  | 'units'
  | 'together?'
  | 'count'
  | 'count?'
  | 'text'
  | 'text?'
  | `code:${CodeList}`
  | `code:${CodeList}?`;

/** Something that a kind of record lets people say before the text of a command; it may be left out. */
export interface OwnSlot<T = unknown> {
  name: string;
  /** Reads it where these words begin: what it is, and how many words it took. Null: it isn't there. */
  read(words: readonly string[]): { value: T; used: number } | null;
  /** What was understood, as it is repeated while it is typed. */
  say(value: T): string;
  /** Why what was understood can't be meant; null when it can. */
  refuses?(value: T): string | null;
  /** An example for the help. */
  sample(): string;
  /** What could be typed for it, with what each means, for what is known of the subject. */
  offers?(subject: Subject): readonly { word: string; says: string }[];
}

export interface Operation {
  id: string;
  label: MessageKey;
  /** Labels of other buttons that do the same: they may be typed, too. */
  also?: readonly MessageKey[];
  /** The part of the help that it stands in; its kind of record gives it a title. */
  group: string;
  /** Words of the command line, both languages; the first is the one that is shown. */
  words: readonly string[];
  /** A single key, where nothing is being typed. */
  key?: string;
  takes: readonly (Slot | OwnSlot)[];
  /** What is asked for where the unit or the text is missing; left out: the usual question. */
  asks?: MessageKey;
  /** Units that can be meant together; left out: all. */
  meant?(unit: UnitRow): boolean;
  /** The action's verb: who may not do it, does not see it. */
  verb?: string;
  /** For what needs no verb: is it of use to this person's role at all? Left out: to everybody. */
  isFor?(): boolean;
  /** Why it can't be done to this subject now; null when it can. */
  disabledBecause(subject: Subject): string | null;
  run(subject: Subject): void;
  /** The opposite, after it was done; null where there is none. */
  undo?(subject: Subject): (() => void) | null;
}

/** The code list that an operation chooses from, if it does. */
export function codeListOf(operation: Operation): CodeList | null {
  const slot = operation.takes.find((one) => typeof one === 'string' && one.startsWith('code:'));
  return typeof slot === 'string'
    ? (slot.slice('code:'.length).replace('?', '') as CodeList)
    : null;
}

export function takes(operation: Operation, slot: string): boolean {
  return operation.takes.some((one) => one === slot || one === `${slot}?`);
}

/** The slots that the operation's kind of record reads itself. */
export function ownSlots(operation: Operation): readonly OwnSlot[] {
  return operation.takes.filter((one) => typeof one !== 'string');
}
