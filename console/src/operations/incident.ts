/** What can be done to an incident. */
import { act } from '../actions/act';
import { uuid7 } from '../actions/uuid7';
import type { IncidentRow } from '../api/types';
import { listed, say, t } from '../i18n';
import { pack } from '../model/pack.svelte';
import { routeOf } from '../loops/stages';
import { panel } from '../model/panel.svelte';
import { selection } from '../model/selection.svelte';
import { acknowledgeChase, chase } from '../chases/operations';
import { lift as liftUnsafe, mark as markUnsafe } from '../contact/operations';
import { lift as liftMinor, mark as markMinor } from '../minors/operations';
import { points } from '../points/operations';
import type { RecordManifest } from './manifest';
import { notOpen } from './notOpen';
import type { Operation, Subject } from './operation';
import { putBack } from './putBack';
import { atDesk } from './room';

function need(subject: Subject): IncidentRow {
  return subject.incident!;
}

export const select: Operation = {
  id: 'incident.select',
  label: 'op.find',
  group: 'incident',
  words: ['F', 'FIND', '找', '查'],
  key: 'f',
  takes: ['incident'],
  isFor: atDesk,
  disabledBecause: () => null,
  run: (subject) => selection.selectIncident(need(subject).id),
};

export const note: Operation = {
  id: 'incident.note',
  label: 'op.note',
  group: 'incident',
  words: ['N', 'NOTE', '记'],
  key: 'n',
  takes: ['incident', 'text'],
  verb: 'incident.add_note',
  disabledBecause: () => null,
  run: (subject) => {
    const { id, number } = need(subject);
    void act(
      'incident.add_note',
      { incident: id, note: uuid7(), text: subject.text },
      { done: () => t('did.note', { number }) },
    );
  },
};

export const category: Operation = {
  id: 'incident.category',
  label: 'op.category',
  group: 'incident',
  words: ['CAT', 'TYPE', '类别', '警情类别'],
  takes: ['incident', 'code:categories'],
  verb: 'incident.set_category',
  disabledBecause: notOpen,
  run: (subject) => {
    const { id, number, category: before } = need(subject);
    const code = subject.code!;
    void act(
      'incident.set_category',
      { incident: id, category: code.code },
      {
        done: () => t('did.category', { number, category: say(code) }),
        undo: putBack(id, 'category', code.code, 'incident.set_category', {
          incident: id,
          category: before,
        }),
      },
    );
  },
};

export const priority: Operation = {
  id: 'incident.priority',
  label: 'op.priority',
  group: 'incident',
  words: ['PRI', '等级', '警情等级'],
  takes: ['incident', 'count'],
  verb: 'incident.set_priority',
  disabledBecause: (subject) => {
    const levels = pack.pack?.vocabulary.priorities.map((one) => one.level) ?? [];
    if (subject.count !== null && levels.length && !levels.includes(subject.count))
      return t('why.no_level', { levels: listed(levels) });
    return notOpen(subject);
  },
  run: (subject) => {
    const { id, number, priority: before } = need(subject);
    const level = subject.count!;
    void act(
      'incident.set_priority',
      { incident: id, priority: level },
      {
        done: () => t('did.priority', { number, level }),
        undo: putBack(id, 'priority', level, 'incident.set_priority', {
          incident: id,
          priority: before,
        }),
      },
    );
  },
};

export const more: Operation = {
  id: 'incident.more',
  label: 'op.more',
  group: 'dispatch',
  words: ['MORE', '增援'],
  key: 'm',
  takes: ['incident', 'code:capabilities', 'count?'],
  verb: 'incident.request_more',
  disabledBecause: notOpen,
  run: (subject) => {
    const { id, number } = need(subject);
    const count = subject.count ?? 1;
    const code = subject.code!;
    void act(
      'incident.request_more',
      { incident: id, capability: code.code, count },
      { done: () => t('did.more', { number, count, capability: say(code) }) },
    );
  },
};

export const merge: Operation = {
  id: 'incident.merge',
  label: 'op.merge',
  group: 'incident',
  words: ['M', 'MERGE', '并', '并入', '合并'],
  takes: ['incident', 'other'],
  verb: 'incident.merge',
  disabledBecause: (subject) => {
    if (subject.other && subject.other.id === subject.incident?.id) return t('why.same');
    // What takes it in must be open, too.
    return notOpen(subject) ?? notOpen({ ...subject, incident: subject.other });
  },
  run: (subject) => {
    const { id, number, priority } = need(subject);
    const into = subject.other!;
    selection.selectIncident(into.id);
    void act(
      'incident.merge',
      { incident: id, into: into.id },
      {
        done: () =>
          priority < into.priority
            ? t('did.merge_raised', { number, into: into.number, level: priority })
            : t('did.merge', { number, into: into.number }),
        undo: () => void act('incident.split', { incident: id }),
      },
    );
  },
};

