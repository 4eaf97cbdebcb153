/** What can be done with disputes. */
import type { MatterRow } from '../api/schema';
import { t, type MessageKey } from '../i18n';
import type { Named as Org } from '../notices/slots';
import type { Operation, OwnSlot, Subject } from '../operations/operation';
import { usualOrg } from '../tasks/deeds';
import { org, owner, team } from '../tasks/said';
import { tasks } from '../tasks/tasks.svelte';
import type { Team } from '../tasks/words';
import { whyNotMatter, type MatterVerb } from './can';
import {
  concludeMatter,
  confirmMatter,
  decideCase,
  holdMediation,
  linkMatter,
  noteMatter,
  openMatter,
  planMediation,
  reassignMatter,
  releaseMatter,
  sayWhyNot,
  takeMatter,
  undoMediation,
  undoOpening,
  undoOutcome,
} from './deeds';
import { matters } from './matters.svelte';
import { kind, outcome, result, when, which } from './said';
import type { Outcome, Result } from './words';

export const open: Operation = {
  id: 'matter.open',
  label: 'op.matter_open',
  group: 'matter',
  words: ['MATTER', '登记纠纷'],
  takes: ['incident', kind, org, team, owner, 'text'],
  asks: 'matter.asks',
  verb: 'matter.open',
  disabledBecause: ({ incident, own }) => {
    if (!incident) return null;
    const kinds = matters.kindsOf(incident.category).map(({ code }) => code);
    if (!kinds.length) return t('why.matter.category');
    const said = own['kind'] as string | undefined;
    if (said !== undefined && !kinds.includes(said)) return t('why.matter.kind');
    return said === undefined && kinds.length > 1 ? t('why.matter.which_kind') : null;
  },
  run: ({ incident, own, text }) => {
    const [first] = matters.kindsOf(incident!.category);
    void openMatter(incident!, {
      kind: (own['kind'] as string | undefined) ?? first!.code,
      org: (own['org'] as Org | undefined)?.path ?? usualOrg(incident!),
      team: (own['team'] as Team | undefined) ?? 'community',
      owner: (own['owner'] as string | undefined) ?? '',
      text,
    });
  },
};

function meant({ own }: Subject): MatterRow[] {
  const ids = (own['matter'] as string[] | undefined) ?? [matters.selected ?? ''];
  return ids.flatMap((id) => matters.get(id) ?? []);
}

/** The one of them with which it can be done. */
function theOne(verb: MatterVerb, subject: Subject): MatterRow | null {
  const can = meant(subject).filter(
    (row) => whyNotMatter(verb, row, tasks.me, tasks.now_ms) === null,
  );
  return can.length === 1 ? can[0]! : null;
}

function notOne(verb: MatterVerb, subject: Subject): string | null {
  if (theOne(verb, subject)) return null;
  const rows = meant(subject);
  if (!rows.length) return t('why.matter.none');
  return sayWhyNot(verb, rows[0]!) ?? t('why.matter.which');
}

interface Shape {
  takes?: readonly (OwnSlot | 'text' | 'incident')[];
  asks?: MessageKey;
  lacks?: (subject: Subject) => string | null;
}

function on(
  verb: MatterVerb,
  label: MessageKey,
  words: readonly string[],
  run: (row: MatterRow, subject: Subject) => void,
  { takes = [], asks, lacks }: Shape = {},
): Operation {
  return {
    id: verb,
    label,
    group: 'matter',
    words,
    takes: takes.includes('incident') ? takes : [which, ...takes],
    ...(asks && { asks }),
    verb,
    disabledBecause: (subject) => notOne(verb, subject) ?? lacks?.(subject) ?? null,
    run: (subject) => run(theOne(verb, subject)!, subject),
  };
}

const lacking =
  (slot: string, why: MessageKey) =>
  ({ own }: Subject): string | null =>
    own[slot] === undefined ? t(why) : null;

export const undoOpen = on(
  'matter.undo_open',
  'op.matter_undo_open',
  ['UNMATTER', '撤销纠纷登记'],
  undoOpening,
);
export const take = on('matter.take', 'op.matter_take', ['TAKEUP', '接办'], takeMatter);
export const release = on(
  'matter.release',
  'op.matter_release',
  ['LETGO', '退还纠纷'],
  releaseMatter,
);
export const confirm = on(
  'matter.confirm',
  'op.matter_confirm',
  ['STILL', '确认继续'],
  confirmMatter,
);
export const decide = on(
  'matter.decide_case',
  'op.matter_decide',
  ['DECIDED', '作出处理决定'],
  decideCase,
);
export const undo = on(
  'matter.undo_outcome',
  'op.matter_undo_outcome',
  ['UNSETTLE', '撤销调处结果'],
  undoOutcome,
);
export const note = on(
  'matter.add_note',
  'op.matter_note',
  ['DNOTE', '纠纷备注'],
  (row, { text }) => void noteMatter(row, text),
  { takes: ['text'], asks: 'command.missing.text' },
);
export const plan = on(
  'matter.plan_mediation',
  'op.matter_plan',
  ['MEDIATE', '安排调解'],
  (row, { own, text }) => void planMediation(row, own['when'] as number, text),
  { takes: [when, 'text'], asks: 'matter.asks_place', lacks: lacking('when', 'why.matter.when') },
);
export const hold = on(
  'matter.hold_mediation',
  'op.matter_hold',
  ['HELD', '登记调解'],
  (row, { own, text }) => void holdMediation(row, own['result'] as Result, text),
  {
    takes: [result, 'text'],
    asks: 'matter.asks_result',
    lacks: lacking('result', 'why.matter.result'),
  },
);
export const unhold = on(
  'matter.undo_mediation',
  'op.matter_undo_mediation',
  ['UNHELD', '撤销调解登记'],
  undoMediation,
);
export const conclude = on(
  'matter.conclude',
  'op.matter_conclude',
  ['OUTCOME', '调处结果'],
  (row, { own, text }) => void concludeMatter(row, own['outcome'] as Outcome, text),
  {
    takes: [outcome, 'text'],
    asks: 'matter.asks_outcome',
    lacks: lacking('outcome', 'why.matter.outcome'),
  },
);
export const link = on(
  'matter.link',
  'op.matter_link',
  ['ALSO', '并案关联'],
  (row, { incident }) => linkMatter(row, incident!),
  { takes: ['incident'] },
);
export const reassign = on(
  'matter.reassign',
  'op.matter_reassign',
  ['PASSON', '改派纠纷'],
  (row, { own }) =>
    reassignMatter(row, {
      org: (own['org'] as Org | undefined)?.path ?? row.org,
      team: (own['team'] as Team | undefined) ?? '',
      owner: (own['owner'] as string | undefined) ?? '',
    }),
  {
    takes: [org, team, owner],
    lacks: ({ own }) =>
      ['org', 'team', 'owner'].some((one) => one in own) ? null : t('why.task.to_whom'),
  },
);
