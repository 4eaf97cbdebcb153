/** What a kind of record brings to the console. */
import type { Component } from 'svelte';
import type { Verb } from '../api/commands';
import type { MessageKey } from '../i18n';
import type { Place } from '../pages';
import type { Operation } from './operation';

/**
 * What a value in the journal means: a member by staff number, a unit by code, a state, a role, what is due; of a
 * number of milliseconds that it is a length of time.
 */
export type Named = 'member' | 'unit' | 'state' | 'role' | 'length' | 'deadline';

export interface Waits {
  page: Place;
  says: MessageKey;
  now: () => boolean;
}

export interface RecordManifest {
  operations: readonly Operation[];
  /** What its actions are called where they wait or were refused. */
  names?: Partial<Record<Verb, MessageKey>>;
  /** What the fields of its events name, for the audit, where their value alone doesn't tell. */
  fields?: Readonly<Record<string, Named>>;
  /** Its parts of the help, in the order of the manifests. */
  groups?: readonly { group: string; title: MessageKey }[];
  /** The page of the top bar to which no link leads while it is of no use in this room. */
  absent?: { page: Place; now: () => boolean };
  /** The pages of the top bar where something waits for the one who is signed in, and what is said. */
  waits?: Waits | readonly Waits[];
  /** Shown on every page of the room; moves nothing. */
  everywhere?: Component;
  /** Lies over the page when it is asked for. */
  over?: Component;
  /** Stands in the message line, beside what just happened. */
  standing?: Component;
}