export const split: Operation = {
  id: 'incident.split',
  label: 'op.split',
  group: 'incident',
  words: ['SPLIT', '拆', '拆分'],
  takes: ['incident'],
  verb: 'incident.split',
  disabledBecause: ({ incident }) => (incident?.state === 'merged' ? null : t('why.not_merged')),
  run: (subject) => {
    const { id, number, merged_into } = need(subject);
    void act(
      'incident.split',
      { incident: id },
      {
        done: () => t('did.split', { number }),
        ...(merged_into && {
          undo: () => void act('incident.merge', { incident: id, into: merged_into }),
        }),
      },
    );
  },
};

export const close: Operation = {
  id: 'incident.close',
  label: 'op.close',
  also: ['closing.close'],
  group: 'incident',
  words: ['C', 'CLOSE', '结'],
  key: 'c',
  takes: ['incident', 'code:dispositions?'],
  verb: 'incident.close',
  disabledBecause: notOpen,
  run: (subject) => void closeIt(subject),
};

async function closeIt(subject: Subject): Promise<void> {
  const { id, number, disposition } = need(subject);
  const before = selection.incident;
  if (subject.code) {
    const set = await act('incident.set_disposition', {
      incident: id,
      disposition: subject.code.code,
    });
    if (!set.ok) return;
  } else if (!disposition) {
    // What is still missing stands in the panel, with what to do about each.
    selection.selectIncident(id);
    panel.show('closing');
    return;
  }
  const closed = await act(
    'incident.close',
    { incident: id },
    { done: () => t('did.close', { number }) },
  );
  // Who has gone on to another incident meanwhile stays there: the message line says it, too.
  if (!closed.ok && selection.incident === before) {
    selection.selectIncident(id);
    panel.show('closing', { incident: id, failure: closed.failure });
  }
}

export const conclude: Operation = {
  id: 'incident.conclude',
  label: 'op.conclude',
  group: 'incident',
  words: ['CONCLUDE', '一键办结'],
  key: 'z',
  takes: ['incident'],
  verb: 'incident.conclude',
  disabledBecause: (subject) =>
    notOpen(subject) ?? (routeOf(need(subject))?.light ? null : t('why.not_light')),
  run: (subject) => {
    const { id, number } = need(subject);
    void act(
      'incident.conclude',
      { incident: id },
      { done: () => t('did.close', { number }) },
    ).then((done) => {
      if (!done.ok && selection.incident === id)
        panel.show('closing', { incident: id, failure: done.failure });
    });
  },
};

export const reopen: Operation = {
  id: 'incident.reopen',
  label: 'op.reopen',
  group: 'incident',
  words: ['REOPEN', '撤销办结', '重开'],
  takes: ['incident', 'code:reopen_reasons'],
  verb: 'incident.reopen',
  disabledBecause: ({ incident }) => (incident?.state === 'closed' ? null : t('why.not_closed')),
  run: (subject) => {
    const { id, number } = need(subject);
    void act(
      'incident.reopen',
      { incident: id, reason: subject.code!.code },
      { done: () => t('did.reopen', { number }) },
    );
  },
};

export const incidents: RecordManifest = {
  operations: [
    select,
    note,
    category,
    priority,
    more,
    merge,
    split,
    close,
    conclude,
    reopen,
    chase,
    acknowledgeChase,
    points,
    markUnsafe,
    liftUnsafe,
    markMinor,
    liftMinor,
  ],
  fields: { served: 'unit', progress: 'state', state_before: 'state' },
  names: {
    'incident.open': 'op.blank',
    'incident.acknowledge_chase': 'op.chase_seen',
    'incident.link_call': 'verb.link_call',
    'incident.record_chase': 'op.chase',
    'incident.unlink_call': 'verb.unlink_call',
    'incident.set_category': 'op.category',
    'incident.set_priority': 'op.priority',
    'incident.set_place': 'verb.set_place',
    'incident.answer_prompt': 'verb.answer_prompt',
    'incident.add_note': 'op.note',
    'incident.strike_note': 'verb.strike_note',
    'incident.request_more': 'op.more',
    'incident.merge': 'op.merge',
    'incident.split': 'op.split',
    'incident.reopen_point': 'point.again',
    'incident.set_disposition': 'verb.set_disposition',
    'incident.settle_point': 'verb.settle_point',
    'incident.mark_unsafe': 'op.unsafe_mark',
    'incident.lift_unsafe': 'op.unsafe_lift',
    'incident.mark_minor': 'op.minor_mark',
    'incident.lift_minor': 'op.minor_lift',
    'incident.close': 'op.close',
    'incident.conclude': 'op.conclude',
    'incident.reopen': 'op.reopen',
  },
  groups: [{ group: 'incident', title: 'help.incidents' }],
};
