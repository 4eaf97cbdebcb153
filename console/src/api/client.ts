/** The typed client of the HTTP API: what went wrong is a value, never an exception. */
import { ROOM } from './room';
import type { Text } from './types';

export interface FieldProblem {
  field: string;
  message: string;
  /** The same in Chinese. */
  message_zh?: string;
}

export type Failure =
  | {
      kind: 'refused';
      refusal: string;
      params: Record<string, unknown>;
      message: Text;
      remedy: Text;
    }
  | { kind: 'denied'; because: Text | null }
  | { kind: 'invalid'; fields: FieldProblem[] }
  | { kind: 'signed_out' }
  | { kind: 'not_saved'; retry_ms: number; message: Text | null }
  | { kind: 'unreachable' }
  | { kind: 'not_found' }
  | { kind: 'unexpected'; status: number; message: Text | null };

export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure };

const TIMEOUT_MS = 10_000;

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

export function get<T>(path: string, signal?: AbortSignal): Promise<Result<T>> {
  return request<T>('GET', path, undefined, signal);
}

export function post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<Result<T>> {
  return request<T>('POST', path, body, signal);
}

export function remove<T>(path: string): Promise<Result<T>> {
  return request<T>('DELETE', path, undefined);
}

async function request<T>(
  method: string,
  path: string,
  body: unknown,
  signal?: AbortSignal,
  again = false,
): Promise<Result<T>> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  let data: unknown;
  try {
    response = await fetch(`/api${path}`, {
      method,
      credentials: 'same-origin',
      headers: {
        'X-Dutyroom-As': `${ROOM}/${isAboutSession(method, path) ? '' : encodeURIComponent(member)}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(method === 'GET' ? {} : { 'X-CSRFToken': csrfFromCookie() || csrf }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const text = await response.text();
    data = text && response.headers.get('Content-Type')?.includes('json') ? JSON.parse(text) : null;
  } catch {
    return { ok: false, failure: { kind: 'unreachable' } };
  }
  if (response.ok) return { ok: true, value: data as T };
  if (response.status === 403 && isStaleCsrf(data) && !again) {
    await renewCsrf();
    return request<T>(method, path, body, signal, true);
  }
  const failure = failureOf(response, data);
  if (failure.kind === 'signed_out') onSignedOut();
  return { ok: false, failure };
}

/** Reads the documented error bodies; anything else is `unexpected`. */
export function failureOf(response: Response, data: unknown): Failure {
  const body = (data ?? {}) as Record<string, unknown>;
  const message = (body['message'] as Text | undefined) ?? null;
  switch (response.status) {
    case 401:
      return { kind: 'signed_out' };
    case 403:
      return { kind: 'denied', because: (body['because'] as Text | undefined) ?? null };
    case 404:
      return { kind: 'not_found' };
    case 409:
      return {
        kind: 'refused',
        refusal: String(body['refusal'] ?? ''),
        params: (body['params'] ?? {}) as Record<string, unknown>,
        message: body['message'] as Text,
        remedy: body['remedy'] as Text,
      };
    case 422:
      return { kind: 'invalid', fields: (body['fields'] ?? []) as FieldProblem[] };
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
  const session = await request<{ csrf: string }>('GET', '/session', undefined);
  if (session.ok) useCsrf(session.value.csrf);
}

function csrfFromCookie(): string {
  const name = `csrf-${ROOM}=`;
  const found = document.cookie.split('; ').find((one) => one.startsWith(name));
  return found?.slice(name.length) ?? '';
}

/** Who is signed in is asked, and signed in, without being anybody. */
function isAboutSession(method: string, path: string): boolean {
  return path === '/session' && method !== 'DELETE';
}
