import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ofRoom } from '../../api/room';
import type { Prompt, Vocabulary } from '../../api/types';
import { Drafts, emptyDraft } from './draft.svelte';
import {
  answersOf,
  insertPhrase,
  linkCommand,
  matchWords,
  openCommand,
  priorityOf,
  typedOn,
} from './taking';

const known = { pinyin: [], retired: false, group: '' };
const categories: Vocabulary['categories'] = [
  {
    code: 'FIRE',
    en: 'Structure fire',
    zh: '建筑火灾',
    priority: 2,
    words: ['smoke', '冒烟'],
    ...known,
  },
  { code: 'FIREWORKS', en: 'Fireworks', zh: '烟花', priority: 4, words: [], ...known },
  { code: 'OLD', en: 'Fire (old)', zh: '火', priority: 1, words: [], ...known, retired: true },
];
const vocabulary = { categories } as unknown as Vocabulary;
const prompts: Prompt[] = [
  {
    code: 'inside',
    en: 'Inside?',
    zh: '里面？',
    answers: [
      { code: 'yes', en: 'Yes', zh: '有', priority: 1, adds: [] },
      { code: 'no', en: 'No', zh: '没有', priority: 3, adds: [] },
    ],
  },
  { code: 'floor', en: 'Floor?', zh: '几楼？', answers: [] },
];
const place = { lon: 1, lat: 2, label: 'Here', kind: 'street' as const, zone: 'z' };

describe('priority', () => {
  it('is raised by an answer, and never lowered by one', () => {
    const draft = { ...emptyDraft(), category: 'FIRE' };
    expect(priorityOf(draft, vocabulary, prompts).level).toBe(2);
    draft.answers = { inside: 'no' };
    expect(priorityOf(draft, vocabulary, prompts)).toEqual({ level: 2, raisedBy: null });
    draft.answers = { inside: 'yes' };
    expect(priorityOf(draft, vocabulary, prompts)).toEqual({ level: 1, raisedBy: prompts[0] });
  });

  it('is what the person chose, whatever was answered', () => {
    const draft = { ...emptyDraft(), category: 'FIRE', priority: 4, answers: { inside: 'yes' } };
    expect(priorityOf(draft, vocabulary, prompts).level).toBe(4);
  });

  it('is not known before there is a category', () => {
    expect(priorityOf(emptyDraft(), vocabulary, []).level).toBeNull();
  });
});

describe('the command', () => {
  it('needs a place and a category', () => {
    expect(openCommand({ ...emptyDraft(), place }, 'c', 1, [])).toBeNull();
    expect(openCommand({ ...emptyDraft(), category: 'FIRE' }, 'c', 1, [])).toBeNull();
  });

  it('leaves out questions that were passed over or belong to another category', () => {
    const draft = { ...emptyDraft(), answers: { inside: '', floor: 'low', other: 'yes' } };
    expect(answersOf(draft, prompts)).toEqual([['floor', 'low']]);
  });

  it('names a unit only for what was met on view', () => {
    const draft = { ...emptyDraft('on_view'), place, category: 'FIRE', unit: 'P1' };
    expect(openCommand(draft, null, 1, [])).toMatchObject({ channel: 'on_view', unit: 'P1' });
    const order = { ...draft, channel: 'order' as const };
    expect(openCommand(order, null, 1, [])).toMatchObject({ channel: 'order' });
    expect(openCommand(order, null, 1, [])).not.toHaveProperty('unit');
    expect(openCommand(draft, 'c', 1, [])).not.toHaveProperty('unit');
    expect(openCommand(draft, 'c', 1, [])).toMatchObject({ channel: 'telephone', call: 'c' });
  });
});

describe('a call linked to an incident that is there', () => {
  it('links with what its caller was asked, so that nothing urgent is lost', () => {
    const draft = { ...emptyDraft(), category: 'FIRE', answers: { inside: 'yes' } };
    expect(linkCommand(draft, 'i', 'c', vocabulary, prompts)).toEqual({
      incident: 'i',
      call: 'c',
      category: 'FIRE',
      priority: 1,
      answers: [['inside', 'yes']],
    });
    expect(linkCommand(emptyDraft(), 'i', 'c', vocabulary, prompts)).toEqual({
      incident: 'i',
      call: 'c',
    });
  });
});

