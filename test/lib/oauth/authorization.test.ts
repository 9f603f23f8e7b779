import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../lib/errors.ts';
import { buildAuthorizationUrl, readCallback } from '../../../lib/oauth/authorization.ts';

const redirectUrl = 'https://abc.chromiumapp.org/steemlogin';
const state = 'state0123456789';
const read = (address: string) => readCallback(address, redirectUrl, state);

it('builds the address that the person is sent to', () => {
  const url = new URL(
    buildAuthorizationUrl({
      endpoint: 'https://steemlogin.com/oauth2/authorize',
      clientId: 'my app&x=1',
      redirectUrl,
      responseType: 'code',
      scope: 'vote,offline',
      state,
    }),
  );
  expect(`${url.origin}${url.pathname}`).toBe('https://steemlogin.com/oauth2/authorize');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: 'my app&x=1',
    redirect_uri: redirectUrl,
    response_type: 'code',
    scope: 'vote,offline',
    state,
  });
});

describe('a callback', () => {
  it.each([
    ['code=C&username=bob', { code: 'C', username: 'bob' }],
    ['code=C', { code: 'C' }],
    [
      'access_token=T&expires_in=604800&username=bob',
      { accessToken: 'T', expiresInSeconds: 604800, username: 'bob' },
    ],
    ['access_token=T', { accessToken: 'T' }],
    ['access_token=T&code=', { accessToken: 'T' }],
    ['code=C&access_token=', { code: 'C' }],
    ['code=C&username=', { code: 'C' }],
    ['access_token=T&expires_in=0', { accessToken: 'T' }],
    ['access_token=T&expires_in=-5', { accessToken: 'T' }],
    ['access_token=T&expires_in=', { accessToken: 'T' }],
    ['access_token=T&expires_in=soon', { accessToken: 'T' }],
    ['access_token=T&expires_in=Infinity', { accessToken: 'T' }],
    ['code=C&unknown=1&unknown=2', { code: 'C' }],
    ['code=C%2B%2F%3D', { code: 'C+/=' }],
  ])('with %s is read', (query, expected) => {
    expect(read(`${redirectUrl}?${query}&state=${state}`)).toEqual(expected);
  });

  it.each([
    ['no address', 'not an address'],
    ['an empty one', ''],
    ['another origin', `https://evil.example/steemlogin?code=C&state=${state}`],
    ['a look-alike origin', `https://abc.chromiumapp.org.evil.example/steemlogin?code=C&state=${state}`],
    ['another scheme', `http://abc.chromiumapp.org/steemlogin?code=C&state=${state}`],
    ['another port', `https://abc.chromiumapp.org:8443/steemlogin?code=C&state=${state}`],
    ['another provider’s path', `https://abc.chromiumapp.org/hivesigner?code=C&state=${state}`],
    ['a longer path', `${redirectUrl}/more?code=C&state=${state}`],
    ['another state', `${redirectUrl}?code=C&state=other`],
    ['a longer state', `${redirectUrl}?code=C&state=${state}x`],
    ['an empty state', `${redirectUrl}?code=C&state=`],
    ['no state', `${redirectUrl}?code=C`],
    ['two states', `${redirectUrl}?code=C&state=${state}&state=${state}`],
    ['two codes', `${redirectUrl}?code=C&code=D&state=${state}`],
    ['two tokens', `${redirectUrl}?access_token=C&access_token=D&state=${state}`],
    ['two user names', `${redirectUrl}?code=C&username=bob&username=carol&state=${state}`],
    ['everything in the fragment', `${redirectUrl}#access_token=T&state=${state}`],
    ['an error with another state', `${redirectUrl}?error=access_denied&state=other`],
  ])('BCP 12: with %s is not ours', (_name, address) => {
    expect(() => read(address)).toThrow(expect.objectContaining({ code: 'answer_not_ours' }) as Error);
  });

  it.each([
    ['neither code nor token', ''],
    ['an empty code', 'code='],
    ['both', 'code=C&access_token=T'],
  ])('with %s is a bad answer', (_name, query) => {
    expect(() => read(`${redirectUrl}?${query}&state=${state}`)).toThrow(
      expect.objectContaining({ code: 'bad_answer' }) as Error,
    );
  });

  it.each([
    ['error=access_denied&state=' + state, 'cancelled', 'access_denied: '],
    ['error=server_error&error_description=Down&state=' + state, 'sign_in_refused', 'server_error: Down'],
    ['error=x&code=C&state=' + state, 'sign_in_refused', 'x: '],
    // SteemConnect v2 leaves state out when its own call fails.
    [
      'error=invalid_grant&error_description=The%20token%20has%20invalid%20role',
      'sign_in_refused',
      'invalid_grant: The token has invalid role',
    ],
  ])('with %s is %s', (query, code, details) => {
    expect(() => read(`${redirectUrl}?${query}`)).toThrow(
      expect.objectContaining({ code, details }) as Error,
    );
  });

  it.each(['login_required', 'consent_required', 'interaction_required', 'account_selection_required'])(
    'with %s wants the person',
    (error) => {
      expect(() => read(`${redirectUrl}?error=${error}&state=${state}`)).toThrow(
        expect.objectContaining({ code: 'needs_sign_in' }) as Error,
      );
    },
  );

  it.each([
    ['iss=https%3A%2F%2Fid.example', true, true],
    ['iss=https%3A%2F%2Fid.example', false, true],
    ['', false, true],
    ['', true, false],
    ['iss=', false, false],
    ['iss=https%3A%2F%2Fid.example%2F', false, false],
    ['iss=https%3A%2F%2Fevil.example', false, false],
    ['iss=https%3A%2F%2Fevil.example&error=access_denied', false, false],
  ])('BCP 15: with %j, where its issuer is always told: %s, is ours: %s', (query, isAlwaysTold, isOurs) => {
    const address = `${redirectUrl}?code=C&state=${state}&${query}`;
    const readIt = () =>
      readCallback(address, redirectUrl, state, { issuer: 'https://id.example', isAlwaysTold });
    if (isOurs) expect(readIt()).toEqual({ code: 'C' });
    else expect(readIt).toThrow(expect.objectContaining({ code: 'answer_not_ours' }) as Error);
  });

  it('keeps a long error short', () => {
    const address = `${redirectUrl}?error=x&error_description=${'a'.repeat(9999)}&state=${state}`;
    const length = 300;
    expect(() => read(address)).toThrow(
      expect.objectContaining({ details: expect.stringMatching(`^.{${length}}$`) as string }) as Error,
    );
  });

  it('of any shape gives a grant or one of our errors', () => {
    const name = fc.constantFrom('state', 'code', 'access_token', 'error', 'username', 'expires_in', 'iss');
    const value = fc.oneof(fc.constant(state), fc.string({ unit: 'binary' }), fc.constant(''));
    const query = fc
      .array(fc.tuple(fc.oneof(name, fc.string()), value))
      .map((pairs) => new URLSearchParams(pairs).toString());
    const base = fc.constantFrom(redirectUrl, 'https://evil.example/', 'x:', '');
    const mark = fc.constantFrom('?', '#', '');
    const address = fc.oneof(
      fc.string(),
      fc.tuple(base, mark, query).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(address, (text) => {
        try {
          const grant = read(text);
          expect(Boolean(grant.code)).not.toBe(Boolean(grant.accessToken));
          const url = new URL(text);
          expect(text.startsWith(redirectUrl)).toBe(true);
          expect(url.searchParams.getAll('state')).toEqual([state]);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(AppError);
          expect(['answer_not_ours', 'bad_answer', 'cancelled', 'sign_in_refused']).toContain(
            (thrown as AppError).code,
          );
        }
      }),
      { numRuns: 1000 },
    );
  });
});
