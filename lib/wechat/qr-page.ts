/** The QR page, and the address that a person comes back on. */
import { AppError } from '../errors.ts';

export interface QrPage {
  readonly appId: string;
  /** The address on the person's own domain. */
  readonly callback: string;
  /** Letters and digits, 128 at most. */
  readonly state: string;
}

/**
 * The address of the QR page, in the order and case of WeChat's documents: its server matches them.
 * https://developers.weixin.qq.com/doc/oplatform/Website_App/WeChat_Login/Wechat_Login.html
 */
export function buildQrPageUrl(authBase: string, { appId, callback, state }: QrPage): string {
  const parameters = [
    `appid=${encodeURIComponent(appId)}`,
    `redirect_uri=${encodeURIComponent(callback)}`,
    'response_type=code',
    'scope=snsapi_login',
    `state=${state}`,
  ];
  return `${authBase}/connect/qrconnect?${parameters.join('&')}#wechat_redirect`;
}

/**
 * The code in the address that the person came back on. WeChat knows no `error`: a refusal comes without a code or with
 * the word `authdeny` in its place.
 * @throws AppError `answer_not_ours`, `wechat_declined`.
 */
export function readWayBack(url: string, { callback, state }: Pick<QrPage, 'callback' | 'state'>): string {
  const back = URL.canParse(url) ? new URL(url) : undefined;
  const expected = new URL(callback);
  if (back?.origin !== expected.origin || back.pathname !== expected.pathname)
    throw new AppError('answer_not_ours');
  const states = back.searchParams.getAll('state');
  const codes = back.searchParams.getAll('code');
  if (states.length !== 1 || states[0] !== state || codes.length > 1) throw new AppError('answer_not_ours');
  const [code = ''] = codes;
  if (code === '' || code === 'authdeny') throw new AppError('wechat_declined');
  return code;
}