describe('categories by their words', () => {
  const codes = (text: string) => matchWords(text, categories).map((one) => one.code);

  it('answers in both languages, most fitting first, without retired ones', () => {
    expect(codes('fire')).toEqual(['FIRE', 'FIREWORKS']);
    expect(codes('firew')).toEqual(['FIREWORKS']);
    expect(codes('冒')).toEqual(['FIRE']);
    expect(codes('structure')).toEqual(['FIRE']);
  });

  it('offers the fire before the alarm, whatever their names begin with', () => {
    const file = join(
      import.meta.dirname,
      '../../../../src/dutyroom/citypack/demo_city/words/vocabulary.json',
    );
    const demo = (JSON.parse(readFileSync(file, 'utf8')) as Vocabulary).categories;
    for (const typed of ['火', 'fire', 'smoke'])
      expect(matchWords(typed, demo)[0]?.code).toBe('FIRE-STRUCT');
    expect(matchWords('stabbing', demo)[0]?.code).toBe('POL-VIOLENCE');
  });

  it('leaves what it does not know to the server', () => {
    expect(codes('huozai')).toEqual([]);
    expect(codes('  ')).toEqual([]);
  });
});

it('inserts a phrase at the cursor with the blanks that it needs', () => {
  expect(insertPhrase('', 0, 0, 'Hurt.')).toEqual({ text: 'Hurt. ', cursor: 6 });
  expect(insertPhrase('Red car', 3, 3, 'Left.')).toEqual({ text: 'Red Left. car', cursor: 10 });
});

describe('drafts', () => {
  function memory(): Storage {
    const items = new Map<string, string>();
    return {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => void items.set(key, value),
      removeItem: (key: string) => void items.delete(key),
      key: (index: number) => [...items.keys()][index] ?? null,
      clear: () => items.clear(),
      get length() {
        return items.size;
      },
    };
  }

  it('keeps what was typed on while the notes before it were sent', () => {
    expect(typedOn('a fire ', 'a fire')).toBe('');
    expect(typedOn(' a fire, two people inside', 'a fire')).toBe(', two people inside');
    expect(typedOn('all is well', 'a fire')).toBe('all is well');
    expect(typedOn('a fire', '')).toBe('a fire');
  });

  it('keeps what is half-typed for each call apart', () => {
    const drafts = new Drafts(memory());
    drafts.save('m', 'c1', { ...emptyDraft(), notes: 'one' });
    drafts.save('m', null, { ...emptyDraft(), notes: 'blank' });
    expect(drafts.load('m', 'c1').notes).toBe('one');
    expect(drafts.load('m', 'c2').notes).toBe('');
    expect(drafts.load('m', null).notes).toBe('blank');
  });

  it('keeps the id of the incident, so that opening again opens no second one', () => {
    const drafts = new Drafts(memory());
    const draft = drafts.load('m', 'c1');
    drafts.save('m', 'c1', draft);
    expect(drafts.load('m', 'c1').incident).toBe(draft.incident);
  });

  it('shows nobody what another member typed, and forgets it', () => {
    const storage = memory();
    const drafts = new Drafts(storage);
    drafts.save('a', 'c1', { ...emptyDraft(), notes: 'theirs' });
    drafts.save('b', 'c2', { ...emptyDraft(), notes: 'mine' });
    drafts.save('b', 'c3', { ...emptyDraft(), notes: 'done' });
    storage.setItem('another', 'thing');
    drafts.tidy('b', (call) => call === 'c3');
    expect(drafts.load('a', 'c1').notes).toBe('');
    expect(drafts.load('b', 'c2').notes).toBe('mine');
    expect(drafts.load('b', 'c3').notes).toBe('');
    expect(storage.getItem('another')).toBe('thing');
  });

  it('starts anew from what it cannot read', () => {
    const storage = memory();
    storage.setItem(ofRoom('draft/m/c1'), '{broken');
    expect(new Drafts(storage).load('m', 'c1').notes).toBe('');
  });
});
