/** What `/api/plan` says, as in docs/reference/api.md. Times in `*_s` count from the run's start. */

import type { Problem, Text } from './types';

/** What a difference means; `unsure` too where neither more nor less is better. */
export type Verdict = 'better' | 'worse' | 'unsure';

export type Change =
  | { do: 'add_unit'; id: string; at: string; like?: string; capabilities?: string[] }
  | { do: 'remove_unit'; id: string }
  | { do: 'move_unit'; id: string; to: string }
  | { do: 'set_hours'; id: string; hours: string[] }
  | { do: 'scale_calls'; by: number; category?: string }
  | { do: 'close_street'; street: string }
  | { do: 'festival'; zone: string; like: string; per_h: number; from_h: number; to_h: number };

export interface Rules {
  queue: 'first_come' | 'nearest';
  when_idle: 'home' | 'stay' | 'dmexclp';
  preemption: { by: number; of: number } | null;
  reassign_gain_s: number | null;
  cover_s: number | null;
}

export interface Plan {
  name: string;
  note: string;
  posts: string[];
  rules: Rules;
  changes: Change[];
}

export interface KeptPlan {
  id: string;
  /** Null where its file can't be read any more. */
  plan: Plan | null;
  /** Another one as soon as somebody saves it; empty where there is none. */
  version: string;
  /** Drawn up over the city pack in force. */
  current: boolean;
  /** Null where its file can't be read. */
  besides: Besides | null;
  /** Each change of the plan in a line. */
  told?: Text[];
}

/** What a plan's file says beyond what the page shows: its keys, and the names of its rules. */
export interface Besides {
  keys: string[];
  rules: string[];
  /** Where it is built on another scenario: what that one says and still counts. */
  base: { file: string; keys: string[]; rules: string[] } | null;
}

export interface PlanUnit {
  id: string;
  kind: string;
  station: string;
  capabilities: string[];
}

export interface PlanPoint {
  id: string;
  lon: number;
  lat: number;
}

export interface Run {
  id: string;
  at_ms: number;
  start: string;
  hours: number;
  replications: number;
  calls_per_h: number | null;
  plans: { id: string; name: string }[];
  state:
    | 'reading'
    | 'compiling'
    | 'running'
    | 'writing'
    | 'done'
    | 'refused'
    | 'failed'
    | 'stopped'
    | 'interrupted';
  done?: number;
  of?: number;
  because?: string;
  problems?: Problem[];
  result?: RunResult;
}

/** A mean and the half-width of its 95 % confidence interval. */
export type Estimate = [mean: number | null, half_width: number | null];

export interface RunResult {
  /** Measure and its unit: s, share or count. */
  measures: Record<string, 's' | 'share' | 'count'>;
  plans: {
    id: string;
    name: string;
    replications: number;
    overloaded: Text | null;
    figures: Record<string, Estimate>;
    differences: Record<string, [...Estimate, verdict: Verdict]>;
    areas: Record<string, [p90_s: Estimate, late: Estimate]>;
    losers: [area: string, ...Estimate][];
  }[];
}

export interface Desk {
  units: PlanUnit[];
  points: PlanPoint[];
  streets: { id: string; en: string; zh: string }[];
  plans: KeptPlan[];
  runs: Run[];
}

export type Leg = [
  unit: string,
  state: string,
  start_s: number,
  end_s: number,
  call: string | null,
  from: [lon: number, lat: number],
  to: [lon: number, lat: number],
];

export interface Replay {
  begin_s: number;
  end_s: number;
  /** Of the whole run. */
  hours: number;
  /** Hour of the week with which it begins; Monday 00:00 is 0. */
  first_hour: number;
  units: Record<string, { kind: string; at: [lon: number, lat: number] }>;
  legs: Leg[];
  calls: {
    id: string;
    at_s: number;
    there_s: number | null;
    closed_s: number | null;
    place: [lon: number, lat: number];
    priority: number;
    category: string;
    late: boolean | null;
  }[];
}
