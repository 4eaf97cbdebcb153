import { describe, expect, it } from 'vitest';
import { failureOf } from './client';

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
