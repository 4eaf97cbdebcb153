/** What can be done with joint operations. */
import type { JointOperationRow } from '../api/schema';
import { t, type MessageKey } from '../i18n';
import type { Named as Org } from '../notices/slots';
import { notOpen } from '../operations/notOpen';
import type { Operation, OwnSlot, Subject } from '../operations/operation';
import { readNumbered } from '../tasks/slots';
import {
  addLine,
  beginOperation,
  endOperation,
  reopenOperation,
  takePart,
  writeLog,
} from './deeds';
import { joint } from './joint.svelte';
import { participant as org } from './participants';

/** The operations of an incident's number; left out: the one that is shown. */
const which: OwnSlot<string[]> = {
  name: 'joint',
  read: (words) => readNumbered(words, joint.all),
  say: (ids) => ids.map((id) => joint.get(id)?.number ?? '')[0] ?? '',
  sample: () => '4829',
  offers: () => joint.open.map((row) => ({ word: row.number, says: t('joint.one') })),
};

const orgOf = ({ own }: Subject): string | undefined => (own['org'] as Org | undefined)?.path;

function meant({ own }: Subject, state: JointOperationRow['state']): JointOperationRow | null {
  const ids = (own['joint'] as string[] | undefined) ?? [joint.selected ?? ''];
  const rows = ids.flatMap((id) => joint.get(id) ?? []).filter((row) => row.state === state);
  return rows.length === 1 ? rows[0]! : null;
}

export const begin: Operation = {
  id: 'joint_operation.begin',
  label: 'op.joint_begin',
  group: 'joint',
  words: ['JOINT', '发起联合行动'],
  takes: ['incident', org, 'text'],
  asks: 'joint.asks',
  verb: 'joint_operation.begin',
  disabledBecause: (subject) =>
    notOpen(subject) ?? (subject.incident && !orgOf(subject) ? t('why.joint.with_whom') : null),
  run: (subject) => {
    const own = subject.incident!.org;
    const other = orgOf(subject)!;
    void beginOperation(
      subject.incident!,
      [...new Set([own, other])].filter(Boolean),
      subject.text,
    );
  },
};

/** An operation on one that goes on. */
function on(
  id: string,
  label: MessageKey,
  words: readonly string[],
  takes: Operation['takes'],
  run: (row: JointOperationRow, subject: Subject) => void,
): Operation {
  const needsOrg = takes.includes(org);
  return {
    id: `joint_operation.${id}`,
    label,
    group: 'joint',
    words,
    takes,
    ...(takes.includes('text') && { asks: 'joint.says' as const }),
    verb: `joint_operation.${id}`,
    disabledBecause: (subject) => {
      if (!meant(subject, 'open')) return t('why.joint.none');
      return needsOrg && !orgOf(subject) ? t('why.joint.with_whom') : null;
    },
    run: (subject) => run(meant(subject, 'open')!, subject),
  };
}

export const join = on('join', 'op.joint_join', ['ENLIST', '加入行动'], [which, org], (row, s) =>
  takePart(row, orgOf(s)!, true),
);
export const leave = on('leave', 'op.joint_leave', ['DELIST', '退出行动'], [which, org], (row, s) =>
  takePart(row, orgOf(s)!, false),
);
export const line = on(
  'add_line',
  'op.joint_line',
  ['TODO', '行动事项'],
  [which, org, 'text'],
  (row, s) => void addLine(row, orgOf(s)!, s.text),
);
export const log = on(
  'write_log',
  'op.joint_log',
  ['LOG', '行动日志'],
  [which, 'text'],
  (row, s) => void writeLog(row, s.text),
);
export const end = on(
  'end',
  'op.joint_end',
  ['ENDJOINT', '结束行动'],
  [which, 'text'],
  (row, s) => void endOperation(row, s.text),
);

export const reopen: Operation = {
  id: 'joint_operation.reopen',
  label: 'op.joint_reopen',
  group: 'joint',
  words: ['REJOINT', '恢复行动'],
  takes: [which],
  verb: 'joint_operation.reopen',
  disabledBecause: (subject) => (meant(subject, 'closed') ? null : t('why.joint.none')),
  run: (subject) => reopenOperation(meant(subject, 'closed')!),
};
