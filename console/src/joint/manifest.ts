import type { RecordManifest } from '../operations/manifest';
import { begin, end, join, leave, line, log, reopen } from './operations';

export const jointRecord: RecordManifest = {
  operations: [begin, join, leave, line, log, end, reopen],
  names: {
    'joint_operation.begin': 'op.joint_begin',
    'joint_operation.join': 'op.joint_join',
    'joint_operation.leave': 'op.joint_leave',
    'joint_operation.add_line': 'op.joint_line',
    'joint_operation.strike_line': 'joint.strike',
    'joint_operation.tick_line': 'joint.tick',
    'joint_operation.untick_line': 'joint.untick',
    'joint_operation.write_log': 'op.joint_log',
    'joint_operation.end': 'op.joint_end',
    'joint_operation.reopen': 'op.joint_reopen',
  },
  groups: [{ group: 'joint', title: 'joint.title' }],
};
