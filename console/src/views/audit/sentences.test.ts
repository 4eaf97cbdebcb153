import { afterEach, describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../api/types';
import { isMessage } from '../../i18n';
import { settings } from '../../model/settings.svelte';
import { eventFields } from './eventSources';
import { sayAct, sayRead, sayWhen, type Names } from './sentences';

const INCIDENT = '01a20aae-b5a2-7a8c-9ca3-9de2d4d80230';
const OTHER = '01a20aae-b5a2-7a8c-9ca3-9de2d4d80231';
const CALL = '01a20aae-b5a2-7a8c-9ca3-9de2d4d80232';
const names: Names = {
  numbers: { [INCIDENT]: '4829-3174', [OTHER]: '7707-1132' },
  lines: { [CALL]: '110-2' },
  members: { chen: { title: { en: 'Chen', zh: '陈海' }, role: 'dispatcher' } },
};
const entry = (type: string, stream: string, body: Record<string, unknown>) =>
  ({ type, stream, body, actor: 'chen', role: 'dispatcher' }) as unknown as AuditEntry;

afterEach(() => {
  settings.language = 'en';
});

describe('what members did', () => {
  it('is said in a sentence, with the names that people use', () => {
    const sent = { unit: 'P12', assignment: OTHER, recommended: true };
    const act = entry('incident.unit_dispatched.v1', `incident:${INCIDENT}`, sent);
    expect(sayAct(act, names)).toBe('Dispatcher Chen sent P12 to 4829-3174');
    settings.language = 'zh';
    expect(sayAct(act, names)).toBe('调度员陈海派 P12 处置 4829-3174');
  });

  it('begins with a capital where nobody acted', () => {
    const received = entry('call.received.v1', `call:${CALL}`, {});
    expect(sayAct(received, names)).toBe('The call on line 110-2 came in');
  });

  it('names other incidents and calls, too', () => {
    expect(
      sayAct(entry('incident.merged.v1', `incident:${INCIDENT}`, { into: OTHER }), names),
    ).toBe('Dispatcher Chen merged 4829-3174 into 7707-1132');
    expect(
      sayAct(entry('incident.call_linked.v1', `incident:${INCIDENT}`, { call: CALL }), names),
    ).toBe('Dispatcher Chen linked the call on line 110-2 to 4829-3174');
  });

  it('has a sentence for every event that there is, with nothing left unfilled', () => {
    const found = eventFields();
    expect(found.size).toBeGreaterThan(40);
    for (const [type, fields] of found) {
      if (type === 'record.read.v1') continue;
      expect([type, isMessage(`act.${type.replace(/\.v\d+$/, '')}`)]).toEqual([type, true]);
      const body = Object.fromEntries(fields.map((field) => [field, 'x']));
      const stream = {
        call: 'call:x',
        incident: `incident:${INCIDENT}`,
        assignment: `incident:${INCIDENT}`,
        unit: 'unit:P12',
        loop: `loop:${INCIDENT}`,
      };
      const of = stream[type.split('.')[0] as keyof typeof stream] ?? 'centre';
      for (const language of ['en', 'zh'] as const) {
        settings.language = language;
        expect(sayAct(entry(type, of, body), names)).not.toMatch(/[{}]|undefined/);
      }
    }
  });

  it('reads as its type where it is newer than this console', () => {
    expect(sayAct(entry('unit.painted.v1', 'unit:P12', {}), names)).toBe(
      'Dispatcher Chen: unit.painted.v1',
    );
  });
});

it('says what was read, of which incident', () => {
  const read = entry('record.read.v1', 'reads', {
    what: 'incident',
    incidents: [INCIDENT],
    calls: [CALL],
  });
  expect(sayRead(read, names)).toBe('Dispatcher Chen read an incident: 4829-3174');
  const many = { what: 'places', incidents: [INCIDENT, OTHER, CALL, '1'], calls: [] };
  expect(sayRead(entry('record.read.v1', 'reads', many), names)).toBe(
    'Dispatcher Chen read places: 4 incidents',
  );
});

it('shows the day with the time, as it is in the city', () => {
  const at = Date.UTC(2026, 10, 28, 21, 32, 7);
  expect(sayWhen(at, 'America/St_Johns')).toBe('28 Nov 2026, 18:02:07');
});
