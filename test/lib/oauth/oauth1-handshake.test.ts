import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError, type ErrorCode } from '../../../lib/errors.ts';
import {
  buildAccessTokenStep,
  buildConsentUrl,
  buildRequestTokenStep,
  readAccessToken,
  readConsent,
  readRequestToken,
} from '../../../lib/oauth/oauth1-handshake.ts';
import { readError } from '../../../lib/twitter/read-error.ts';

const redirectUrl = 'https://abc.chromiumapp.org/twitter';
const failing = (code: ErrorCode) => expect.objectContaining({ code }) as unknown;
const refused = (status: number, text: string, secrets: readonly string[] = []) => ({
  status,
  text,
  secrets,
});
const ok = (text: string) => ({ status: 200, text, secrets: [] });

describe('step one', () => {
  test('asks for a request token with our address', () => {
    expect(buildRequestTokenStep('https://api.x.com/oauth/request_token', redirectUrl)).toEqual({
      request: { method: 'POST', url: 'https://api.x.com/oauth/request_token' },
      extra: { oauth_callback: redirectUrl },
    });
  });

  test('reads the token and its secret', () => {
    const text = 'oauth_token=a%2Bb&oauth_token_secret=s&oauth_callback_confirmed=true\n';
    expect(readRequestToken(ok(text), readError)).toEqual({ token: 'a+b', tokenSecret: 's' });
  });

  test.each([
    ['oauth_token=t&oauth_token_secret=s', 'callback_not_approved'],
    ['oauth_token=t&oauth_token_secret=s&oauth_callback_confirmed=false', 'callback_not_approved'],
    ['oauth_token=t&oauth_callback_confirmed=true', 'bad_answer'],
    ['oauth_token=&oauth_token_secret=s&oauth_callback_confirmed=true', 'bad_answer'],
  ] as const)('%s is %s', (text, code) => {
    expect(() => readRequestToken(ok(text), readError)).toThrow(failing(code));
  });

  test.each([
    [401, '{"errors":[{"code":32,"message":"Could not authenticate you."}]}', 'x_wrong_keys'],
    [401, '{"errors":[{"code":135,"message":"Timestamp out of bounds."}]}', 'x_clock'],
    [
      403,
      '<?xml version="1.0"?><errors><error code="415">Callback URL not approved for this client application.</error></errors>',
      'callback_not_approved',
    ],
    [400, 'Request token missing', 'x_refused'],
    [503, '<html><body>Over capacity</body></html>', 'service_busy'],
    [403, '', 'bad_answer'],
  ] as const)('a refusal %d %s is %s', (status, text, code) => {
    expect(() => readRequestToken(refused(status, text), readError)).toThrow(failing(code));
  });
});

describe('the consent', () => {
  test('is asked for with the request token alone', () => {
    expect(buildConsentUrl('https://api.x.com/oauth/authorize?force_login=true', { token: 'a+b' })).toBe(
      'https://api.x.com/oauth/authorize?force_login=true&oauth_token=a%2Bb',
    );
  });

  const pending = { token: 'ours' };
  test('gives the verifier', () => {
    expect(readConsent(`${redirectUrl}?oauth_token=ours&oauth_verifier=v%2B1`, redirectUrl, pending)).toBe(
      'v+1',
    );
  });

  test.each([
    ['?denied=ours', 'cancelled'],
    ['?denied=theirs', 'answer_not_ours'],
    ['?oauth_token=theirs&oauth_verifier=v', 'answer_not_ours'],
    ['?oauth_token=ours', 'verifier_missing'],
    ['?oauth_token=ours&oauth_verifier=', 'verifier_missing'],
    ['?oauth_verifier=v', 'request_token_missing'],
    ['', 'request_token_missing'],
    ['?oauth_token=ours&oauth_token=theirs&oauth_verifier=v', 'answer_not_ours'],
    ['?oauth_token=ours&oauth_verifier=v&oauth_verifier=w', 'answer_not_ours'],
    ['/more?oauth_token=ours&oauth_verifier=v', 'answer_not_ours'],
  ] as const)('%s is %s', (rest, code) => {
    expect(() => readConsent(`${redirectUrl}${rest}`, redirectUrl, pending)).toThrow(failing(code));
  });

  test('of a sign-in that is no longer known is an error', () => {
    expect(() =>
      readConsent(`${redirectUrl}?oauth_token=ours&oauth_verifier=v`, redirectUrl, undefined),
    ).toThrow(failing('request_token_missing'));
  });

  test('any other address is not ours', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.string()), (address) => {
        expect(() => readConsent(address, redirectUrl, pending)).toThrow(failing('answer_not_ours'));
      }),
    );
  });
});

describe('step three', () => {
  test('sends the verifier', () => {
    expect(buildAccessTokenStep('https://api.x.com/oauth/access_token', 'v')).toEqual({
      request: { method: 'POST', url: 'https://api.x.com/oauth/access_token' },
      extra: { oauth_verifier: 'v' },
    });
  });

  test('reads the person, with an id larger than any exact number', () => {
    const text = 'oauth_token=t&oauth_token_secret=s&user_id=9007199254740993&screen_name=ana&x=1';
    expect(readAccessToken(ok(text), readError)).toEqual({
      token: 't',
      tokenSecret: 's',
      userId: '9007199254740993',
      screenName: 'ana',
    });
  });

  test.each([
    'oauth_token=t&oauth_token_secret=s&user_id=1',
    'oauth_token=t&oauth_token_secret=s&user_id=x1&screen_name=ana',
    'oauth_token=t&user_id=1&screen_name=ana',
    '<html></html>',
    '{"oauth_token":"t"}',
  ])('%s is a bad answer', (text) => {
    expect(() => readAccessToken(ok(text), readError)).toThrow(failing('bad_answer'));
  });

  test('a refusal is what the service’s table makes of it', () => {
    const reply = refused(401, '{"errors":[{"code":89,"message":"Invalid or expired token."}]}');
    expect(() => readAccessToken(reply, readError)).toThrow(failing('needs_sign_in'));
    const own = () => new AppError('internal');
    expect(() => readAccessToken(reply, own)).toThrow(failing('internal'));
  });

  test('a refusal that repeats what was sent brings none of it before people, whatever it looks like', () => {
    const sent = ['likeTheWordsOfPeople', 'nodigitsinhere', '12345678'];
    const text = JSON.stringify({ errors: [{ code: 32, message: `You sent ${sent.join(', ')}` }] });
    const told: string[] = [];
    const listen = (reply: { readonly text: string }) => {
      told.push(reply.text);
      return new AppError('internal');
    };
    expect(() => readAccessToken(refused(404, text, sent), listen)).toThrow(failing('internal'));
    expect(told.join()).toContain('You sent');
    for (const secret of sent) expect(told.join()).not.toContain(secret);
  });
});
