/** What an app and a person do with WeChat, for the tests of the sandbox: shares nothing with the product. */
import type { Sandbox } from '../index.ts';
import type { RawAnswer } from '../request.ts';
import { requestSandbox } from '../request.ts';
import { seededWeChatApp } from './seed.ts';

const { appId, appSecret, callbackAddress } = seededWeChatApp;

type Fields = Readonly<Record<string, string>>;

const describeFields = (fields: Fields): string =>
  Object.entries(fields)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');

/** The address of the QR page, in the documented order; a field changed keeps its place, a new one comes last. */
export function qrConnectUrl(changes: Fields = {}): string {
  const fields = {
    appid: appId,
    redirect_uri: callbackAddress,
    response_type: 'code',
    scope: 'snsapi_login',
    state: '0123abcDEF',
    ...changes,
  };
  return `https://open.weixin.qq.com/connect/qrconnect?${describeFields(fields)}#wechat_redirect`;
}

/** Opens the QR page; gives the name of its QR code. Throws when it is the error page. */
export async function openQrPage(sandbox: Sandbox, changes: Fields = {}): Promise<string> {
  const { text } = await requestSandbox(sandbox, qrConnectUrl(changes));
  const uuid = /data-uuid="([^"]+)"/.exec(text)?.[1];
  if (uuid === undefined) throw new Error(`no QR code: ${text}`);
  return uuid;
}

/** What the page's script sends when a button is pressed; without a person it is Refuse. */
export async function pressOnPhone(
  sandbox: Sandbox,
  uuid: string,
  person?: string,
): Promise<{ readonly text: string; readonly address?: string }> {
  const body = describeFields({ uuid, ...(person !== undefined && { person }) });
  const answer = await requestSandbox(sandbox, 'https://open.weixin.qq.com/connect/phone', { body });
  // The page's own protocol, see web.ts.
  return JSON.parse(answer.text) as { text: string; address?: string };
}

/** A call of api.weixin.qq.com; an empty text leaves a parameter out. */
export function call(sandbox: Sandbox, path: string, fields: Fields): Promise<RawAnswer> {
  const sent = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
  return requestSandbox(sandbox, `https://api.weixin.qq.com${path}?${describeFields(sent)}`);
}

export function exchange(sandbox: Sandbox, code: string, changes: Fields = {}): Promise<RawAnswer> {
  const fields = { appid: appId, secret: appSecret, code, grant_type: 'authorization_code', ...changes };
  return call(sandbox, '/sns/oauth2/access_token', fields);
}

export function refresh(sandbox: Sandbox, token: string, changes: Fields = {}): Promise<RawAnswer> {
  const fields = { appid: appId, grant_type: 'refresh_token', refresh_token: token, ...changes };
  return call(sandbox, '/sns/oauth2/refresh_token', fields);
}

/** A whole answer as JSON; its shape is asserted by the test that reads it. */
export function parse(answer: RawAnswer): Readonly<Record<string, unknown>> {
  // Every answer of this API is an object.
  return JSON.parse(answer.text) as Readonly<Record<string, unknown>>;
}

/** The `errcode` of an answer; undefined in most successes. */
export function readErrorCode(answer: RawAnswer): unknown {
  return parse(answer).errcode;
}
