import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Session } from './schema';

vi.stubGlobal('location', { origin: 'http://room.test' });
vi.stubGlobal('document', { cookie: '', querySelector: () => null });
const { failureOf, get, post, speakAs, useCsrf, whenSignedOut } = await import('./client');

const failure = (status: number, body: unknown = null, headers: Record<string, string> = {}) =>
  failureOf(new Response(null, { status, headers }), body);

describe('what went wrong', () => {
  it('is a refusal with its message and remedy', () => {
    const message = { en: 'P12 is on 4829-3174.', zh: '…' };
    expect(
      failure(409, { refusal: 'UnitAlreadyCommitted', params: {}, message, remedy: message }),
    ).toMatchObject({ kind: 'refused', refusal: 'UnitAlreadyCommitted', message });
  });

  it('says when to try again where nothing was saved', () => {
    expect(failure(503, null, { 'Retry-After': '3' })).toMatchObject({
      kind: 'not_saved',
      retry_ms: 3000,
    });
  });

  it('has a kind for every answer', () => {
    const kinds = [401, 403, 404, 422, 502, 500].map((status) => failure(status).kind);
    expect(kinds).toEqual([
      'signed_out',
      'denied',
      'not_found',
      'invalid',
      'not_saved',
      'unexpected',
    ]);
  });
});

describe('a request', () => {
  let asked: Request[] = [];
  let answers: (() => Response | Promise<Response>)[] = [];
  const json = (status: number, body: unknown) => () => Response.json(body, { status });
  const sign_in = { body: { name: 'd', password: 'p' } };

  beforeEach(() => {
    asked = [];
    answers = [];
    useCsrf('token');
    speakAs('Wang/2');
    vi.stubGlobal('fetch', async (request: Request) => {
      asked.push(request);
      return answers.shift()!();
    });
  });

  it('goes where it says, as whom the page believes to be, and with its token', async () => {
    answers = [json(200, { entries: [] }), json(200, {})];
    const incident = 'a b/c';
    await get('/api/readings/incidents/{incident}', { params: { path: { incident } } });
    await post('/api/readings/places', { body: { incidents: ['x'] } });
    const [read, sent] = asked;
    expect(read!.url).toBe('http://room.test/api/readings/incidents/a%20b%2Fc');
    expect(read!.headers.get('X-Dutyroom-As')).toBe('/Wang%2F2');
    expect(read!.headers.get('X-CSRFToken')).toBeNull();
    expect(sent!.headers.get('X-CSRFToken')).toBe('token');
    expect(sent!.headers.get('Content-Type')).toBe('application/json');
    expect(await sent!.json()).toEqual({ incidents: ['x'] });
  });

  it('signs in without being anybody', async () => {
    answers = [json(200, {})];
    await post('/api/session', sign_in);
    expect(asked[0]!.headers.get('X-Dutyroom-As')).toBe('/');
  });

  it('is sent once more, whole, with a new token where the old one was stale', async () => {
    const stale = json(403, { error: 'csrf', why: '' });
    answers = [stale, json(200, { csrf: 'new' } as Session), json(200, { signed_in: true })];
    const result = await post('/api/session', sign_in);
    expect(result).toEqual({ ok: true, value: { signed_in: true } });
    expect(asked.map((one) => one.method)).toEqual(['POST', 'GET', 'POST']);
    expect(asked[2]!.headers.get('X-CSRFToken')).toBe('new');
    expect(await asked[2]!.json()).toEqual(sign_in.body);

    answers = [stale, json(200, { csrf: 'newer' }), stale];
    expect(await post('/api/session', sign_in)).toMatchObject({ failure: { kind: 'denied' } });
  });

  it('is unreachable without a network, or where somebody else answers', async () => {
    const page = () => new Response('<html>', { headers: { 'Content-Type': 'text/html' } });
    for (const answer of [() => Promise.reject(new TypeError('no network')), page]) {
      answers = [answer];
      expect(await get('/api/board')).toEqual({ ok: false, failure: { kind: 'unreachable' } });
    }
  });

  it('says what stands in the way, and that nobody is signed in', async () => {
    const text = { en: 'No.', zh: '不。' };
    const refused = { refusal: 'X', params: { unit: 'P1' }, message: text, remedy: text };
    answers = [json(409, refused), json(502, 'no gateway'), json(401, { error: 'not_signed_in' })];
    const out = vi.fn();
    whenSignedOut(out);
    expect(await get('/api/board')).toEqual({
      ok: false,
      failure: { kind: 'refused', ...refused },
    });
    expect(await get('/api/board')).toMatchObject({
      failure: { kind: 'not_saved', message: null },
    });
    expect(out).not.toHaveBeenCalled();
    expect(await get('/api/board')).toEqual({ ok: false, failure: { kind: 'signed_out' } });
    expect(out).toHaveBeenCalledOnce();
  });
});
