/**
 * The service worker: an officer's page opens without a network. It keeps parts of the build and the
 * empty page, nothing of what the server says. Plain: it is built into one file of its own.
 */
import { cacheOf, outdated, wayOf } from './rules';

// The build fills these two in, the server the third; see vite.config.ts and `views.offline_worker`.
const FILES = '__DUTYROOM_FILES__';
const BUILD = '__DUTYROOM_BUILD__';
const ROOM = 'DUTYROOM_ROOM_ID';
const CACHE = cacheOf(ROOM, BUILD);
/** The address under which the empty page is kept; all pages of the console are this one. */
const PAGE = '/field';
/** A network that is there but gives no answer is none. */
const PATIENCE_MS = 4_000;

/** What is used of the worker's own interfaces; TypeScript knows either these or the page's. */
interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Worker {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listen: (event: Lasting) => void): void;
  addEventListener(type: 'fetch', listen: (event: Fetching) => void): void;
}
const worker = self as unknown as Worker;

worker.addEventListener('install', (event) => {
  event.waitUntil(fill().then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(tidy().then(() => worker.clients.claim()));
});

worker.addEventListener('fetch', (event) => {
  const way = wayOf(event.request, worker.location.origin);
  if (way === 'page') event.respondWith(page(event.request));
  else if (way === 'file') event.respondWith(file(event.request));
});

/** All or nothing: a page is never kept without its parts. */
async function fill(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES.split(' '));
  const fresh = await fetch(PAGE, { cache: 'no-store', credentials: 'omit' });
  if (!fresh.ok || !(await fresh.clone().text()).includes(`"${ROOM}"`))
    throw new Error('the page is of another room');
  await cache.put(PAGE, fresh);
}

async function tidy(): Promise<void> {
  const gone = outdated(await caches.keys(), ROOM, CACHE);
  await Promise.all(gone.map((name) => caches.delete(name)));
}

/** The server's page first: it may be a newer build's, or another room's. */
async function page(request: Request): Promise<Response> {
  const kept = async () => (await caches.open(CACHE)).match(PAGE);
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(request, { signal: timeout.signal });
    if (answer.status < 500) return answer;
    return (await kept()) ?? answer;
  } catch (error) {
    const found = await kept();
    if (found) return found;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** A name stands for what is in the file, whichever build kept it. */
async function file(request: Request): Promise<Response> {
  const found = await caches.match(request, { ignoreVary: true });
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok && answer.type === 'basic') {
    const cache = await caches.open(CACHE);
    await cache.put(request, answer.clone());
  }
  return answer;
}
