/** Doing something with a joint operation, and how it is undone. */
import { act } from '../actions/act';
import { uuid7 } from '../actions/uuid7';
import type { JointOperationRow } from '../api/schema';
import type { IncidentRow } from '../api/types';
import { t } from '../i18n';
import { sayOrg } from '../tasks/words';

type Done = ReturnType<typeof act>;

export function beginOperation(incident: IncidentRow, orgs: readonly string[], text: string): Done {
  return act(
    'joint_operation.begin',
    { joint_operation: uuid7(), incident: incident.id, orgs: [...orgs], text },
    { done: () => t('did.joint_begin', { number: incident.number }) },
  );
}

export function takePart(row: JointOperationRow, org: string, joins: boolean): void {
  const verb = joins ? 'joint_operation.join' : 'joint_operation.leave';
  const back = joins ? 'joint_operation.leave' : 'joint_operation.join';
  const own = { joint_operation: row.id, org };
  const key = joins ? 'did.joint_join' : 'did.joint_leave';
  void act(verb, own, {
    done: () => t(key, { org: sayOrg(org), number: row.number }),
    undo: () => void act(back, own),
  });
}

export function addLine(row: JointOperationRow, org: string, text: string): Done {
  const line = { joint_operation: row.id, plan_line: uuid7() };
  return act(
    'joint_operation.add_line',
    { ...line, org, text },
    {
      done: () => t('did.joint_line', { org: sayOrg(org), number: row.number }),
      undo: () => void act('joint_operation.strike_line', line),
    },
  );
}

export function setLine(
  row: Pick<JointOperationRow, 'id'>,
  line: string,
  to: 'tick' | 'untick' | 'strike',
): Done {
  return act(`joint_operation.${to}_line`, { joint_operation: row.id, plan_line: line });
}

export function writeLog(row: Pick<JointOperationRow, 'id' | 'number'>, text: string): Done {
  return act(
    'joint_operation.write_log',
    { joint_operation: row.id, note: uuid7(), text },
    { done: () => t('did.joint_log', { number: row.number }) },
  );
}

export function endOperation(row: JointOperationRow, text: string): Done {
  const own = { joint_operation: row.id };
  return act(
    'joint_operation.end',
    { ...own, text },
    {
      done: () => t('did.joint_end', { number: row.number }),
      undo: () => void act('joint_operation.reopen', own),
    },
  );
}

export function reopenOperation(row: JointOperationRow): void {
  const own = { joint_operation: row.id };
  void act('joint_operation.reopen', own, {
    done: () => t('did.joint_reopen', { number: row.number }),
  });
}
