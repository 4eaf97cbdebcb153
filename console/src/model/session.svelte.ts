/** Who is signed in, in which room. */
import { get, post, remove, useCsrf, type Result } from '../api/client';
import type { Member, Session } from '../api/types';
import { clock } from './clock.svelte';

class SessionStore {
  current = $state.raw<Session | null>(null);
  member = $derived<Member | null>(this.current?.member ?? null);
  #verbs = $derived(new Set(this.member?.verbs ?? []));

  /** May this person's role do this at all? The server decides each case again. */
  may(verb: string): boolean {
    return this.#verbs.has(verb);
  }

  async load(): Promise<Result<Session>> {
    return this.#take(await get<Session>('/session'));
  }

  async signIn(name: string, password: string): Promise<Result<Session>> {
    return this.#take(await post<Session>('/session', { name, password }));
  }

  async signOut(): Promise<void> {
    await remove('/session');
    await this.load();
  }

  forget(): void {
    if (this.current) this.current = { ...this.current, signed_in: false, member: null };
  }

  #take(result: Result<Session>): Result<Session> {
    if (result.ok) {
      this.current = result.value;
      useCsrf(result.value.csrf);
      clock.sync(result.value.server_time_ms);
    }
    return result;
  }
}

export const session = new SessionStore();
