/** What the service worker does with a request. Pure. */

export type Way = 'page' | 'file' | 'network';

const FILES = '/static/console/assets/';
/** Answers about people and incidents: they go past the worker, and are never kept. */
const NEVER_KEPT = ['/api/', '/static/'];

export interface Asked {
  method: string;
  mode: string;
  url: string;
}

/**
 * `page`: one of the console's addresses; `file`: a part of the build, whose name changes with what is in
 * it; `network`: everything else, which the worker doesn't touch.
 */
export function wayOf({ method, mode, url }: Asked, origin: string): Way {
  const { origin: host, pathname } = new URL(url);
  if (method !== 'GET' || host !== origin) return 'network';
  if (pathname.startsWith(FILES)) return 'file';
  if (mode === 'navigate' && !NEVER_KEPT.some((one) => pathname.startsWith(one))) return 'page';
  return 'network';
}

const PREFIX = 'dutyroom/';

/** The cache of one build for one room. */
export function cacheOf(room: string, build: string): string {
  return `${PREFIX}${room}/${build}`;
}

/**
 * Which caches go when a build takes over: those of other rooms, which had this address before, and all but
 * the last build of this one, since pages that are still open ask for its parts.
 */
export function outdated(names: readonly string[], room: string, now: string): string[] {
  const ours = names.filter((one) => one.startsWith(PREFIX));
  const earlier = ours.filter((one) => one.startsWith(`${PREFIX}${room}/`) && one !== now);
  const keep = [now, earlier.at(-1)];
  return ours.filter((one) => !keep.includes(one));
}
