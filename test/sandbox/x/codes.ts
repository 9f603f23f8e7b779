/** The numbered errors of v1.1 and of the OAuth 1.0a handshake, which v2 gives too at times. */
import type { SandboxAnswer } from '../messages.ts';
import { jsonAnswer } from '../messages.ts';

/** HTTP status and text by code. */
const codes = {
  32: [401, 'Could not authenticate you.'],
  50: [404, 'User not found.'],
  63: [403, 'User has been suspended.'],
  64: [403, 'Your account is suspended and is not permitted to access this feature.'],
  88: [429, 'Rate limit exceeded'],
  89: [401, 'Invalid or expired token.'],
  130: [503, 'Over capacity'],
  131: [500, 'Internal error'],
  135: [401, 'Timestamp out of bounds.'],
  144: [404, 'No status found with that ID.'],
  179: [403, 'Sorry, you are not authorized to see this status.'],
  185: [403, 'User is over daily status update limit.'],
  186: [403, 'Tweet needs to be a bit shorter.'],
  187: [403, 'Status is a duplicate.'],
  215: [400, 'Bad Authentication data.'],
  220: [403, 'Your credentials do not allow access to this resource.'],
  226: [
    403,
    "This request looks like it might be automated. To protect our users from spam and other malicious activity, we can't complete this action right now. Please try again later.",
  ],
  251: [410, 'This endpoint has been retired and should not be used.'],
  261: [403, 'Application cannot perform write actions.'],
  326: [
    403,
    'To protect our users from spam and other malicious activity, this account is temporarily locked. Please log in to https://x.com to unlock your account.',
  ],
  353: [403, 'This request requires a matching csrf cookie and header.'],
  385: [403, 'You attempted to reply to a Tweet that is deleted or not visible to you.'],
  416: [401, 'Your application has been suspended.'],
  417: [401, "Desktop applications only support the oauth_callback value 'oob'"],
  453: [
    403,
    'You currently have access to a subset of X API V2 endpoints and limited v1.1 endpoints (e.g. media post, oauth) only. If you need access to this endpoint, you may need a different access level. You can learn more here: https://developer.x.com/en/portal/product',
  ],
} as const satisfies Readonly<Record<number, readonly [number, string]>>;

export type XCode = keyof typeof codes;

export function codeAnswer(code: XCode): SandboxAnswer {
  const [status, message] = codes[code];
  return jsonAnswer({ errors: [{ code, message }] }, status);
}

/** The handshake's other dress. */
export function callbackRefused(): SandboxAnswer {
  return {
    status: 403,
    headers: { 'content-type': 'application/xml; charset=utf-8' },
    body: '<?xml version="1.0" encoding="UTF-8"?><errors><error code="415">Callback URL not approved for this client application. Approved callback URLs can be adjusted in your application settings</error></errors>',
  };
}
