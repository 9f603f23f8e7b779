/** open.weixin.qq.com/connect/qrconnect: what a website app may ask for, to the letter. */
import type { SandboxRequest } from '../messages.ts';
import type { WeChatApp } from './apps.ts';
import type { WeChatService } from './service.ts';

export interface QrRequest {
  readonly app: WeChatApp;
  readonly redirectUri: string;
  readonly state: string;
  readonly lang: 'cn' | 'en';
}

/** A sentence of WeChat's error page: the app learns nothing of it. */
export interface PageError {
  readonly error: string;
}

const documentedOrder = ['appid', 'redirect_uri', 'response_type', 'scope', 'state'];

/** Reads all that a server sees; the fragment and the encoding are checked by the page's script. */
export function readQrRequest(service: WeChatService, { query }: SandboxRequest): QrRequest | PageError {
  const names = [...query.keys()].join(' ');
  const order = documentedOrder.join(' ');
  if (names !== order && names !== `${order} lang`) return { error: 'Parameter error' };
  const [appId = '', redirectUri = '', responseType, scope, state = '', lang = 'cn'] = [...query.values()];
  const app = service.findApp(appId);
  if (app === undefined) return { error: 'AppID parameter error' };
  if (app.kind !== 'website' || scope !== 'snsapi_login')
    return { error: 'Scope parameter wrong or no Scope permission (10005)' };
  if (responseType !== 'code') return { error: 'response_type parameter error' };
  if (!leadsTo(redirectUri, app.callbackHost)) return { error: 'redirect_uri parameter error (10003)' };
  if (state.length > 128) return { error: 'state too long' };
  if (!/^[a-zA-Z0-9]+$/.test(state)) return { error: 'state parameter error' };
  if (lang !== 'cn' && lang !== 'en') return { error: 'lang parameter error' };
  return { app, redirectUri, state, lang };
}

/** True for http and https addresses of this very host: no port, no other host below or above it. */
function leadsTo(address: string, host: string): boolean {
  return /^https?:\/\//.test(address) && URL.canParse(address) && new URL(address).host === host;
}

/** The way back, in WeChat's order; a fragment of the address stays at the end. */
export function buildWayBack({ redirectUri, state }: QrRequest, code: string | undefined): string {
  const [address = '', ...fragment] = redirectUri.split('#');
  const separator = address.includes('?') ? '&' : '?';
  const answer = code === undefined ? `state=${state}` : `code=${code}&state=${state}`;
  return [`${address}${separator}${answer}`, ...fragment].join('#');
}
