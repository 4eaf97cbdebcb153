/** The typed client of the HTTP API: what went wrong is a value, never an exception. */
import createClient, { type MaybeOptionalInit } from 'openapi-fetch';
import type {
  PathsWithMethod,
  RequiredKeysOf,
  SuccessResponseJSON,
} from 'openapi-typescript-helpers';
import { ROOM } from './room';
import type {
  DeniedAnswer,
  FieldProblem,
  InvalidAnswer,
  paths,
  RefusedAnswer,
  Text,
} from './schema';

export type { FieldProblem } from './schema';

export type Failure =
  | ({ kind: 'refused' } & RefusedAnswer)
  | { kind: 'denied'; because: Text | null }
  | { kind: 'invalid'; fields: FieldProblem[] }
  | { kind: 'signed_out' }
  | { kind: 'not_saved'; retry_ms: number; message: Text | null }
  | { kind: 'unreachable' }
  | { kind: 'not_found' }
  | { kind: 'unexpected'; status: number; message: Text | null };

export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure };

const TIMEOUT_MS = 10_000;
/** The server waits as long for the bytes. */
const UPLOAD_MS = 65_000;

let csrf = '';
let member = '';
let onSignedOut: () => void = () => {};

/** The session endpoint hands out the token that every change must carry. */
export function useCsrf(token: string): void {
  csrf = token;
}

/** Every request says as whom it is made: the cookies may be another member's by now. */
export function speakAs(id: string | null): void {
  member = id ?? '';
}

/** What to do when the server says that nobody is signed in (any more). */
export function whenSignedOut(handler: () => void): void {
  onSignedOut = handler;
}

const client = createClient<paths>({ baseUrl: globalThis.location?.origin ?? '', fetch: send });

type InitParam<I> = RequiredKeysOf<I> extends never ? [given?: I] : [given: I];
type Method = 'get' | 'post' | 'delete';
type With<P extends keyof paths, M extends Method> = InitParam<MaybeOptionalInit<paths[P], M>>;
/** What a path answers where it does what it was asked for. */
type Answer<P extends keyof paths, M extends Method> = SuccessResponseJSON<paths[P][M] & object>;

export function get<P extends PathsWithMethod<paths, 'get'>>(path: P, ...given: With<P, 'get'>) {
  return ask<Answer<P, 'get'>>(() => client.GET(path, ...(given as never)));
}

export function post<P extends PathsWithMethod<paths, 'post'>>(path: P, ...given: With<P, 'post'>) {
  return ask<Answer<P, 'post'>>(() => client.POST(path, ...(given as never)));
}

export function remove<P extends PathsWithMethod<paths, 'delete'>>(
  path: P,
  ...given: With<P, 'delete'>
) {
  return ask<Answer<P, 'delete'>>(() => client.DELETE(path, ...(given as never)));
}

/** Bytes as they are, however long that takes; `progress` is told what share has left. */
export function upload<T>(
  path: string,
  bytes: Blob,
  progress: (share: number) => void,
): Promise<Result<T>> {
  return ask<T>(() => sendBytes(path, bytes, progress));
}

/** Not by `fetch`, which doesn't say how far it has come. */
function sendBytes(path: string, bytes: Blob, progress: (share: number) => void): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const asked = new XMLHttpRequest();
    asked.open('POST', path);
    asked.timeout = UPLOAD_MS;
    asked.setRequestHeader('Content-Type', 'application/octet-stream');
    for (const [name, value] of Object.entries(headers(false))) asked.setRequestHeader(name, value);
    asked.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0);
    asked.onerror = asked.ontimeout = asked.onabort = () => reject(new Error('unreachable'));
    asked.onload = () => {
      // Too slow this time: the same may be sent again.
      if (asked.status === 408) return reject(new Error('too slow'));
      const retry = asked.getResponseHeader('Retry-After') ?? '1';
      const response = new Response(null, {
        status: asked.status,
        headers: { 'Retry-After': retry },
      });
      let said: unknown;
      try {
        said = JSON.parse(asked.responseText);
      } catch {
        said = undefined; // a proxy's page
      }
      resolve({ response, data: said, error: said });
    };
    asked.send(bytes);
  });
}

async function ask<T>(send: () => Promise<unknown>, again = false): Promise<Result<T>> {
  let answer: { response: Response; data?: T; error?: unknown };
  try {
    answer = (await send()) as typeof answer;
  } catch {
    return { ok: false, failure: { kind: 'unreachable' } };
  }
  const { response, data, error } = answer;
  if (response.ok) return { ok: true, value: data as T };
  if (response.status === 403 && isStaleCsrf(error) && !again) {
    await renewCsrf();
    return ask<T>(send, true);
  }
  const failure = failureOf(response, error);
  if (failure.kind === 'signed_out') onSignedOut();
  return { ok: false, failure };
}

const CSRF = 'X-CSRFToken';

function headers(asNobody: boolean): Record<string, string> {
  const as = asNobody ? '' : encodeURIComponent(member);
  return { 'X-Dutyroom-As': `${ROOM}/${as}`, [CSRF]: csrfFromCookie() || csrf };
}

/** Says for whom this page speaks, and waits no longer than a person does. */
function send(request: Request): Promise<Response> {
  const said = headers(isAboutSession(request));
  for (const [name, value] of Object.entries(said))
    if (name !== CSRF || request.method !== 'GET') request.headers.set(name, value);
  return fetch(request, {
    signal: AbortSignal.any([request.signal, AbortSignal.timeout(TIMEOUT_MS)]),
  });
}

/** Reads the declared error bodies; anything else is `unexpected`. */
export function failureOf(response: Response, body: unknown): Failure {
  const said = (body ?? {}) as Partial<
    RefusedAnswer & Omit<DeniedAnswer, 'error'> & Omit<InvalidAnswer, 'error'>
  >;
  const message = said.message ?? null;
  switch (response.status) {
    case 401:
      return { kind: 'signed_out' };
    case 403:
      return { kind: 'denied', because: said.because ?? null };
    case 404:
      return { kind: 'not_found' };
    case 409:
      return { kind: 'refused', ...(said as RefusedAnswer) };
    case 422:
      return { kind: 'invalid', fields: said.fields ?? [] };
    case 502:
    case 503:
    case 504:
      return {
        kind: 'not_saved',
        retry_ms: Number(response.headers.get('Retry-After') ?? '1') * 1000,
        message,
      };
    default:
      return { kind: 'unexpected', status: response.status, message };
  }
}

function isStaleCsrf(data: unknown): boolean {
  return (data as { error?: string } | null)?.error === 'csrf';
}

/** The token changes with every sign-in, perhaps in another window of this browser. */
async function renewCsrf(): Promise<void> {
  const session = await get('/api/session');
  if (session.ok) useCsrf(session.value.csrf);
}

function csrfFromCookie(): string {
  const name = `csrf-${ROOM}=`;
  const found = document.cookie.split('; ').find((one) => one.startsWith(name));
  return found?.slice(name.length) ?? '';
}

/** Who is signed in is asked, and signed in, without being anybody. */
function isAboutSession({ method, url }: Request): boolean {
  return new URL(url).pathname === '/api/session' && method !== 'DELETE';
}
