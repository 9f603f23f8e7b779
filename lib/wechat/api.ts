/**
 * Calls of api.weixin.qq.com/sns: GET with query parameters, secrets among them, so that an address is never shown.
 * https://developers.weixin.qq.com/doc/service/api/webdev/access
 */
import * as z from 'zod/mini';
import { AppError } from '../errors.ts';
import { cleanNickname } from './parse.ts';

/** In the documents' order. */
function buildCall(url: string, parameters: Readonly<Record<string, string>>): Request {
  const query = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return new Request(`${url}?${query.join('&')}`);
}

export function buildExchange(
  apiBase: string,
  asked: { readonly appId: string; readonly appSecret: string; readonly code: string },
): Request {
  return buildCall(`${apiBase}/sns/oauth2/access_token`, {
    appid: asked.appId,
    secret: asked.appSecret,
    code: asked.code,
    grant_type: 'authorization_code',
  });
}

/** Needs no secret. */
export function buildRefresh(
  apiBase: string,
  { appId, refreshToken }: { readonly appId: string; readonly refreshToken: string },
): Request {
  return buildCall(`${apiBase}/sns/oauth2/refresh_token`, {
    appid: appId,
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
  });
}

/** Puts token and person on a call, before the parameters that it has. */
export function authorizeCall(
  request: Request,
  { accessToken, openId }: { readonly accessToken: string; readonly openId: string },
): Request {
  const url = new URL(request.url);
  const own = Object.fromEntries(url.searchParams);
  return buildCall(`${url.origin}${url.pathname}`, { access_token: accessToken, openid: openId, ...own });
}

const tokenAnswer = z.object({
  access_token: z.string().check(z.minLength(1)),
  // It has no sense as text, but the next library in line accepts it.
  expires_in: z.optional(z.coerce.number()),
  refresh_token: z.optional(z.string().check(z.minLength(1))),
  openid: z.string().check(z.minLength(1)),
  scope: z.optional(z.string()),
  unionid: z.optional(z.string()),
  is_snapshotuser: z.optional(z.union([z.number(), z.string()])),
});

export interface WeChatTokens {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  readonly expiresInSeconds: number | undefined;
  readonly openId: string;
  /** The same over all apps of one owner; only where the app is bound to an Open Platform account. */
  readonly unionId: string | undefined;
  readonly scopes: readonly string[];
  /** A visitor of the snapshot page, whose ids are made up. */
  readonly isSnapshotUser: boolean;
}

/** @throws AppError `bad_answer` when the body is none of WeChat's. */
export function readTokens(body: unknown): WeChatTokens {
  const answer = tokenAnswer.safeParse(body);
  if (!answer.success) throw new AppError('bad_answer', { cause: answer.error });
  const {
    access_token,
    refresh_token,
    expires_in,
    openid,
    unionid,
    scope = '',
    is_snapshotuser,
  } = answer.data;
  return {
    accessToken: access_token,
    refreshToken: refresh_token,
    expiresInSeconds: expires_in,
    openId: openid,
    unionId: unionid === '' ? undefined : unionid,
    scopes: scope.split(',').filter((one) => one !== ''),
    isSnapshotUser: Number(is_snapshotuser) === 1,
  };
}

const personAnswer = z.object({
  openid: z.string(),
  nickname: z._default(z.string(), ''),
  headimgurl: z._default(z.string(), ''),
  privilege: z._default(z.array(z.string()), []),
  unionid: z.optional(z.string()),
});

export interface WeChatPerson {
  readonly openId: string;
  /** Empty where nothing readable is left of it. */
  readonly nickname: string;
  readonly unionId: string | undefined;
  /** https address, or empty. */
  readonly avatar: string;
  readonly privilege: readonly string[];
}

/** Sex and region are left out: since October 2021 they say nothing. @throws AppError `bad_answer` */
export function readPerson(body: unknown): WeChatPerson {
  const answer = personAnswer.safeParse(body);
  if (!answer.success) throw new AppError('bad_answer', { cause: answer.error });
  const { openid, nickname, headimgurl, privilege, unionid } = answer.data;
  return {
    openId: openid,
    nickname: cleanNickname(nickname),
    unionId: unionid === '' ? undefined : unionid,
    // Older ones are http, which their host answers as https too.
    avatar: headimgurl.replace(/^http:/, 'https:'),
    privilege,
  };
}
