/** Who is signed in, in which room. */
import { get, post, remove, speakAs, useCsrf, type Result } from '../api/client';
import type { Member, Session } from '../api/types';
import { clock } from './clock.svelte';
import { claimWindow } from './left';
import { recalled, remember } from './remembered';

class SessionStore {
  current = $state.raw<Session | null>(null);
  member = $derived<Member | null>(this.current?.member ?? null);
  #verbs = $derived(new Set(this.member?.verbs ?? []));
  /** What to do when this page is no longer the member's. */
  onturnedaway: () => void = () => {};

  /** May this person's role do this at all? The server decides each case again. */
  may(verb: string): boolean {
    return this.#verbs.has(verb);
  }

  /** Goes on as the officer whose telephone this is, until the server says otherwise. */
  recall(): boolean {
    const found = recalled();
    if (!found) return false;
    const server_time_ms = Date.now() + found.offset_ms;
    const { member, room } = found;
    this.#begin({ signed_in: true, member, room, csrf: '', server_time_ms, demo_logins: [] });
    return true;
  }

  async load(): Promise<Result<Session>> {
    return this.#take(await get('/api/session'));
  }

  async signIn(name: string, password: string): Promise<Result<Session>> {
    return this.#take(await post('/api/session', { body: { name, password } }));
  }

  async signOut(): Promise<Result<Session>> {
    return await remove('/api/session');
  }

  #take(result: Result<Session>): Result<Session> {
    if (!result.ok) return result;
    remember(result.value);
    const before = this.member;
    const now = result.value.member;
    // Another member, another role, or nobody: nothing of this page is theirs.
    if (before && (before.id !== now?.id || before.role !== now.role)) this.onturnedaway();
    else this.#begin(result.value);
    return result;
  }

  #begin(session: Session): void {
    speakAs(session.member?.id ?? null);
    if (session.member) claimWindow(session.member.id);
    useCsrf(session.csrf);
    clock.sync(session.server_time_ms);
    this.current = session;
  }
}

export const session = new SessionStore();
