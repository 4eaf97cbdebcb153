/** Doing something with a dispute, and how it is undone. */
import { act } from '../actions/act';
import { uuid7 } from '../actions/uuid7';
import type { MatterRow } from '../api/schema';
import type { IncidentRow } from '../api/types';
import { t, type MessageKey } from '../i18n';
import { people } from '../model/people.svelte';
import { tasks } from '../tasks/tasks.svelte';
import { sayOrg, type Team } from '../tasks/words';
import { whyNotMatter, type MatterVerb } from './can';
import { sayKind, sayMoment, sayOutcome, sayResult, type Outcome, type Result } from './words';

/** Why not, in words that name who has it. */
export function sayWhyNot(verb: MatterVerb, row: MatterRow): string | null {
  const why = whyNotMatter(verb, row, tasks.me, tasks.now_ms);
  return why && t(why, { owner: people.name(row.owner) });
}

export interface Beginning {
  kind: string;
  org: string;
  text: string;
  team: Team;
  owner: string;
}

export function openMatter(incident: IncidentRow, said: Beginning): ReturnType<typeof act> {
  const matter = uuid7();
  return act(
    'matter.open',
    { matter, incident: incident.id, ...said },
    {
      undo: () => void act('matter.undo_open', { matter }),
      done: () =>
        t('did.matter_open', {
          number: incident.number,
          kind: sayKind(said.kind),
          to: sayOrg(said.org),
        }),
    },
  );
}

const named = (row: MatterRow) => ({ number: row.numbers[0] ?? '', kind: sayKind(row.kind) });

function simply(
  verb:
    | 'matter.take'
    | 'matter.release'
    | 'matter.confirm'
    | 'matter.decide_case'
    | 'matter.undo_outcome'
    | 'matter.undo_open',
  did: MessageKey,
  back?: 'matter.release',
) {
  return (row: MatterRow): void =>
    void act(
      verb,
      { matter: row.id },
      {
        done: () => t(did, named(row)),
        ...(back && { undo: () => void act(back, { matter: row.id }) }),
      },
    );
}

export const takeMatter = simply('matter.take', 'did.matter_take', 'matter.release');
export const releaseMatter = simply('matter.release', 'did.matter_release');
export const confirmMatter = simply('matter.confirm', 'did.matter_confirm');
export const decideCase = simply('matter.decide_case', 'did.matter_decide');
export const undoOpening = simply('matter.undo_open', 'did.matter_undo_open');
export const undoOutcome = simply('matter.undo_outcome', 'did.matter_undo_outcome');

export function noteMatter(row: MatterRow, text: string): ReturnType<typeof act> {
  return act(
    'matter.add_note',
    { matter: row.id, note: uuid7(), text },
    { done: () => t('did.matter_note', named(row)) },
  );
}

export function reassignMatter(
  row: MatterRow,
  to: { org: string; team: Team; owner: string },
): void {
  const back = { matter: row.id, org: row.org, team: row.team, owner: row.owner };
  void act(
    'matter.reassign',
    { matter: row.id, ...to },
    {
      done: () =>
        t('did.matter_reassign', { ...named(row), to: people.name(to.owner) || sayOrg(to.org) }),
      undo: () => void act('matter.reassign', back),
    },
  );
}

export function linkMatter(row: MatterRow, incident: IncidentRow): void {
  void act(
    'matter.link',
    { matter: row.id, incident: incident.id },
    {
      done: () => t('did.matter_link', { ...named(row), other: incident.number }),
      undo: () => void act('matter.unlink', { matter: row.id, incident: incident.id }),
    },
  );
}

export function unlinkMatter(row: MatterRow, incident: string, other: string): void {
  void act(
    'matter.unlink',
    { matter: row.id, incident },
    {
      done: () => t('did.matter_unlink', { ...named(row), other }),
      undo: () => void act('matter.link', { matter: row.id, incident }),
    },
  );
}

export function planMediation(row: MatterRow, at_ms: number, text: string): ReturnType<typeof act> {
  const mediation = uuid7();
  return act(
    'matter.plan_mediation',
    { matter: row.id, mediation, at_ms, text },
    {
      done: () => t('did.matter_plan', { ...named(row), time: sayMoment(at_ms) }),
      undo: () => void act('matter.drop_mediation', { matter: row.id, mediation }),
    },
  );
}

export function dropMediation(row: MatterRow, mediation: string): void {
  void act(
    'matter.drop_mediation',
    { matter: row.id, mediation },
    { done: () => t('did.matter_drop', named(row)) },
  );
}

/** The mediation that is held next. */
export function nextMediation(row: MatterRow): MatterRow['mediations'][number] | undefined {
  return row.mediations
    .filter(({ held_ms }) => held_ms === null)
    .sort((a, b) => a.at_ms - b.at_ms)[0];
}

export function holdMediation(
  row: MatterRow,
  result: Result,
  text: string,
): ReturnType<typeof act> {
  const mediation = nextMediation(row)?.id ?? row.id;
  return act(
    'matter.hold_mediation',
    { matter: row.id, mediation, result, text },
    {
      done: () => t('did.matter_hold', { ...named(row), result: sayResult(result) }),
      undo: () => void act('matter.undo_mediation', { matter: row.id, mediation }),
    },
  );
}

/** The mediation that was held last is still to be held. */
export function undoMediation(row: MatterRow): void {
  if (!row.held) return;
  void act(
    'matter.undo_mediation',
    { matter: row.id, mediation: row.held },
    { done: () => t('did.matter_undo_mediation', named(row)) },
  );
}

export function concludeMatter(
  row: MatterRow,
  outcome: Outcome,
  text: string,
): ReturnType<typeof act> {
  return act(
    'matter.conclude',
    { matter: row.id, outcome, text },
    {
      done: () => t('did.matter_conclude', { ...named(row), outcome: sayOutcome(outcome) }),
      undo: () => void act('matter.undo_outcome', { matter: row.id }),
    },
  );
}
