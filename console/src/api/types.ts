/** What the server says, word for word as in docs/reference/api.md. Times are integer ms UTC (`*_ms`). */

/** A text in both languages of the room. */
export interface Text {
  en: string;
  zh: string;
}

/** What is to be put right in a file. */
export interface Problem {
  file: string;
  line: number | null;
  message: Text;
  remedy: Text;
}

export type Role =
  'call_taker' | 'dispatcher' | 'supervisor' | 'field_officer' | 'auditor' | 'trainer' | 'planner';

export interface Member {
  id: string;
  name: Text;
  role: Role;
  unit: string | null;
  start: string;
  verbs: string[];
}

export interface DemoLogin {
  name: string;
  role: Role;
  password: string;
  unit: string | null;
  call_sign: Text | null;
}

export interface Session {
  signed_in: boolean;
  member: Member | null;
  demo_logins?: DemoLogin[];
  csrf: string;
  server_time_ms: number;
  room: { name: string; title: Text; kind: 'live' | 'play' | 'demo' | 'practice' };
}

export interface CallRow {
  id: string;
  line: string;
  state: 'ringing' | 'claimed' | 'abandoned' | 'ended';
  silent: boolean;
  received_at_ms: number;
  since_ms: number;
  claimed_by: string | null;
  incident: string | null;
  call_backs: number;
  call_back_owed: boolean;
  has_details: boolean;
  changed_by: string | null;
  position: number;
}

export type AssignmentState =
  | 'dispatched'
  | 'en_route'
  | 'on_scene'
  | 'transporting'
  | 'at_facility'
  | 'cleared'
  | 'cancelled'
  | 'taken_over';

export interface AssignmentRow {
  id: string;
  unit: string;
  state: AssignmentState;
  since_ms: number;
  /** Null where nothing was recommended: met on view, or moved from elsewhere. */
  recommended: boolean | null;
}

export interface Need {
  capability: string;
  count: number;
}

export interface IncidentRow {
  id: string;
  number: string;
  category: string;
  priority: number;
  zone: string;
  /** Journal position of its place: the place is read again when this rises. */
  place_version: number;
  channel: 'telephone' | 'on_view';
  state: 'open' | 'closed' | 'merged';
  progress: 'pending' | 'dispatched' | 'en_route' | 'on_scene' | 'cleared';
  opened_at_ms: number;
  occurred_at_ms: number;
  since_ms: number;
  assignments: AssignmentRow[];
  unmet: Need[];
  clock: { name: 'dispatch' | 'en_route' | 'on_scene'; from_ms: number; due_ms: number } | null;
  calls: number;
  notes: number;
  merged_into: string | null;
  absorbed: string[];
  disposition: string | null;
  changed_by: string | null;
  changed_at_ms: number;
  position: number;
}

export type UnitStatus =
  | 'off_duty'
  | 'unavailable'
  | 'available'
  | 'dispatched'
  | 'en_route'
  | 'on_scene'
  | 'transporting'
  | 'at_facility';

/** Why a reported position can't be true. */
export type Doubt = 'no_fix' | 'outside' | 'future' | 'jump';

/** Where an emergency button was pressed, and the incident that the unit was on then. */
export interface EmergencyPress {
  unit: string;
  since_ms: number;
  zone: string | null;
  incident: string | null;
  number: string | null;
  position: { lon: number; lat: number; at_ms: number } | null;
  street: Text | null;
}

export interface UnitRow {
  id: string;
  kind: string;
  station: string;
  capabilities: string[];
  crew: string[];
  status: UnitStatus;
  since_ms: number;
  reason: string | null;
  incident: string | null;
  number: string | null;
  assignment: string | null;
  heard_at_ms: number | null;
  silence_due_ms: number | null;
  emergency: null | 'raised' | 'acknowledged';
  emergency_since_ms: number | null;
  /** Of the press, whatever the unit did since. */
  emergency_zone: string | null;
  emergency_incident: string | null;
  emergency_number: string | null;
  lon: number | null;
  lat: number | null;
  position_at_ms: number | null;
  /** Why a later position was refused; null as long as the latest is a good one. */
  position_doubt: Doubt | null;
  position: number;
}

export interface HandoverRow {
  id: string;
  by: string;
  to: string;
  state: 'offered' | 'completed' | 'cancelled';
  since_ms: number;
  incidents: string[];
  confirmed: string[];
  position: number;
}

export interface Rows {
  position: number;
  server_time_ms: number;
  calls: CallRow[];
  incidents: IncidentRow[];
  units: UnitRow[];
  handovers: HandoverRow[];
}

export interface Positions {
  server_time_ms: number;
  units: [unit: string, lon: number, lat: number, at_ms: number][];
}

export interface Beat {
  server_time_ms: number;
  position: number;
}

export type PlaceKind = 'address' | 'street' | 'crossing' | 'place' | 'point';

export interface Place {
  lon: number;
  lat: number;
  label: string;
  kind: PlaceKind;
}

export interface PlaceOfIncident extends Place {
  incident: string;
}

export interface IncidentReading {
  row: IncidentRow;
  place: Place | null;
  because: Text;
  callers: {
    call: string;
    name: string;
    number: string;
    text: string;
    received_at_ms: number;
    line: string;
  }[];
  notes: { id: string; text: string; by: string; at_ms: number; struck: boolean }[];
  needs: { capability: string; count: number; from: 'plan' | 'answer' | 'more' }[];
  answers: { prompt: string; answer: string }[];
  timeline: {
    position: number;
    at_ms: number;
    occurred_at_ms: number;
    type: string;
    by: string;
    role: string;
    body: Record<string, unknown>;
    text?: string;
  }[];
  missing: { what: string; [detail: string]: unknown }[];
  reads: { by_role: string; at_ms: number; purpose: string; what: string }[];
}

