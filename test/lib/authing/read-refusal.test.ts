import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRefusal, readHttpRefusal } from '../../../lib/authing/read-refusal.ts';

/** The three places of a code, in the shapes of the older servers, of odd ones, and of newer ones. */
const shapes: Readonly<Record<string, (code: number, message: string) => unknown>> = {
  'an object': (code, message) => ({ errors: [{ message: { code, message, data: null } }], data: null }),
  'JSON inside a text': (code, message) => ({ errors: [{ message: JSON.stringify({ code, message }) }] }),
  'apiCode as text': (code, message) => ({
    errors: [{ message: { uniqueId: 'u', statusCode: 499, apiCode: String(code), message } }],
  }),
  REST: (code, message) => ({ code, message, data: null }),
  'newer REST': (code, message) => ({ statusCode: 499, apiCode: String(code), message, requestId: 'r' }),
};

describe.each(Object.entries(shapes))('a refusal as %s', (_name, shape) => {
  it.each([
    [1000, 'service_busy', undefined],
    [1001, 'no_permission', undefined],
    [1635, 'second_factor_needed', undefined],
    [2000, 'captcha_needed', 'login'],
    [2004, 'person_not_found', 'login'],
    [2005, 'person_locked', 'login'],
    [2006, 'wrong_password', 'password'],
    [2333, 'wrong_password', 'password'],
    [2011, 'app_not_found', 'clientId'],
    [2016, 'password_key_refused', 'publicKey'],
    [2020, 'needs_sign_in', undefined],
    [2206, 'needs_sign_in', undefined],
    [2207, 'needs_sign_in', undefined],
    [2026, 'already_taken', 'login'],
    [2034, 'already_taken', 'username'],
    [2027, 'no_password', 'password'],
    [2029, 'password_too_short', 'password'],
    [2031, 'sign_up_closed', undefined],
    [2100, 'too_many_requests', undefined],
    [2203, 'wrong_password', 'oldPassword'],
    [2224, 'user_pool_refused', 'poolId'],
  ])('%i is %s at %s', (code, meaning, field) => {
    expect(findRefusal(shape(code, 'words'))).toMatchObject({
      code: meaning,
      field,
      details: `${code} words`,
    });
  });

  it('shows the service’s own words of codes that are not in the table', () => {
    expect(findRefusal(shape(3829, 'sub-domain taken'))).toMatchObject({
      code: 'authing_refused',
      details: '3829 sub-domain taken',
    });
  });
});

it('reads GraphQL’s own faults, which are plain texts', () => {
  const body = { errors: [{ message: 'Cannot query field "x" on type "User".' }] };
  expect(findRefusal(body)).toMatchObject({ code: 'authing_refused', details: body.errors[0]?.message });
});

it.each([
  { data: { user: { id: '1', code: 2004 } } },
  { code: 200, message: 'OK', data: {} },
  { statusCode: 200, message: 'OK', data: {} },
  { errors: [], data: {} },
  [],
  null,
  'text',
])('takes %j for no refusal', (body) => {
  expect(findRefusal(body)).toBeUndefined();
});

it('never fails, whatever the body is', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (body) => {
      expect(() => findRefusal(body)).not.toThrow();
      expect(() => findRefusal({ errors: [{ message: body }] })).not.toThrow();
    }),
  );
});

describe('a refusal by status', () => {
  const read = (status: number, body: unknown) =>
    readHttpRefusal({ status, isJson: true, text: JSON.stringify(body) });

  it('means what its code says', () => {
    expect(read(401, { code: 2206, message: 'expired' })).toMatchObject({ code: 'needs_sign_in' });
    expect(read(499, { statusCode: 499, apiCode: '2005' })).toMatchObject({ code: 'person_locked' });
    expect(read(400, { errors: [{ message: 'Syntax Error' }] })).toMatchObject({ code: 'authing_refused' });
  });

  it('is left to the status where the code says nothing more, or the body is no JSON', () => {
    expect(read(503, { code: 503, message: 'unavailable' })).toBeUndefined();
    expect(read(429, { code: 429, message: 'slow down' })).toBeUndefined();
    expect(readHttpRefusal({ status: 404, isJson: false, text: '<html>' })).toBeUndefined();
  });
});
