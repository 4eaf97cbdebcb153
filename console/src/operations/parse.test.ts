import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Code, IncidentRow, UnitRow } from '../api/types';
import { byKey, byWord, operations } from '.';
import { completions } from './complete';
import { select } from './incident';
import { codesByName, incidentsByNumber, parse, tokens, type Lexicon } from './parse';
import { missingPart } from './run';

const incident = (number: string, state: IncidentRow['state'] = 'open') =>
  ({ id: `i-${number}`, number, state }) as IncidentRow;
const unit = (id: string) => ({ id, status: 'available' }) as UnitRow;

const fire = incident('4829-3174');
const theft = incident('3174-0021');
const crash = incident('7707-1132');
const codes: Record<string, Code[]> = {
  unavailable_reasons: [{ code: 'lunch', en: 'Meal break', zh: '用餐', pinyin: ['yongcan', 'yc'] }],
  capabilities: [{ code: 'ambulance', en: 'Ambulance', zh: '救护' }],
  clear_reasons: [{ code: 'done', en: 'Work done', zh: '处置完毕' }],
  dispositions: [{ code: 'settled', en: 'Settled', zh: '现场处置' }],
  override_reasons: [{ code: 'local', en: 'Knows the place', zh: '熟悉现场' }],
};

function lexicon(selected: Partial<Lexicon['selected']> = {}): Lexicon {
  return {
    operation: byWord,
    select,
    units: new Map(['P12', 'E3', 'D'].map((id) => [id, unit(id)])),
    stations: [
      { code: 'AS01', en: 'Harbour ambulance station', zh: '港口急救站' },
      { code: 'AS02', en: 'Hill ambulance station', zh: '山上急救站' },
    ],
    unitId: (sign) => ({ 巡112: 'P12', 消103: 'E3' })[sign],
    incidents: [fire, theft, crash],
    codes: (list) => codes[list] ?? [],
    selected: { incident: null, unit: null, ...selected },
  };
}

const read = (line: string, selected: Partial<Lexicon['selected']> = {}) => {
  const { operation, subject, trouble } = parse(line, lexicon(selected));
  return {
    id: operation?.id,
    units: subject.units.map((one) => one.id),
    incident: subject.incident?.number,
    other: subject.other?.number,
    code: subject.code?.code,
    count: subject.count,
    text: subject.text,
    trouble: trouble?.kind,
  };
};

