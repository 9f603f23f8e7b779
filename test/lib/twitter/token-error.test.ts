import { expect, test } from 'vitest';
import { findTokenError } from '../../../lib/twitter/token-error.ts';

test.each([
  [400, 'invalid_request', 'Value passed for the token was invalid.', 'needs_sign_in'],
  [400, 'invalid_grant', undefined, 'needs_sign_in'],
  [400, 'invalid_request', 'Value passed for the authorization code was invalid.', 'sign_in_refused'],
  [
    400,
    'invalid_request',
    'Value passed for the code verifier did not match the code challenge.',
    'sign_in_refused',
  ],
  [400, 'invalid_request', 'Value passed for the redirect uri did not match.', 'callback_not_approved'],
  [401, 'unauthorized_client', 'Missing valid authorization header', 'x_wrong_app_type'],
  [401, 'invalid_client', undefined, 'app_settings'],
  [429, 'invalid_request', undefined, undefined],
  [503, 'invalid_request', undefined, undefined],
  [400, undefined, undefined, undefined],
  [400, 'server_error', undefined, undefined],
])('%d %s (%s) is %s', (status, error, description, code) => {
  expect(findTokenError({ status, error, description })?.code).toBe(code);
});
