/**
 * What WeChat's `errcode` means. All answers are HTTP 200; only /sns/auth has an `errcode` in its success, 0.
 * Sources: the tables of the pages api_snsaccesstoken, api_snsrefreshtoken, api_snsauth and api_snsuserinfo at
 * developers.weixin.qq.com/doc/service/api/webdev/access, and the global return codes.
 */
import * as z from 'zod/mini';
import { AppError, type ErrorCode } from '../errors.ts';

const minute = 60_000;

/** Some clients have seen it as text. */
const refusal = z.object({
  errcode: z.union([z.number(), z.string()]),
  errmsg: z.optional(z.string()),
});

interface Meaning {
  readonly code: ErrorCode;
  /** The field in Options that is at fault. */
  readonly field?: string;
  readonly retryAfterMs?: number;
}

const tokenIsDead: Meaning = { code: 'needs_sign_in' };
const badCode: Meaning = { code: 'wechat_code_expired' };
const wrongSecret: Meaning = { code: 'wechat_app_secret', field: 'clientSecret' };
const wrongAppId: Meaning = { code: 'wechat_app_id', field: 'clientId' };
const unknownPerson: Meaning = { code: 'wechat_unknown_person' };
const mustFollow: Meaning = { code: 'wechat_must_follow' };

/** What is not here is a call that WeChat finds badly made, and would be a bug of ours: `wechat_refused`. */
const meanings: ReadonlyMap<number, Meaning> = new Map([
  [-1, { code: 'service_busy' }],
  [-1000, { code: 'service_busy' }],
  [40001, tokenIsDead],
  [40003, unknownPerson],
  [40013, wrongAppId],
  [40014, tokenIsDead],
  [40029, badCode],
  [40030, tokenIsDead],
  [40125, wrongSecret],
  [40163, { code: 'wechat_code_used' }],
  [40164, { code: 'wechat_ip_not_listed' }],
  [41002, wrongAppId],
  [41004, wrongSecret],
  [41008, badCode],
  [41009, unknownPerson],
  [42001, tokenIsDead],
  [42002, tokenIsDead],
  [42003, badCode],
  [42007, { code: 'password_changed' }],
  [43004, mustFollow],
  [45009, { code: 'wechat_daily_limit', retryAfterMs: 60 * minute }],
  [45011, { code: 'too_many_requests', retryAfterMs: minute }],
  [48001, { code: 'wechat_not_allowed' }],
  [48004, { code: 'wechat_app_banned' }],
  [50001, tokenIsDead],
  [50002, { code: 'wechat_restricted' }],
  [50005, mustFollow],
]);

/** In the exchange of a code there is no token yet: what is refused as a credential is the secret. */
const meaningsOfExchange: ReadonlyMap<number, Meaning> = new Map([[40001, wrongSecret]]);

/** The number, and WeChat's name for the request; not its text, which may repeat what was sent. */
function describe(number: number, text = ''): string {
  const rid = /\brid: [\w-]{8,64}/.exec(text)?.[0];
  return [`errcode ${number}`, ...(rid === undefined ? [] : [rid])].join(', ');
}

/**
 * The refusal inside an answer of success, if it is one.
 * @param step `exchange` for the call that spends a code.
 */
export function findWeChatRefusal(body: unknown, step: 'exchange' | 'other' = 'other'): AppError | undefined {
  const found = refusal.safeParse(body);
  if (!found.success) return undefined;
  const number = Number(found.data.errcode);
  if (number === 0) return undefined;
  const { code, ...more } = (step === 'exchange' ? meaningsOfExchange.get(number) : undefined) ??
    meanings.get(number) ?? { code: 'wechat_refused' as const };
  return new AppError(code, { ...more, details: describe(number, found.data.errmsg) });
}
