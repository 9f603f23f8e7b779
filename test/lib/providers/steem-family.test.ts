import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../lib/errors.ts';
import { hivesigner } from '../../../lib/providers/hivesigner.ts';
import type { Failure } from '../../../lib/providers/provider.ts';
import { steemconnect } from '../../../lib/providers/steemconnect.ts';
import { steemlogin } from '../../../lib/providers/steemlogin.ts';

it.each([steemlogin, hivesigner, steemconnect].map((member) => [member.id, member] as const))(
  '%s has https bases without a slash at the end and asks for a refresh token with a secret',
  (_id, { bases, scope, endpoints, revokePage }) => {
    for (const base of [bases.auth, bases.api]) expect(base).toMatch(/^https:\/\/[a-z.]+$/);
    expect(scope({ responseType: 'code', allow: [] })).toContain('offline');
    expect(scope({ responseType: 'token', allow: [] })).not.toContain('offline');
    expect(new URL(endpoints(bases).authorization).origin).toBe(bases.auth);
    expect(new URL(endpoints(bases).token).origin).toBe(bases.api);
    expect(revokePage?.(bases, 'a/b')).toContain('a%2Fb');
  },
);

/** Every row of the family's error table that a token or a look-up can meet. */
describe('the meaning of a refusal', () => {
  it.each([
    ['invalid_grant', 'The token has invalid role', 'needs_sign_in'],
    ['invalid_grant', 'The access_token has been revoked', 'needs_sign_in'],
    ['invalid_grant', 'The code or secret is not valid', 'app_settings'],
    ['unauthorized_access', 'The IP 192.0.2.1 is not authorized', 'app_settings'],
    ['application_disabled', 'This application has been disabled by SteemConnect', 'app_settings'],
    [
      'invalid_scope',
      'The access_token scope does not allow the following operation(s): vote, comment',
      'scope_missing',
    ],
    [
      'unauthorized_client',
      'This access_token allow you to broadcast transaction only for the account @bob',
      'sign_in_refused',
    ],
    [
      'unauthorized_client',
      "The app @latchkey.app doesn't have permission to broadcast for @bob",
      'app_not_authorised',
    ],
    [
      'unauthorized_client',
      "Broadcaster account doesn't have permission to broadcast for @latchkey.app",
      'app_settings',
    ],
    ['unauthorized_client', 'The app @latchkey.app or user @bob account failed to load', 'service_busy'],
  ] satisfies [string, string, ErrorCode][])('%s, %j is %s', (error, description, code) => {
    const failure: Failure = {
      status: 401,
      isJson: true,
      text: '',
      headers: new Headers(),
      retryAfterMs: undefined,
      error,
      description,
    };
    expect(steemlogin.readFailure?.(failure)).toMatchObject({ code, details: description });
  });

  it('names the app and the person where the person took the right away', () => {
    const description = "The app @latchkey.app doesn't have permission to broadcast for @bob";
    const failure = {
      status: 401,
      isJson: true,
      text: '',
      headers: new Headers(),
      retryAfterMs: undefined,
      error: 'unauthorized_client',
      description,
    };
    expect(steemlogin.readFailure?.(failure)?.params).toEqual({ app: 'latchkey.app', name: 'bob' });
  });

  it.each([
    [500, 'server_error', 'You have already voted in a similar way.'],
    [501, 'server_error', 'Request to Steemd API failed'],
    [503, 'invalid_grant', 'The token has invalid role'],
    [429, 'invalid_grant', undefined],
    [400, 'invalid_request', 'User metadata must be an object'],
    [401, undefined, undefined],
  ])('is left to the engine for %i %s', (status, error, description) => {
    const failure: Failure = {
      status,
      isJson: true,
      text: '',
      headers: new Headers(),
      retryAfterMs: undefined,
      error,
      description,
    };
    expect(steemlogin.readFailure?.(failure)).toBeUndefined();
  });
});

describe('who a token belongs to', () => {
  it.each([
    [{ user: 'bob', _id: 'bob', name: 'bob', account: {}, scope: ['vote'], user_metadata: null }, ['vote']],
    [{ name: 'bob', scope: null }, []],
    [{ name: 'bob' }, []],
  ])('is read from %j', (body, scopes) => {
    expect(steemlogin.readIdentity(body)).toEqual({ id: 'bob', name: 'bob', scopes });
  });

  it.each([[null], [{}], [{ name: 5 }], ['bob'], [{ name: 'bob', scope: 'vote' }]])(
    'is not read from %j',
    (body) => {
      expect(() => steemlogin.readIdentity(body)).toThrow(
        expect.objectContaining({ code: 'bad_answer' }) as Error,
      );
    },
  );
});

describe('the client inside a token', () => {
  const encode = (value: unknown) =>
    btoa(typeof value === 'string' ? value : JSON.stringify(value))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '.');
  it('is found in a token of the signature generation', () => {
    for (const app of ['latchkey.app', 'a', 'ab', 'abc'])
      expect(
        steemlogin.findTokenClient?.(encode({ signed_message: { type: 'posting', app }, authors: ['bob'] })),
      ).toBe(app);
  });
  it.each(['', 'e30.e30.x', encode('{}'), encode('no json'), encode({ signed_message: {} }), '…'])(
    'is not known of %j',
    (token) => {
      expect(steemlogin.findTokenClient?.(token)).toBeUndefined();
    },
  );
});

it('adds the token type that answers lack, and only that', () => {
  expect(steemlogin.conformToken?.({ access_token: 'T' })).toEqual({
    access_token: 'T',
    token_type: 'bearer',
  });
  expect(steemlogin.conformToken?.({ token_type: 'mac' })).toEqual({ token_type: 'mac' });
  expect(steemlogin.conformToken?.(null)).toBeNull();
  expect(steemlogin.conformToken?.('text')).toBe('text');
});