export interface CallReading {
  row: CallRow;
  number: string;
  name: string;
  text: string;
  because: Text;
}

export interface Duplicate {
  incident: string;
  number: string;
  category: string;
  distance_m: number;
  minutes: number;
  label: string;
}

export interface FieldReading {
  unit: UnitRow;
  assignment: AssignmentRow | null;
  incident: {
    row: IncidentRow;
    place: Place;
    notes: IncidentReading['notes'];
    answers: IncidentReading['answers'];
    callers: { name: string; number: string }[];
  } | null;
  next: string[];
}

export interface Reason {
  code: string;
  params: Record<string, string | number | null>;
}

export interface Candidate {
  unit: string;
  /** Null when it can't get there. */
  arrival_s: number | null;
  widened_s: number;
  capabilities: string[];
  chosen: boolean;
  stale: boolean;
  coverage_loss: number | null;
  load_s: number;
  reasons: Reason[];
}

export interface Recommendation {
  needs: {
    capability: string;
    count: number;
    assigned: string[];
    chosen: string[];
    shortfall: number;
  }[];
  chosen: string[];
  candidates: Candidate[];
  reasons: Reason[];
  nearer_not_shown: number;
  at_ms: number;
  took_ms: number;
  /** What a dispatch names, so that it is judged by this recommendation. */
  advice: string;
}

export interface GazetteerHit {
  kind: PlaceKind;
  label: Text;
  lon: number;
  lat: number;
  zone: string;
  score: number;
}

export interface Category {
  code: string;
  en: string;
  zh: string;
  priority: number;
}

/** An entry of a code list of the pack. Retired codes stay readable. */
export interface Code {
  code: string;
  en: string;
  zh: string;
  /** Other words that people say for it. */
  words?: string[];
  /** The Chinese as it is typed without characters: in full, and its initials. */
  pinyin?: string[];
  retired?: boolean;
}

export interface Vocabulary {
  categories: (Category & { words?: string[]; retired?: boolean })[];
  priorities: { level: number; en: string; zh: string }[];
  capabilities: Code[];
  kinds: (Code & { symbol?: string })[];
  clear_reasons: Code[];
  cancel_reasons: Code[];
  unavailable_reasons: Code[];
  override_reasons: Code[];
  dispositions: Code[];
  no_incident_reasons: Code[];
  reopen_reasons: Code[];
}

export interface Prompt extends Code {
  answers: (Code & { priority?: number; adds?: Need[] })[];
}

export interface Clocks {
  answer_s: number;
  call_back_s: number;
  dispatch_s: Record<string, number>;
  en_route_s: number;
  on_scene_s: Record<string, number>;
  silence_s: Record<string, number>;
  amber_share: number;
  stale_position_s: number;
}

export interface Pack {
  title: Text;
  /** IANA name of the city's time zone. */
  timezone: string;
  centre: [lon: number, lat: number];
  bounds: [west: number, south: number, east: number, north: number];
  hash: string;
  vocabulary: Vocabulary;
  prompts: Record<string, Prompt[]>;
  plans: { category: string; priority?: number; needs: Need[] }[];
  clocks: Clocks;
  zones: { id: string; en: string; zh: string }[];
  stations: { id: string; en: string; zh: string; lon: number; lat: number }[];
  /** Units that aren't called by their id. */
  call_signs: { id: string; en: string; zh: string }[];
}

export interface Interval {
  count: number;
  median_s: number | null;
  p90_s: number | null;
  /** Broken promises, those included that are still waited for. */
  late: number;
  late_open: number;
}

export interface Supervision {
  open: number;
  pending: number;
  overdue: number;
  answer: Interval;
  dispatch: Interval;
  on_scene: Interval;
  overrides: { count: number; of: number; reasons: { reason: string; count: number }[] };
  silent_units: string[];
  positions_refused: {
    unit: string;
    count: number;
    since_ms: number;
    why: Doubt;
    open: boolean;
  }[];
  abandoned_owed: number;
  by_zone: { zone: string; open: number; overdue: number }[];
  by_hour: { from_ms: number; opened: number }[];
  capacity: {
    kind: string;
    of: number;
    on_duty: number;
    free: number;
    areas: Record<string, number>;
  }[];
  takers: { idle: number; busy: number };
}

export interface AuditEntry {
  position: number;
  stream: string;
  type: string;
  recorded_at_ms: number;
  occurred_at_ms: number;
  actor: string;
  role: string;
  purpose: string;
  body: Record<string, unknown>;
  /** Why it might be read; of reads only. */
  because: Text | null;
  sealed: boolean;
  hash: string;
}

/** What members did or read, newest first, with the names of what is spoken of by id. */
export interface Acts {
  entries: AuditEntry[];
  more: boolean;
  numbers: Record<string, string>;
  lines: Record<string, string>;
  members: Record<string, { title: Text; role: string }>;
}

export interface Verification {
  ok: boolean;
  entries: number;
  findings: (Text & { position: number; what: string })[];
  took_ms: number;
}

/** Envelope of the only write door. */
export interface ActionDone {
  action: string;
  position: number;
  events: string[];
  number?: string;
  repeated: boolean;
}
