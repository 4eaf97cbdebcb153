/**
 * The notices that stand, and what they say. Rows come with the board; texts are read once each, since
 * every reading is written down.
 */
import { SvelteMap } from 'svelte/reactivity';
import { get } from '../api/client';
import type { NoticeRow } from '../api/schema';
import { board } from '../model/board.svelte';
import { clock } from '../model/clock.svelte';
import { session } from '../model/session.svelte';

/** Does what is of an organisation concern a member of another? One holds the other, as on the server. */
export function concerns(org: string, member: string): boolean {
  const within = (path: string, of: string) => !of || path === of || path.startsWith(`${of}/`);
  return within(org, member) || within(member, org);
}

/** Does it stand now? Nobody ends it: it ends by itself. */
export function stands(row: NoticeRow, now_ms: number): boolean {
  return row.state === 'posted' && row.until_ms > now_ms;
}

/** Those that stand, the most urgent and the first to be answered before the others. */
export function inOrder(rows: Iterable<NoticeRow>, now_ms: number): NoticeRow[] {
  return [...rows]
    .filter((row) => stands(row, now_ms))
    .sort(
      (a, b) =>
        Number(b.priority === 'urgent') - Number(a.priority === 'urgent') ||
        (a.due_ms ?? a.until_ms) - (b.due_ms ?? b.until_ms) ||
        (a.id < b.id ? -1 : 1),
    );
}

class Notices {
  readonly #rows = board.table('notices');
  readonly texts = new SvelteMap<string, string | null>();
  #asked = new Set<string>();

  /** All that were seen since the page was opened, also those that have ended. */
  known = $derived([...this.#rows.values()].filter((row) => this.#isMine(row)));
  standing = $derived(inOrder(this.known, clock.now_ms));
  /** Those that have begun and that the one who is signed in has neither posted nor answered. */
  unanswered = $derived(
    (session.may('notice.acknowledge') ? this.standing : []).filter(
      (row) =>
        row.from_ms <= clock.now_ms &&
        row.by !== this.#me() &&
        !row.acknowledged.includes(this.#me()),
    ),
  );

  /** What it says; empty while it isn't known yet, or its key was erased. */
  text(id: string): string {
    return this.texts.get(id) ?? '';
  }

  /** Reads what isn't known yet. */
  async read(): Promise<void> {
    const wanted = this.standing.filter((row) => !this.#asked.has(row.id));
    if (!wanted.length || !session.may('notice.acknowledge')) return;
    for (const row of wanted) this.#asked.add(row.id);
    const result = await get('/api/readings/notices');
    if (!result.ok) {
      // Asked again with the next row that comes.
      for (const row of wanted) this.#asked.delete(row.id);
      return;
    }
    for (const { row, text } of result.value.notices) this.texts.set(row.id, text);
  }

  #me(): string {
    return session.member?.id ?? '';
  }

  #isMine(row: NoticeRow): boolean {
    return row.by === this.#me() || concerns(row.org, session.member?.org ?? '');
  }
}

export const notices = new Notices();
