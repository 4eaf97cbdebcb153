/** What follows from a draft: its priority, what is still missing, the command that it becomes. Pure. */
import type { CommandOf } from '../../api/commands';
import type { Prompt, Vocabulary } from '../../api/types';
import type { Draft } from './draft.svelte';

export type Missing = 'where' | 'what' | 'time';

/** The priority that counts: chosen by hand, else the most urgent of the category and the answers. */
export function priorityOf(
  draft: Draft,
  vocabulary: Vocabulary | undefined,
  prompts: readonly Prompt[],
): { level: number | null; raisedBy: Prompt | null } {
  const base = vocabulary?.categories.find((one) => one.code === draft.category)?.priority ?? null;
  let level = base;
  let raisedBy: Prompt | null = null;
  for (const prompt of prompts) {
    const answer = prompt.answers.find((one) => one.code === draft.answers[prompt.code]);
    if (answer?.priority && (level === null || answer.priority < level))
      [level, raisedBy] = [answer.priority, prompt];
  }
  if (draft.priority !== null) return { level: draft.priority, raisedBy: null };
  return { level, raisedBy };
}

const MOST_WORDS = 8;

/**
 * Categories by their names and words: first those that are called so, then those that begin so, then
 * those that hold it; among equals the more urgent. Retired ones are left out.
 */
export function matchWords(
  text: string,
  categories: Vocabulary['categories'],
): Vocabulary['categories'] {
  const typed = text.trim().toLowerCase();
  if (!typed) return [];
  const rank = (category: Vocabulary['categories'][number]): number => {
    const names = [category.en, category.zh, category.code, ...(category.words ?? [])].map((name) =>
      name.toLowerCase(),
    );
    if (names.includes(typed)) return 0;
    if (names.some((name) => name.startsWith(typed))) return 1;
    // In the middle of a word, two letters fit nearly everything.
    return typed.length > 2 && names.some((name) => name.includes(typed)) ? 2 : 3;
  };
  return categories
    .filter((category) => !category.retired)
    .map((category) => ({ category, rank: rank(category) }))
    .filter((one) => one.rank < 3)
    .sort((a, b) => a.rank - b.rank || a.category.priority - b.category.priority)
    .slice(0, MOST_WORDS)
    .map((one) => one.category);
}

/** Answers that belong to the category that was chosen in the end; skipped ones ('') left out. */
export function answersOf(draft: Draft, prompts: readonly Prompt[]): [string, string][] {
  return prompts.flatMap(({ code }): [string, string][] => {
    const answer = draft.answers[code];
    return answer ? [[code, answer]] : [];
  });
}

/** The command, once place and category are known; null before. */
export function openCommand(
  draft: Draft,
  call: string | null,
  level: number,
  prompts: readonly Prompt[],
): CommandOf<'incident.open'> | null {
  if (!draft.place || !draft.category) return null;
  const { lon, lat, label, kind } = draft.place;
  const onView = call === null && draft.channel === 'on_view';
  return {
    incident: draft.incident,
    category: draft.category,
    priority: level,
    place: { lon, lat, label, kind },
    channel: call === null ? draft.channel : 'telephone',
    ...(call !== null && { call }),
    ...(onView && draft.unit && { unit: draft.unit }),
    answers: answersOf(draft, prompts),
    text: draft.notes.trim(),
  };
}

/** The call linked to an incident that is there already, with what its caller reports, if asked. */
export function linkCommand(
  draft: Draft,
  incident: string,
  call: string,
  vocabulary: Vocabulary | undefined,
  prompts: readonly Prompt[],
): CommandOf<'incident.link_call'> {
  if (!draft.category) return { incident, call };
  const { level } = priorityOf(draft, vocabulary, prompts);
  const answers = answersOf(draft, prompts);
  return { incident, call, category: draft.category, ...(level && { priority: level }), answers };
}

/** What is left of the notes when some were sent: what was typed on meanwhile. */
export function typedOn(notes: string, sent: string): string {
  return notes.trimStart().startsWith(sent)
    ? notes.trimStart().slice(sent.length).trimStart()
    : notes;
}

/** Puts a stock phrase where the cursor is, with the blanks it needs. */
export function insertPhrase(
  text: string,
  from: number,
  to: number,
  phrase: string,
): { text: string; cursor: number } {
  const before = text.slice(0, from);
  const after = text.slice(to);
  const gap = before === '' || /\s$/.test(before) ? '' : ' ';
  const inserted = `${gap}${phrase} `;
  return { text: before + inserted + after.trimStart(), cursor: before.length + inserted.length };
}