describe('the command line', () => {
  it.each([
    'D P12 E3 4829',
    'd 4829 p12 e3',
    'P12 4829 E3 DISPATCH',
    '派P12 E3 4829',
    '派 4829，P12、E3',
    '派巡112 消103 4829',
    '巡112、消103 4829 派',
    '派Ｐ１２　Ｅ３　４８２９',
  ])('reads “%s” by name, whatever the order', (line) => {
    const { id, units, incident: number, trouble } = read(line);
    expect({ id, units: units.sort(), number, trouble }).toEqual({
      id: 'incident.dispatch',
      units: ['E3', 'P12'],
      number: '4829-3174',
      trouble: undefined,
    });
  });

  it('keeps the text of a note as it was typed', () => {
    expect(read('N 4829 Two  men, 1 car; P12 knows')).toMatchObject({
      id: 'incident.note',
      incident: '4829-3174',
      text: 'Two  men, 1 car; P12 knows',
    });
  });

  it('takes the selected incident where none is typed', () => {
    expect(read('N gate is locked', { incident: crash })).toMatchObject({
      incident: '7707-1132',
      text: 'gate is locked',
    });
  });

  it('takes the selected unit where none is typed', () => {
    expect(read('ER', { unit: unit('P12') }).units).toEqual(['P12']);
  });

  it('reads a reason by code, by name and in Chinese', () => {
    for (const word of ['lunch', 'meal', '用餐', 'yongcan', 'yongc', 'yc', 'ＹＣ'])
      expect(read(`U P12 ${word}`)).toMatchObject({ id: 'unit.unavailable', code: 'lunch' });
  });

  it('merges the first number into the second, or the selected one into the first', () => {
    expect(read('M 4829 7707')).toMatchObject({ incident: '4829-3174', other: '7707-1132' });
    expect(read('M 7707', { incident: fire })).toMatchObject({
      incident: '4829-3174',
      other: '7707-1132',
    });
  });

  it('asks for more with a capability and a count in any order', () => {
    for (const line of ['MORE 4829 ambulance 2', 'MORE 2 ambulance 4829'])
      expect(read(line)).toMatchObject({
        incident: '4829-3174',
        code: 'ambulance',
        count: 2,
      });
  });

  it('shows what a lone number or unit names', () => {
    expect(read('4829')).toMatchObject({ id: 'incident.select', incident: '4829-3174' });
    expect(read('p12')).toMatchObject({ id: 'incident.select', units: ['P12'] });
  });

  it('takes a unit for a unit even where a command has the same name', () => {
    expect(read('ER D')).toMatchObject({ id: 'assignment.en_route', units: ['D'] });
  });

  it('signs on the units of a station, or all, that are off duty', () => {
    const off = (id: string, station: string) =>
      ({ id, station, status: 'off_duty' }) as unknown as UnitRow;
    const units = new Map(
      [off('A1', 'AS01'), off('A2', 'AS02'), { ...off('A3', 'AS01'), status: 'available' }].map(
        (one) => [one.id, one as UnitRow],
      ),
    );
    const together = (line: string) => {
      const { operation, subject, trouble } = parse(line, { ...lexicon(), units });
      const missing = operation && missingPart(operation, subject);
      return [subject.units.map((one) => one.id), subject.together, missing, trouble];
    };
    const station = { kind: 'station', id: 'AS01' };
    expect(together('ON all')).toEqual([['A1', 'A2'], { kind: 'all' }, null, null]);
    expect(together('上勤 全部')).toEqual([['A1', 'A2'], { kind: 'all' }, null, null]);
    for (const line of ['ON as01', 'ON Harbour', 'ON harbour ambulance station', '上勤 港口急救站'])
      expect(together(line)).toEqual([['A1'], station, null, null]);
    // Names that fit two stations, or none, are no station.
    expect(together('ON ambulance')[1]).toBeNull();
    expect(together('ON A1 1017 1018').slice(0, 2)).toEqual([['A1'], null]);
  });

  it('says how crews are given where one is missing', () => {
    const { operation, subject } = parse('ON P12', lexicon());
    expect(missingPart(operation!, subject)).toMatch(/ON P12 1017 1018.*ON STATION.*ON ALL/);
  });

  it('reads every command that the tutorial shows, with the words of the demo city', () => {
    const root = join(import.meta.dirname, '../../..');
    const page = readFileSync(join(root, 'docs/tutorial/an-evening.md'), 'utf8');
    const step = page.split('**By command line.**')[1]!.split('\n4. ')[0]!;
    const shown = [...step.matchAll(/`([^`]+)`/g)]
      .map((match) => match[1]!)
      .filter((line) => line.length > 1);
    expect(shown).toContain('U P12 lunch');
    const vocabulary = JSON.parse(
      readFileSync(join(root, 'src/dutyroom/citypack/demo_city/words/vocabulary.json'), 'utf8'),
    ) as Record<string, Code[]>;
    const demo = { ...lexicon(), codes: (list: string) => vocabulary[list] ?? [] };
    for (const line of shown) {
      const { operation, subject, trouble } = parse(line, demo);
      expect([line, trouble]).toEqual([line, null]);
      // `ER P12` stands there alone; what is missing then is what is selected.
      if (!subject.together) expect([line, missingPart(operation!, subject)]).toEqual([line, null]);
    }
  });

  it('names the trouble', () => {
    expect(read('hello world').trouble).toBe('no_operation');
    expect(read('D P12 9999').trouble).toBe('unknown_number');
    expect(read('D P99 4829').trouble).toBe('unknown_unit');
    expect(read('F 3174').trouble).toBe('ambiguous_number');
    expect(read('U P12 zzz').trouble).toBe('unknown_code');
    expect(read('ER P12 E3').trouble).toBe('too_many_units');
  });

  it('takes the key that opens the line for no part of the command', () => {
    expect(read('/ER P12')).toMatchObject({ id: read('ER P12').id, units: ['P12'] });
    expect(read('／ ER P12')).toMatchObject({ units: ['P12'], trouble: undefined });
    expect(read('/N 4829 km/h')).toMatchObject({ incident: '4829-3174', text: 'km/h' });
    expect(completions('/sign o', lexicon(), operations).map((one) => one.word)).toContain(
      'Sign on',
    );
  });

  it('never fails, whatever is typed', () => {
    for (const line of ['', ' ', '/', '派', 'D D D', '- -', '4829-', '🚒 4829', "'; DROP TABLE"])
      expect(() => completions(line, lexicon(), operations)).not.toThrow();
  });
});

describe('public numbers', () => {
  it('are found by their beginning, their end, and with or without the hyphen', () => {
    for (const typed of ['4829', '48293174', '4829-3174', '482'])
      expect(incidentsByNumber(typed, [fire, theft, crash])).toEqual([fire]);
    expect(incidentsByNumber('1132', [fire, theft, crash])).toEqual([crash]);
  });

  it('mean the open one among several', () => {
    const closed = incident('4829-0000', 'closed');
    expect(incidentsByNumber('4829', [closed, fire])).toEqual([fire]);
  });
});

describe('completion', () => {
  const offered = (line: string) => completions(line, lexicon(), operations).map((one) => one.word);

  it('offers commands, then units, then numbers', () => {
    expect(offered('mo')).toContain('MORE');
    expect(offered('ER ')).toEqual(['P12', 'E3', 'D']);
    expect(offered('N 77')).toEqual(['7707-1132']);
  });

  it('offers the reasons once the unit is named', () => {
    expect(offered('U P12 ')).toEqual(['lunch']);
  });
});

describe('codes and words', () => {
  it('prefer the exact one over one that begins so', () => {
    const list = [
      { code: 'fire', en: 'Fire', zh: '火灾' },
      { code: 'firearm', en: 'Firearm', zh: '枪支' },
    ];
    expect(codesByName('fire', list).map((one) => one.code)).toEqual(['fire']);
  });

  it('set Chinese and Latin apart', () => {
    expect(tokens('派P12到4829').map((token) => token.word)).toEqual(['派', 'P12', '到', '4829']);
  });
});

describe('what a Chinese keyboard types', () => {
  it('opens a note with full-width marks, and leaves them in the note as they are', () => {
    const { subject } = parse('记　４８２９　门口有人，快来！', lexicon());
    expect([subject.incident?.number, subject.text]).toEqual(['4829-3174', '门口有人，快来！']);
  });

  it('presses keys for the command line and the help', () => {
    expect([byKey('／')?.id, byKey('？')?.id]).toEqual(['room.command', 'room.help']);
  });
});
