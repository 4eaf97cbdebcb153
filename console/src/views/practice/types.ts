import type { Problem, Text } from '../../api/types';

/** The debrief as the server sends it; times in seconds. */
export interface Sent {
  incident: string;
  number: string;
  category: string;
  priority: number;
  at_ms: number;
  wait_s: number;
  first: boolean;
  late: boolean;
  sent: Record<string, number | null>;
  advised: Record<string, number | null> | null;
  difference_s: number | null;
}

export interface Trainee {
  name: string;
  /** Not in debriefs of before there was one. */
  title?: Text;
  ring_median_s: number | null;
  handling_median_s: number | null;
  dispatch_median_s: number | null;
  difference_median_s: number | null;
  missed: number;
  answered: { call: string; ring_s: number; handling_s: number | null; late: boolean }[];
  sent: Sent[];
}

/** `unanswered` and `undispatched` are told to the trainer only. */
export interface Debrief {
  practice: {
    id: string;
    scenario: string;
    minutes: number;
    begin_ms: number;
    end_ms: number;
    /** What the scenario says and people can't play; not in debriefs of before it was noted. */
    left_out?: Text[];
  };
  engine: { calls: number; median_s: number | null; p90_s: number | null; late: number | null };
  trainees: Trainee[];
  unanswered?: number;
  undispatched?: number;
}

/** What is looked at before it is practised; the draw and the minutes say which calls ring. */
export interface Chosen {
  scenario: string;
  minutes: number;
  seed: number;
}

/** What the trainer asks for. */
export interface Wanted extends Chosen {
  port: number;
  speed: number;
  trainees: number;
  network: boolean;
}

/** A scenario before it is practised; `because` or `problems` where it can't be. */
export interface Look {
  state: 'reading' | 'ready' | 'refused';
  left_out: Text[];
  because: Text | null;
  problems: Problem[];
}

/** The practice that goes on, or the last one; `said` is the last line of its log. */
export interface PracticeRoom {
  id: string;
  state: 'starting' | 'open' | 'ended' | 'failed';
  wanted: Wanted;
  said: string;
  logins: Record<string, string>;
  /** What people don't play; empty until the room has read it. */
  left_out: Text[];
}

/** A practice that has left a debrief. */
export interface Past {
  id: string;
  scenario: string;
  begin_ms: number;
}

export interface TrainersDesk {
  choices: { scenario: string; name: string }[];
  room: PracticeRoom | null;
  past: Past[];
  /** One that can be had. */
  port: number;
}
