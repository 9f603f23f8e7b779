import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isTryLater } from '../../../lib/errors.ts';
import { readError, readPartialError } from '../../../lib/twitter/read-error.ts';

const codeOf = (status: number, body: unknown) =>
  readError({ status, text: typeof body === 'string' ? body : JSON.stringify(body) }).code;

describe('codes of version 1', () => {
  test.each([
    [32, 401, 'x_wrong_keys'],
    [64, 403, 'x_account_suspended'],
    [88, 429, 'too_many_requests'],
    [89, 401, 'needs_sign_in'],
    [89, 403, 'needs_sign_in'],
    [135, 401, 'x_clock'],
    [185, 403, 'x_daily_limit'],
    [186, 403, 'tweet_too_long'],
    [187, 403, 'tweet_duplicate'],
    [215, 400, 'x_wrong_keys'],
    [220, 403, 'x_access_level'],
    [226, 403, 'tweet_looks_automated'],
    [261, 403, 'x_app_read_only'],
    [326, 403, 'x_account_locked'],
    [416, 401, 'x_app_suspended'],
    [433, 403, 'x_reply_not_allowed'],
    [453, 403, 'x_access_level'],
    [12_345, 403, 'x_refused'],
  ])('%d with status %d is %s', (code, status, meaning) => {
    expect(codeOf(status, { errors: [{ code, message: 'Words.' }] })).toBe(meaning);
    expect(codeOf(status, { code, message: 'Words.' })).toBe(meaning);
    expect(codeOf(status, `<?xml version="1.0"?><errors><error code="${code}">Words.</error></errors>`)).toBe(
      meaning,
    );
  });
});

describe('problem details, with the old host, the new one, or none', () => {
  const types = [
    ['credits', 402, 'x_credits_depleted'],
    ['client-forbidden', 403, 'x_app_not_enrolled'],
    ['oauth1-permissions', 403, 'x_app_read_only'],
    ['unsupported-authentication', 403, 'x_access_level'],
    ['usage-capped', 429, 'x_daily_limit'],
    ['not-authorized-for-resource', 403, 'x_protected'],
    ['internal-error', 500, 'service_error'],
    ['disallowed-resource', 403, 'x_refused'],
  ] as const;
  test.each(types)('%s with status %d is %s', (type, status, meaning) => {
    for (const host of ['api.twitter.com', 'api.x.com'])
      expect(codeOf(status, { title: 'T', detail: 'D', type: `https://${host}/2/problems/${type}` })).toBe(
        meaning,
      );
  });

  test.each([
    [401, { title: 'Unauthorized', detail: 'Unauthorized' }, 'needs_sign_in'],
    [
      402,
      '{"account_id":1234567890123456789,"title":"CreditsDepleted","detail":"Your enrolled account [1] does not have any credits to fulfill this request."}',
      'x_credits_depleted',
    ],
    [402, {}, 'x_credits_depleted'],
    [
      403,
      { title: 'Forbidden', detail: 'You are not allowed to create a Tweet with duplicate content.' },
      'tweet_duplicate',
    ],
    [403, { title: 'Forbidden', detail: 'You are not permitted to perform this action.' }, 'x_refused'],
    [429, { title: 'Too Many Requests', detail: 'Too Many Requests' }, 'too_many_requests'],
    [503, { title: 'Service Unavailable', detail: 'Service Unavailable' }, 'service_error'],
  ])('%d %j is %s', (status, body, meaning) => {
    expect(codeOf(status, typeof body === 'string' ? body : { type: 'about:blank', status, ...body })).toBe(
      meaning,
    );
  });

  test('the words of an inner error are read too', () => {
    const body = {
      title: 'Invalid Request',
      detail: 'One or more parameters to your request was invalid.',
      type: 'https://api.x.com/2/problems/invalid-request',
      errors: [{ message: 'Your post text is too long.', parameters: { text: ['…'] } }],
    };
    expect(codeOf(400, body)).toBe('tweet_too_long');
  });
});

describe('other bodies', () => {
  test.each([
    [500, '<!DOCTYPE html><html></html>', 'service_busy'],
    [403, '<html></html>', 'bad_answer'],
    [401, '', 'needs_sign_in'],
    [429, '', 'too_many_requests'],
    [420, 'Enhance Your Calm', 'too_many_requests'],
    [403, '{"errors":[{"co', 'x_refused'],
    [400, '{"error":"Something"}', 'x_refused'],
    [400, '[]', 'bad_answer'],
  ])('%d %s is %s', (status, text, meaning) => {
    expect(codeOf(status, text)).toBe(meaning);
  });

  test('words are kept for Details, and the wait is passed on', () => {
    const text = '{"errors":[{"code":88,"message":"Rate limit exceeded"}]}';
    const error = readError({ status: 429, text, retryAfterMs: 1500 });
    expect(error).toMatchObject({ details: 'Rate limit exceeded', retryAfterMs: 1500 });
    expect(isTryLater(error)).toBe(true);
  });

  test('no body whatever breaks it, and Details stay short', () => {
    fc.assert(
      fc.property(fc.integer({ min: 400, max: 599 }), fc.oneof(fc.json(), fc.string()), (status, text) => {
        expect((readError({ status, text }).details ?? '').length).toBeLessThanOrEqual(2000);
      }),
    );
    expect(readError({ status: 400, text: 'long '.repeat(10_000) }).details).toHaveLength(2000);
  });
});

describe('an error within a good answer', () => {
  test.each([
    [
      { type: 'https://api.twitter.com/2/problems/resource-not-found', resource_type: 'user' },
      'user_not_found',
    ],
    [{ type: 'https://api.x.com/2/problems/resource-not-found', resource_type: 'tweet' }, 'tweet_not_found'],
    [{ type: 'https://api.x.com/2/problems/resource-not-found', resource_type: 'post' }, 'tweet_not_found'],
    [
      { type: 'https://api.x.com/2/problems/not-authorized-for-resource', resource_type: 'user' },
      'x_protected',
    ],
    [{ title: 'Odd' }, 'x_refused'],
    [null, 'x_refused'],
  ])('%j is %s', (entry, meaning) => {
    expect(readPartialError(entry).code).toBe(meaning);
  });
});
