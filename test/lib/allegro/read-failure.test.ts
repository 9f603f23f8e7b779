import { describe, expect, it } from 'vitest';
import { readFailure, readTokenFailure, type Refusal } from '../../../lib/allegro/read-failure.ts';

const token = `eyJhbGciOiJSUzI1NiJ9.${'planted'.repeat(40)}`;

function refusal(status: number, text: string, headers: Record<string, string> = {}): Refusal {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  const { error, error_description: description } = (body ?? {}) as Record<string, string | undefined>;
  const isJson = body !== undefined;
  return { status, text, isJson, error, description, headers: new Headers(headers), retryAfterMs: undefined };
}
const oauth = (status: number, error: string, description?: string) =>
  refusal(status, JSON.stringify({ error, error_description: description }));
const api = (status: number, error: object) =>
  refusal(status, JSON.stringify({ errors: [error] }), { 'trace-id': '4631702648f0524e' });

describe('the OAuth endpoints', () => {
  it.each([
    [oauth(400, 'invalid_grant', `Invalid refresh token: ${token}`), 'needs_sign_in'],
    [oauth(400, 'invalid_grant', `Invalid authorization code: ${token}`), 'allegro_code_late'],
    [oauth(400, 'invalid_grant', 'Redirect URI mismatch.'), 'callback_not_approved'],
    [oauth(401, 'Unauthorized', 'Unauthorized'), 'allegro_unauthorized'],
    [oauth(401, 'unauthorized', 'Full authentication is required'), 'app_settings'],
    [oauth(401, 'invalid_client', 'Client authentication failed'), 'app_settings'],
    [oauth(400, 'invalid_token', `Invalid refresh token (expired): ${token}`), 'needs_sign_in'],
    [oauth(400, 'unauthorized_client', 'OAuth 2.0 Parameter: client_id'), 'allegro_wrong_app_type'],
    [refusal(403, 'Invalid CORS request'), 'allegro_cors'],
    [refusal(403, ''), 'allegro_empty_answer'],
    [refusal(401, ' '), 'allegro_empty_answer'],
    [refusal(403, '<html><body>Please enable JS</body></html>'), 'allegro_blocked'],
    [refusal(200, '<!DOCTYPE html><title>blocked</title>'), 'allegro_blocked'],
    [refusal(302, ''), 'allegro_blocked'],
    [refusal(429, ''), 'too_many_requests'],
  ])('%o is %s, and its words stay here', (answer, code) => {
    const error = readTokenFailure(answer);
    expect(error?.code).toBe(code);
    expect(JSON.stringify(error)).not.toContain('planted');
    expect(error?.details).toBeUndefined();
  });

  it.each([refusal(503, '<html></html>'), refusal(500, ''), oauth(400, 'invalid_request', 'grant_type')])(
    'leaves the rest to the status (%o)',
    (answer) => {
      expect(readTokenFailure(answer)).toBeUndefined();
    },
  );

  it('waits a minute after too many requests, or as long as it is told', () => {
    expect(readTokenFailure(refusal(429, ''))?.retryAfterMs).toBe(60_000);
    expect(readTokenFailure({ ...refusal(429, ''), retryAfterMs: 5 })?.retryAfterMs).toBe(5);
  });
});

describe('the API', () => {
  it.each([
    [refusal(401, ''), 'needs_sign_in'],
    [refusal(403, ''), 'scope_missing'],
    [refusal(404, ''), 'allegro_not_found'],
    [refusal(422, ''), 'allegro_empty_answer'],
    [oauth(401, 'invalid_token', `Access token expired: ${token}`), 'needs_sign_in'],
    [api(403, { code: 'AccessDenied', message: 'Access is denied' }), 'scope_missing'],
    [api(403, { code: 'VerificationRequired', message: 'no' }), 'allegro_refused'],
    [api(404, { code: 'NotFoundException', message: 'Resource not found' }), 'allegro_not_found'],
    [api(429, { code: 'TooManyRequestsException' }), 'too_many_requests'],
    [api(500, { code: 'InternalServerError' }), 'service_error'],
  ])('%o is %s', (answer, code) => {
    expect(readFailure(answer)?.code).toBe(code);
  });

  it('hands on the text for people, the field, and the number that support asks for', () => {
    const error = readFailure(
      api(422, {
        code: 'VALIDATION_ERROR',
        message: 'The value is out of range',
        path: 'offset',
        userMessage: 'Niepoprawna wartość.',
        details: null,
      }),
    );
    expect(error).toMatchObject({
      code: 'allegro_refused',
      field: 'offset',
      params: { words: 'Niepoprawna wartość.' },
      details: 'VALIDATION_ERROR: The value is out of range\nTrace-Id: 4631702648f0524e',
    });
  });

  it('shows no number that is none', () => {
    const odd = { ...api(500, { code: 'X' }), headers: new Headers({ 'trace-id': '<b>x</b>' }) };
    expect(readFailure(odd)?.details).toBe('X: X');
  });
});
