/**
 * The types of the API under the names that the console uses. All are made from the server's own: see
 * `npm run types`. Times are integer ms UTC (`*_ms`).
 */
import type {
  AssignmentRow,
  BoardRows,
  CandidateAnswer,
  Code as PackCode,
  EmergencyReading,
  FileProblem,
  IncidentPlace,
  Member,
  NeedRow,
  PackClocks,
  PlaceReading,
  Saved,
  StreamBeat,
  StreamPositions,
  UnitRow,
} from './schema';

export type {
  Acts,
  AssignmentRow,
  AuditEntry,
  CallReading,
  CallRow,
  DemoLogin,
  Duplicate,
  FieldReading,
  GazetteerHit,
  HandoverRow,
  IncidentReading,
  PointReading,
  ContactReason,
  PointReason,
  IncidentRow,
  Interval,
  Member,
  Pack,
  Prompt,
  Reason,
  Recommendation,
  Session,
  Supervision,
  Text,
  UnitRow,
  Verification,
  Vocabulary,
} from './schema';

/** An entry of a list of words, with whatever else is known of it. */
export type Code = Pick<PackCode, 'code' | 'en' | 'zh'> & Partial<PackCode>;
export type ActionDone = Saved;
export type AssignmentState = AssignmentRow['state'];
export type Beat = StreamBeat;
/** How a matter became known. */
export type Channel = Member['channels'][number];
export type Candidate = CandidateAnswer;
/** A category as it is found and chosen. */
export type { CategoryHit as Category } from './schema';
export type Clocks = PackClocks;
/** Why a reported position can't be true. */
export type Doubt = NonNullable<UnitRow['position_doubt']>;
export type EmergencyPress = EmergencyReading;
export type Need = NeedRow;
export type Place = PlaceReading;
export type PlaceKind = PlaceReading['kind'];
export type PlaceOfIncident = IncidentPlace;
export type Positions = StreamPositions;
export type Problem = FileProblem;
export type Role = Exclude<Member['role'], 'gateway' | 'keeper' | 'operator'>;
export type Rows = BoardRows;
export type UnitStatus = UnitRow['status'];
