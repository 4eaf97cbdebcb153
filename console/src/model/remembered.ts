/**
 * Whose telephone this is, so that its page opens without a network: the emergency button must not
 * wait for a server. Kept from sign-in to sign-out; the server decides anew about all that is sent.
 */
import { ofRoom } from '../api/room';
import type { Member, Session } from '../api/types';

const STORE = ofRoom('member');

export interface Remembered {
  member: Member;
  room: Session['room'];
  /** Server time less this device's, in ms. */
  offset_ms: number;
}

export function remember(session: Session): void {
  try {
    if (session.member?.start !== '/field') return localStorage.removeItem(STORE);
    const kept: Remembered = {
      member: session.member,
      room: session.room,
      offset_ms: session.server_time_ms - Date.now(),
    };
    localStorage.setItem(STORE, JSON.stringify(kept));
  } catch {
    // Without storage the page opens with a network only.
  }
}

export function recalled(): Remembered | null {
  try {
    const found = JSON.parse(localStorage.getItem(STORE) ?? 'null') as Remembered | null;
    // Members once had one name for both languages.
    const name: unknown = found?.member.name;
    if (found && typeof name === 'string') found.member.name = { en: name, zh: name };
    return found;
  } catch {
    return null;
  }
}
