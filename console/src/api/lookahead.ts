/** What the rehearsals of the next hour say, as the API sends it. */

/** On which calls the next hour stands. */
export type ExpectedCalls =
  | { kind: 'assumed'; why: 'no_file' | 'unusable' | 'other_pack' }
  | { kind: 'learnt'; source: string; calls: number; begin_ms: number; end_ms: number };

/** On what the times of the next hour stand. */
export type ServiceTimes =
  | { kind: 'assumed'; why: 'no_file' | 'unusable' | 'other_pack' | 'too_few' }
  | {
      kind: 'fitted';
      source: string;
      calls: number;
      begin_ms: number;
      end_ms: number;
      whole_minutes: boolean;
    };

/** `stale`: the room has moved on since; `failed`: the last attempt at a newer one did. */
export interface Rehearsed {
  ready: boolean;
  stale: boolean;
  failed: boolean;
  at_ms: number;
  replications: number;
  calls: ExpectedCalls;
  service_times: ServiceTimes;
}

/** The next hour, rehearsed; only what is known of the attempt is there until `ready` is true. */
export interface Outlook extends Rehearsed {
  horizon_s: number;
  mean_delay_s: number | null;
  areas: { zone: string; bare: number; delay_s: number | null; calls: number }[];
  move: {
    unit: string;
    station: string;
    delay_s: Difference | null;
    bare: Difference | null;
  } | null;
}

/** A mean difference with the half-width of its interval; `sure` if that leaves out zero. */
export interface Difference {
  mean: number;
  half_width: number;
  sure: boolean;
}

/** What a choice changes in one area; null where no call was drawn. */
export interface AreaChange {
  zone: string;
  delay_s: Difference | null;
  bare: Difference | null;
}

/** What sending this unit instead of a recommended one changes in the next hour. */
export interface Instead {
  unit: string;
  instead_of: string;
  delay_s: Difference | null;
  bare: Difference | null;
  worst: AreaChange | null;
  barest: AreaChange | null;
  areas: AreaChange[];
}

/** What the choices of an incident change; only what is known of the attempt until `ready`. */
export interface Sending extends Rehearsed {
  candidates: Instead[];
}
