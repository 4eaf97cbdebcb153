import { describe, expect, it } from 'vitest';
import { byKey, byWord, operations } from '.';
import type { IncidentRow, UnitRow } from '../api/types';
import { both } from '../i18n';
import { callSigns } from '../model/callSigns.svelte';
import { settings } from '../model/settings.svelte';
import { GROUPS } from '../records';
import { completions } from './complete';
import { select } from './incident';
import { distance, meant } from './meant';
import type { Operation, OwnSlot } from './operation';
import { parse, type Lexicon } from './parse';

const NOBODY: Lexicon = {
  operation: byWord,
  select,
  units: new Map([['P12', { id: 'P12', status: 'available' } as UnitRow]]),
  stations: [],
  unitId: () => undefined,
  incidents: [],
  codes: () => [],
  selected: { incident: null, unit: null },
};

describe('the operations', () => {
  it('have one word each that nobody else has, in both languages', () => {
    const words = operations.flatMap((one) => one.words);
    expect(words.filter((one, i) => words.indexOf(one) !== i)).toEqual([]);
    for (const one of operations) for (const word of one.words) expect(byWord(word)).toBe(one);
  });

  it('have a Chinese word, but for the command line itself', () => {
    const without = operations.filter((one) => !one.words.some((w) => /\p{Script=Han}/u.test(w)));
    expect(without.map((one) => one.id)).toEqual(['room.command']);
  });

  it('have no key twice', () => {
    const keys = operations.flatMap((one) => one.key ?? []);
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(byKey(key)?.key).toBe(key);
  });

  it('stand in a part of the help that has a title', () => {
    const groups = GROUPS.map((one) => one.group);
    expect(new Set(groups).size).toBe(groups.length);
    for (const one of operations) expect(groups).toContain(one.group);
  });

  it('are found in lower case too', () => {
    expect(byWord('more')?.id).toBe('incident.more');
  });
});

describe('a Chinese call sign', () => {
  it.each(['派 巡', '派 巡1', '派巡11', '派 巡112'])('is completed: %s', (typed) => {
    settings.language = 'zh';
    callSigns.use([{ id: 'P12', en: 'P12', zh: '巡112' }]);
    try {
      const known = { ...NOBODY, unitId: (sign: string) => callSigns.id(sign) };
      expect(completions(typed, known, operations).map((one) => one.line)).toContain(
        `${typed.startsWith('派 ') ? '派 ' : '派'}巡112 `,
      );
    } finally {
      settings.language = 'en';
      callSigns.use([]);
    }
  });
});

describe('what a button says', () => {
  const said = operations.flatMap((one) =>
    [one.label, ...(one.also ?? [])].map(both).flatMap(({ en, zh }) => [
      [en, one.id],
      [zh, one.id],
    ]),
  );

  it.each(said)('can be typed: “%s”', (label, id) => {
    expect(byWord(label!)?.id).toBe(id);
    expect(parse(label!, NOBODY).operation?.id).toBe(id);
    // A unit may be named before or after it.
    if (operations.find((one) => one.id === id)!.takes.includes('unit'))
      for (const line of [`${label} P12`, `P12 ${label!.toLowerCase()}`])
        expect(parse(line, NOBODY)).toMatchObject({
          operation: { id },
          subject: { units: [{ id: 'P12' }] },
          trouble: null,
        });
  });

  it('is completed from its beginning', () => {
    expect(completions('sign o', NOBODY, operations).map((one) => one.word)).toEqual([
      'Sign on',
      'Sign off',
    ]);
  });
});

describe('a misspelt command', () => {
  it.each([
    ['DISPACTH P12 4829', 'DISPATCH P12 4829'],
    ['sing off P12', 'Sign off P12'],
    ['cloes 4829', 'CLOSE 4829'],
    ['unavailible P12', 'Unavailable P12'],
    ['处警完必 P12', '处警完毕 P12'],
  ])('is put right: %s', (typed, right) => {
    expect(parse(typed, NOBODY).trouble?.kind).toBe('no_operation');
    const [first] = completions(typed, NOBODY, operations);
    expect(first?.line.trim().toLowerCase()).toBe(right.toLowerCase());
    expect(parse(first!.line, NOBODY).trouble?.kind).not.toBe('no_operation');
  });

  it('is not guessed at where nothing is near', () => {
    for (const line of ['hello world', 'zz', '你好吗', '🚒'])
      expect(meant(line, operations)).toEqual([]);
  });

  it('counts letters left out, put in, exchanged and swapped', () => {
    expect(distance('clear', 'clear')).toBe(0);
    for (const slip of ['cler', 'cleear', 'clean', 'claer'])
      expect(distance(slip, 'clear')).toBe(1);
    expect(distance('', 'clear')).toBe(5);
  });
});

describe('slots of an operation of its own', () => {
  const loud: OwnSlot<boolean> = {
    name: 'loud',
    read: ([word]) => (word === 'loud' ? { value: true, used: 1 } : null),
    say: () => 'loudly',
    sample: () => 'loud',
    offers: () => [{ word: 'loud', says: 'so that all hear it' }],
  };
  const until: OwnSlot<string> = {
    name: 'until',
    read: ([first, second]) => (first === 'until' && second ? { value: second, used: 2 } : null),
    say: (value) => `until ${value}`,
    sample: () => 'until 22:30',
  };
  const shout = {
    ...select,
    id: 'test.shout',
    words: ['SHOUT'],
    takes: [loud, until, 'text'],
  } as unknown as Operation;
  const known: Lexicon = {
    ...NOBODY,
    operation: (word) => (word.toUpperCase() === 'SHOUT' ? shout : undefined),
  };

  it('are read before the text, in any order, and never inside it', () => {
    const { subject, trouble } = parse('SHOUT until 22:30 loud the bridge is loud', known);
    expect(trouble).toBeNull();
    expect(subject.own).toEqual({ until: '22:30', loud: true });
    expect(subject.text).toBe('the bridge is loud');
    expect(parse('SHOUT the bridge until 9', known).subject.own).toEqual({});
  });

  it('are read beside the number of an incident, on either side of it', () => {
    const incident = { id: 'i', number: '4829-3174', state: 'open' } as IncidentRow;
    const about = { ...shout, takes: ['incident', loud, until] } as unknown as Operation;
    const operation = (word: string) => (word === 'SHOUT' ? about : undefined);
    const meant = { ...known, operation, incidents: [incident] };
    for (const line of ['SHOUT 4829 until 9 loud', 'SHOUT until 9 4829 loud']) {
      const { subject, trouble } = parse(line, meant);
      expect([trouble, subject.incident, subject.own]).toEqual([
        null,
        incident,
        { until: '9', loud: true },
      ]);
    }
  });

  it('are offered while they are typed', () => {
    const found = completions('SHOUT lo', known, [shout]).map((one) => one.word);
    expect(found).toContain('loud');
    expect(completions('SHOUT loud lo', known, [shout]).map((one) => one.word)).not.toContain(
      'loud',
    );
  });
});
