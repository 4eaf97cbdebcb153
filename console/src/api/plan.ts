/** What the planner's desk says, and what a plan may change. */
import type {
  DrawnPlan,
  KeptPlan as Kept,
  KeptRules,
  PlanBesides,
  PlanFigures,
  PlansDesk,
  Replay,
} from './schema';

export type { PlanPoint, PlanUnit, Replay, Run, RunResult } from './schema';

export type Besides = PlanBesides;
export type Rules = KeptRules;
export type Leg = Replay['legs'][number];
/** A mean and the half-width of its 95 % confidence interval. */
export type Estimate = PlanFigures['figures'][string];
/** What a difference means; `unsure` too where neither more nor less is better. */
export type Verdict = PlanFigures['differences'][string][2];

/** What the page writes into a plan, in the words of scenarios. A file may hold other changes, too. */
export type Change =
  | { do: 'add_unit'; id: string; at: string; like?: string; capabilities?: string[] }
  | { do: 'remove_unit'; id: string }
  | { do: 'move_unit'; id: string; to: string }
  | { do: 'set_hours'; id: string; hours: string[] }
  | { do: 'scale_calls'; by: number; category?: string }
  | { do: 'close_street'; street: string }
  | { do: 'festival'; zone: string; like: string; per_h: number; from_h: number; to_h: number };

export type Plan = Omit<DrawnPlan, 'changes'> & { changes: Change[] };
export type KeptPlan = Omit<Kept, 'plan'> & { plan: Plan | null };
export type Desk = Omit<PlansDesk, 'plans'> & { plans: KeptPlan[] };
