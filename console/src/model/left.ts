/** What this browser keeps of a member's work in this room, and how it leaves with them. */
import { ofRoom } from '../api/room';

const LEFT = ofRoom('left');
const WHOSE = ofRoom('whose');
/** What was set about the screen stays: it says nothing of anybody. */
const STAYS = [LEFT, ofRoom('settings'), ofRoom('map'), ofRoom('zone')];
/** A window that is opened again after longer than this has nothing left. */
const REMEMBERED_MS = 7 * 86_400_000;

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

export interface Storages {
  /** Lives as long as a window, and comes back when the browser opens that window again. */
  window: Storage;
  /** Shared by all windows. */
  browser: Storage;
}

interface Claim {
  member: string;
  at_ms: number;
}

/** Null where storage is forbidden: then nothing was kept either. */
function storages(): Storages | null {
  try {
    return { window: sessionStorage, browser: localStorage };
  } catch {
    return null;
  }
}

/** Forgets drafts, and whatever else lies about a caller or a member; unsent actions are not here. */
function forget(storage: Storage): void {
  const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '');
  for (const key of keys)
    if (key.startsWith(ofRoom('')) && !STAYS.includes(key)) storage.removeItem(key);
}

function read<T>(storage: Storage, key: string): T | null {
  try {
    return JSON.parse(storage.getItem(key) ?? 'null') as T | null;
  } catch {
    return null;
  }
}

/** Whose window this is: also after the server has ended their session here. */
export function ownerOfWindow(all = storages()): string | null {
  return (all && read<Claim>(all.window, WHOSE)?.member) ?? null;
}

/** A member signs out. Windows that don't hear of it now, even closed ones, find it when they open. */
export function leaveWork(member: string, all = storages(), now_ms = Date.now()): void {
  if (!all) return;
  forget(all.window);
  forget(all.browser);
  const left = Object.entries(read<Record<string, number>>(all.browser, LEFT) ?? {});
  const recent = left.filter(([, at_ms]) => now_ms - at_ms < REMEMBERED_MS);
  const kept = Object.fromEntries([...recent, [member, now_ms]]);
  all.browser.setItem(LEFT, JSON.stringify(kept));
}

/** This page opens: what its window held of a member who has signed out since is forgotten. */
export function openWindow(all = storages(), now_ms = Date.now()): void {
  const claim = all && read<Claim>(all.window, WHOSE);
  if (!claim) return;
  const left_ms = read<Record<string, number>>(all.browser, LEFT)?.[claim.member] ?? 0;
  if (left_ms >= claim.at_ms || now_ms - claim.at_ms > REMEMBERED_MS) forget(all.window);
}

/** This window is a member's now; what another left here in any way is forgotten first. */
export function claimWindow(member: string, all = storages(), now_ms = Date.now()): void {
  if (!all) return;
  openWindow(all, now_ms);
  const claim = read<Claim>(all.window, WHOSE);
  if (claim && claim.member !== member) forget(all.window);
  all.window.setItem(WHOSE, JSON.stringify({ member, at_ms: now_ms } satisfies Claim));
}
