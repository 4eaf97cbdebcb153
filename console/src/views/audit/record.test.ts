import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEntry, Pack } from '../../api/types';
import { isMessage } from '../../i18n';
import { pack } from '../../model/pack.svelte';
import { settings } from '../../model/settings.svelte';
import { eventSources } from './eventSources';
import { sayField, unfold } from './record';
import type { Names } from './sentences';

const INCIDENT = '01a20aae-b5a2-7a8c-9ca3-9de2d4d80230';
const names: Names = {
  numbers: { [INCIDENT]: '4829-3174' },
  lines: {},
  members: { chen: { title: { en: 'Chen', zh: '陈海' }, role: 'dispatcher' } },
};
const entry = (type: string, body: Record<string, unknown>) =>
  ({
    type,
    body,
    stream: `incident:${INCIDENT}`,
    actor: 'chen',
    role: 'dispatcher',
    purpose: 'dispatch',
    because: null,
    recorded_at_ms: 0,
    occurred_at_ms: 0,
    sealed: true,
    hash: 'ab',
  }) as unknown as AuditEntry;

beforeEach(() => {
  settings.language = 'zh';
});
afterEach(() => {
  settings.language = 'en';
});

describe('a record that is unfolded', () => {
  it('names an organisation in words, with its path beside', () => {
    pack.pack = {
      orgs: [{ path: 'city/north', level: 'county', en: 'North', zh: '北区' }],
    } as Pack;
    const rows = unfold(entry('loop.begun.v1', { org: 'city/north' }), names);
    expect(rows.find(({ code }) => code === 'city/north')!.said).toBe('北区');
    pack.pack = null;
  });

  it('is shown in words, and its codes stand beside', () => {
    const body = { unit: 'P12', assignment: INCIDENT, recommended: true, arrival_s: 65.4, x: null };
    const rows = unfold(entry('incident.unit_dispatched.v1', body), names);
    expect(rows.map(({ label, said }) => `${label} ${said}`.trim())).toEqual([
      '事件类型',
      '操作人 调度员陈海',
      '角色 调度员',
      '用途 派警',
      '对象 4829-3174',
      '发生时间 1970年1月1日 00:00:00',
      '记录时间 1970年1月1日 00:00:00',
      '处警单元 P12',
      '派警编号 4829-3174',
      '采纳推荐 是',
      '预计到场用时 65 秒',
      '个人信息 已加密，此处不显示',
      '哈希',
    ]);
    expect(rows[0]!.code).toBe('incident.unit_dispatched.v1');
    expect(rows[4]!.code).toBe(`incident:${INCIDENT}`);
  });

  it('shows what has no words as the code that it is', () => {
    const other = '01a20aae-b5a2-7a8c-9ca3-9de2d4d80231';
    const rows = unfold(entry('assignment.en_route.v1', { assignment: other }), names);
    expect(rows.find(({ code }) => code === other)).toEqual({
      label: '派警编号',
      said: '',
      code: other,
    });
  });

  it('shows what is inside a field, too', () => {
    const parts = [
      { category: 'F', priority: 1, served: [], waiting_from_ms: 0, progress: 'pending' },
    ];
    const rows = unfold(entry('incident.urgency_kept.v1', { parts, origin: 'call' }), names);
    expect(rows.find(({ label }) => label === '各项需求')!.said).toBe(
      '警情类别 F、警情等级 1、等待起算时间 1970年1月1日 00:00:00、进度 待派',
    );
    expect(rows.find(({ label }) => label === '来自')!.said).toBe('报警');
  });

  it('says why a read was allowed in the language of the page', () => {
    const body = { because: 'allowed', what: 'incident' };
    const because = { en: 'allowed', zh: '允许' };
    const rows = unfold({ ...entry('record.read.v1', body), because }, names);
    expect(rows.find(({ label }) => label === '查阅依据')).toEqual({
      label: '查阅依据',
      said: '允许',
    });
  });

  it('says of a notice who was asked, and how urgent it is', () => {
    settings.language = 'zh';
    const body = { asked: ['chen'], priority: 'urgent', answer: 'acknowledge' };
    const said = unfold(entry('notice.posted.v1', body), names).map((row) => row.said);
    expect(said).toEqual(expect.arrayContaining(['陈海', '紧急', '须签收']));
  });

  it('says of a clock what it is called, whom it told, and how late it was', () => {
    settings.language = 'en';
    const of = (type: string, body: Record<string, unknown>) =>
      unfold({ ...entry(type, body), stream: `loop:${INCIDENT}` }, names).map(
        ({ label, said }) => `${label}: ${said}`,
      );
    expect(
      of('loop.clock_escalated.v1', {
        role: 'supervisor',
        passed: ['dispatcher'],
        late_ms: 65_000,
      }),
    ).toEqual(
      expect.arrayContaining([
        'Record: 4829-3174',
        'Role: Duty supervisor',
        'Passed over, nobody on duty: Dispatcher',
        'Late by: 01:05',
      ]),
    );
    expect(of('loop.clock_ended.v1', { because: 'lapsed' })).toContain('Because: its time ran out');
  });

  it('has a word for every field of every event, every purpose and every role', () => {
    const root = join(import.meta.dirname, '../../../../src/dutyroom');
    const fields = [...eventSources().matchAll(/^ {4}(\w+): (?!ClassVar)/gm)];
    expect(fields.length).toBeGreaterThan(60);
    expect(fields.map(([, name]) => name!).filter((name) => sayField(name) === name)).toEqual([]);
    const policy = readFileSync(join(root, 'policy/decisions.py'), 'utf8');
    const purposes = [
      ...policy
        .split('_PURPOSES')[1]!
        .split('}')[0]!
        .matchAll(/"(\w+)": "(\w+)"/g),
    ];
    expect(purposes.length).toBeGreaterThan(8);
    for (const [, role, purpose] of purposes)
      expect([isMessage(`role.${role}`), isMessage(`purpose.${purpose}`)]).toEqual([true, true]);
  });
});
