import { describe, expect, it } from 'vitest';
import { AppError, type ErrorCode, isTryLater } from '../../../lib/errors.ts';
import { readAnswer, readFailure, readRetryAfter, toFailureError } from '../../../lib/oauth/read-answer.ts';
import type { Failure } from '../../../lib/providers/provider.ts';

const now = Date.UTC(2026, 10, 21, 12);

describe('an answer', () => {
  it.each([
    ['JSON', '{"a":1}', true, { a: 1 }],
    ['JSON that is no object', 'null', true, null],
    ['an HTML page', '<html>502 Bad Gateway</html>', false, undefined],
    ['nothing', '', false, undefined],
    ['half a JSON', '{"access_token":"abc', false, undefined],
    ['plain text', 'SteemAPI request failed', false, undefined],
    ['lists in lists without end', '['.repeat(100_000), false, undefined],
    ['more levels than anybody sends', `${'['.repeat(201)}${']'.repeat(201)}`, false, undefined],
    ['a text full of brackets', JSON.stringify('["'.repeat(300)), true, '["'.repeat(300)],
  ] as const)('of %s is read', async (_name, text, isJson, body) => {
    // Whatever it calls itself: services send JSON as text and HTML as JSON.
    const response = new Response(text, { status: 502, headers: { 'content-type': 'text/plain' } });
    expect(await readAnswer(response, now)).toMatchObject({
      status: 502,
      isJson,
      body,
      retryAfterMs: undefined,
    });
  });

  it('whose body breaks off is a network failure', async () => {
    const broken = new ReadableStream({
      start: (stream) => {
        stream.enqueue(new TextEncoder().encode('{"a"'));
        stream.error(new TypeError('terminated'));
      },
    });
    await expect(readAnswer(new Response(broken), now)).rejects.toMatchObject({ code: 'network' });
  });

  it('carries the wait that the service asks for', async () => {
    const response = new Response('', { status: 429, headers: { 'retry-after': '30' } });
    expect(await readAnswer(response, now)).toMatchObject({ retryAfterMs: 30_000 });
  });
});

it.each([
  ['120', 120_000],
  [' 7 ', 7000],
  ['0', 0],
  ['Sat, 21 Nov 2026 12:00:30 GMT', 30_000],
  ['Sat, 21 Nov 2026 11:59:00 GMT', 0],
  ['soon', undefined],
  ['', undefined],
  ['  ', undefined],
  ['Infinity', undefined],
  ['1e400', undefined],
  [null, undefined],
])('Retry-After %j means %j ms', (header, expected) => {
  expect(readRetryAfter(header, now)).toBe(expected);
});

describe('a failure', () => {
  const headers = new Headers();
  const failureOf = (body: unknown, secrets: string[] = []) =>
    readFailure(
      { status: 401, isJson: true, body, text: JSON.stringify(body), retryAfterMs: undefined, headers },
      secrets,
    );

  it.each([[null], ['text'], [1], [[]], [{ error: 1, error_description: { an: 'object' } }]])(
    'of a body like %j has no words',
    (body) => {
      expect(failureOf(body)).toMatchObject({ error: undefined, description: undefined });
    },
  );

  it('BCP 38: never repeats what we sent', () => {
    const body = { error: 'x', error_description: 'bad token PLANTED-TOKEN, secret PLANTED-SECRET.' };
    expect(failureOf(body, ['PLANTED-TOKEN', 'PLANTED-SECRET', '', 'bad']).description).toBe(
      'bad token •••, secret •••.',
    );
  });

  it('is no novel', () => {
    expect(failureOf({ error_description: 'a'.repeat(100_000) }).description).toHaveLength(2000);
  });
});

describe('what a failure means without a table of the service', () => {
  const base: Failure = {
    status: 401,
    error: undefined,
    description: undefined,
    retryAfterMs: undefined,
    isJson: true,
    text: '',
    headers: new Headers(),
  };
  it.each([
    [{ status: 429 }, 'too_many_requests'],
    [{ status: 429, error: 'invalid_grant' }, 'too_many_requests'],
    [{ status: 429, isJson: false }, 'too_many_requests'],
    [{ status: 500, isJson: false }, 'service_busy'],
    [{ status: 502, isJson: false }, 'service_busy'],
    [{ status: 500, error: 'server_error' }, 'service_error'],
    [{ status: 503, error: 'invalid_grant' }, 'service_error'],
    [{ status: 401, isJson: false }, 'bad_answer'],
    [{ status: 403, isJson: false }, 'bad_answer'],
    [{ status: 200, isJson: false }, 'bad_answer'],
    [{ status: 400, error: 'invalid_grant' }, 'needs_sign_in'],
    [{ status: 400, error: 'invalid_scope' }, 'scope_missing'],
    [{ status: 401, error: 'invalid_client' }, 'app_settings'],
    [{ status: 400, error: 'unauthorized_client' }, 'app_settings'],
    [{ status: 401 }, 'needs_sign_in'],
    [{ status: 400, error: 'invalid_request' }, 'service_error'],
    [{ status: 404 }, 'service_error'],
  ] satisfies [Partial<Failure>, ErrorCode][])('%j is %s', (changes, code) => {
    expect(toFailureError({ ...base, ...changes }).code).toBe(code);
  });

  it('keeps the words and the wait', () => {
    const error = toFailureError({ ...base, status: 429, description: 'slow down', retryAfterMs: 5000 });
    expect(error).toMatchObject({ details: 'slow down', retryAfterMs: 5000 });
  });

  it('is definite only in three cases', () => {
    expect(isTryLater(new AppError('bad_answer'))).toBe(true);
    for (const status of [408, 429, 500, 501, 502, 503, 504, 520])
      for (const isJson of [true, false])
        expect(isTryLater(toFailureError({ ...base, status, isJson })), `${status} ${isJson}`).toBe(true);
  });
});
