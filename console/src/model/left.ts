/** What this browser keeps of a member's work in this room, and how it leaves with them. */
import { ofRoom } from '../api/room';

/** What was set about the screen stays: it says nothing of anybody. */
const STAYS = [ofRoom('settings'), ofRoom('map')];
const WHOSE = ofRoom('whose');

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

function storages(): Storage[] {
  try {
    return [sessionStorage, localStorage];
  } catch {
    return []; // Storage may be forbidden: then nothing was kept either.
  }
}

/** Forgets drafts, and whatever else lies about a caller or a member; unsent actions are not here. */
export function forgetWork(all: Storage[] = storages()): void {
  for (const storage of all) {
    const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '');
    for (const key of keys)
      if (key.startsWith(ofRoom('')) && !STAYS.includes(key)) storage.removeItem(key);
  }
}

/** This window is a member's now; what another left here in any way is forgotten first. */
export function claimWindow(member: string, all: Storage[] = storages()): void {
  const window = all[0];
  if (!window || window.getItem(WHOSE) === member) return;
  const found = window.getItem(WHOSE);
  if (found !== null) forgetWork([window]);
  window.setItem(WHOSE, member);
}
