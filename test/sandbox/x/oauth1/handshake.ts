/** The signed calls of the three-legged flow. Answers are forms that call themselves text/html, as X's are. */
import type { SandboxAnswer, SandboxRequest } from '../../messages.ts';
import { htmlAnswer, jsonAnswer, textAnswer } from '../../messages.ts';
import { ApiError } from '../api-error.ts';
import type { XApp } from '../app-registry.ts';
import { callbackRefused, codeAnswer } from '../codes.ts';
import type { XService } from '../service.ts';
import type { AccessToken, RequestToken } from './tokens.ts';
import { verifySigned } from './verify.ts';

/** POST /oauth/request_token. */
export function answerRequestToken(service: XService, request: SandboxRequest): SandboxAnswer {
  const { app, parameters } = verifySigned(service, request, () => '');
  const callback = parameters.get('oauth_callback');
  const access = parameters.get('x_auth_access_type');
  if (callback !== 'oob') {
    if (callback !== undefined && app.callbackUrls.length === 0) return codeAnswer(417);
    if (callback === undefined || !app.callbackUrls.includes(callback)) return callbackRefused();
  }
  const permission = access === 'read' ? 'read' : app.permission;
  const token = service.oauth1.addRequestToken({ app, callback, permission });
  return formAnswer({
    oauth_token: token.text,
    oauth_token_secret: token.secret,
    oauth_callback_confirmed: 'true',
  });
}

/** POST /oauth/access_token. */
export function answerAccessToken(service: XService, request: SandboxRequest): SandboxAnswer {
  let requestToken: RequestToken | undefined;
  const { parameters } = verifySigned(service, request, (text, app) => {
    requestToken = service.oauth1.findRequestToken(text);
    if (requestToken?.app !== app) throw new ApiError(textAnswer('Request token missing', 401));
    return requestToken.secret;
  });
  if (
    requestToken?.agreed === undefined ||
    parameters.get('oauth_verifier') !== requestToken.agreed.verifier
  ) {
    return textAnswer('Error processing your OAuth request: Invalid oauth_verifier parameter', 401);
  }
  service.oauth1.dropRequestToken(requestToken);
  const { app, permission, agreed } = requestToken;
  const token = service.oauth1.addAccessToken({ app, permission, user: agreed.user });
  return formAnswer({
    oauth_token: token.text,
    oauth_token_secret: token.secret,
    user_id: token.user.id,
    screen_name: token.user.username,
  });
}

/** POST /1.1/oauth/invalidate_token. */
export function answerInvalidateToken(service: XService, request: SandboxRequest): SandboxAnswer {
  const { token } = verifyUser(service, request);
  token.isGood = false;
  return jsonAnswer({ access_token: token.text });
}

/** A request signed for a person. Throws ApiError as verifySigned does, and 89 for a token that is no more. */
export function verifyUser(service: XService, request: SandboxRequest): { app: XApp; token: AccessToken } {
  let token: AccessToken | undefined;
  const { app } = verifySigned(service, request, (text, caller) => {
    token = service.oauth1.findAccessToken(text);
    if (token?.app !== caller || !token.isGood) throw new ApiError(codeAnswer(89));
    return token.secret;
  });
  if (token === undefined) throw new ApiError(codeAnswer(89));
  return { app, token };
}

function formAnswer(fields: Readonly<Record<string, string>>): SandboxAnswer {
  return htmlAnswer(new URLSearchParams(fields).toString());
}
