/** What the trainer's page reads, under the names that it uses. */
import type {
  PastPractice,
  PracticeDebrief,
  PracticeLook,
  PracticeWanted,
  TraineeFigures,
} from '../../api/schema';

export type { PracticeRoom, Sent, TrainersDesk } from '../../api/schema';

export type Debrief = PracticeDebrief;
export type Look = PracticeLook;
export type Past = PastPractice;
export type Trainee = TraineeFigures;
export type Wanted = PracticeWanted;
/** What is looked at before it is practised. */
export type Chosen = Pick<PracticeWanted, 'scenario' | 'minutes' | 'seed'>;
