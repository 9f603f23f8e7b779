import { Window } from 'happy-dom';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Sandbox } from './index.ts';
import { startSandbox } from './index.ts';
import { requestSandbox } from './request.ts';
import { callbackAddress } from './wechat/callback-page.ts';
import { qrPageScript } from './wechat/qr-page-script.ts';
import { seededOfficialAccount, seededWeChatApp, seededWeChatPeople, seedWeChat } from './wechat/seed.ts';
import * as client from './wechat/test-client.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
  seedWeChat(sandbox.wechat);
});
afterEach(() => sandbox.close());

const open = (url: string) => requestSandbox(sandbox, url);

describe('the QR page', () => {
  test('shows the app and a button for everything a phone may do', async () => {
    const { status, text } = await open(client.qrConnectUrl());
    expect(status).toBe(200);
    expect(text).toContain('<strong>Latchkey</strong>');
    expect(text).toContain('aria-label="QR code"');
    for (const label of [
      'Confirm as 小蜜蜂 🐝',
      'Confirm as Wang 👩‍🌾&quot;\\',
      'Confirm as 微信用户',
      'Refuse',
    ])
      expect(text).toContain(`>${label}</button>`);
    expect(text).toContain('<h1>微信登录</h1>');
    expect((await open(client.qrConnectUrl({ lang: 'en' }))).text).toContain('<h1>WeChat Login</h1>');
  });

  test.each([
    ['appid', 'wx0000000000000000', 'AppID parameter error'],
    ['appid', seededOfficialAccount.appId, 'Scope parameter wrong or no Scope permission (10005)'],
    ['scope', 'snsapi_userinfo', 'Scope parameter wrong or no Scope permission (10005)'],
    ['scope', 'snsapi_login,snsapi_base', 'Scope parameter wrong or no Scope permission (10005)'],
    ['response_type', 'token', 'response_type parameter error'],
    [
      'redirect_uri',
      'https://abcdefghijklmnop.chromiumapp.org/wechat',
      'redirect_uri parameter error (10003)',
    ],
    ['redirect_uri', 'https://bees.example/wechat/callback', 'redirect_uri parameter error (10003)'],
    ['redirect_uri', 'https://www.login.bees.example/', 'redirect_uri parameter error (10003)'],
    ['redirect_uri', 'https://login.bees.example:8443/', 'redirect_uri parameter error (10003)'],
    ['redirect_uri', 'login.bees.example/wechat/callback', 'redirect_uri parameter error (10003)'],
    ['redirect_uri', '', 'redirect_uri parameter error (10003)'],
    ['state', 's'.repeat(129), 'state too long'],
    ['state', 'with-dash', 'state parameter error'],
    ['state', 'a b', 'state parameter error'],
    ['state', '', 'state parameter error'],
    ['lang', 'pl', 'lang parameter error'],
  ])('%s %j: an error page, no way back', async (name, value, sentence) => {
    const { status, headers, text } = await open(client.qrConnectUrl({ [name]: value }));
    expect([status, headers.location]).toEqual([200, undefined]);
    expect(text).toContain(`<p role="alert">${sentence}</p>`);
    expect(text).not.toContain('<button');
  });

  test.each([
    ['another order', (url: string) => url.replace(/(appid=[^&]+)&(redirect_uri=[^&]+)/, '$2&$1')],
    ['lang before state', (url: string) => url.replace('state=', 'lang=en&state=')],
    ['another case', (url: string) => url.replace('appid=', 'AppID=')],
    ['a name of the standard', (url: string) => url.replace('appid=', 'client_id=')],
    ['a parameter missing', (url: string) => url.replace('response_type=code&', '')],
    ['a parameter more', (url: string) => url.replace('#', '&code_challenge=abc#')],
    ['a parameter twice', (url: string) => url.replace('#', '&state=abc#')],
  ])('%s: an error page', async (_, change) => {
    expect((await open(change(client.qrConnectUrl()))).text).toContain('<p role="alert">Parameter error</p>');
  });

  test('takes 128 letters and digits as state, and any path and query on the host', async () => {
    const state = 'aZ09'.repeat(32);
    const uuid = await client.openQrPage(sandbox, { state, redirect_uri: `${callbackAddress}?app=1` });
    const { address } = await client.pressOnPhone(sandbox, uuid, 'li');
    expect(address).toMatch(
      new RegExp(`^https://login\\.bees\\.example/wechat/callback\\?app=1&code=\\w+&state=${state}$`),
    );
  });

  test('in an ordinary browser the page for official accounts leads nowhere', async () => {
    const url = client.qrConnectUrl().replace('/connect/qrconnect', '/connect/oauth2/authorize');
    const { text } = await open(url);
    expect(text).toContain('Please open the link in the WeChat client');
    expect(text).not.toContain('<script');
  });
});

describe('the phone', () => {
  test('Confirm leads back with a code and the state, once', async () => {
    const uuid = await client.openQrPage(sandbox);
    const { address = '' } = await client.pressOnPhone(sandbox, uuid, 'wang');
    expect(address).toMatch(/^https:\/\/login\.bees\.example\/wechat\/callback\?code=\w+&state=0123abcDEF$/);
    const code = new URL(address).searchParams.get('code') ?? '';
    expect(client.parse(await client.exchange(sandbox, code))).toMatchObject({
      openid: sandbox.wechat.getOpenId(seededWeChatApp.appId, 'wang'),
    });
    expect(await client.pressOnPhone(sandbox, uuid, 'wang')).toEqual({ text: 'The QR code has expired' });
    expect(sandbox.wechat.issuedCodes).toBe(1);
  });

  test('the code stands before a fragment of the callback address', async () => {
    const uuid = await client.openQrPage(sandbox, { redirect_uri: `${callbackAddress}#/route` });
    const { address } = await client.pressOnPhone(sandbox, uuid, 'li');
    expect(address).toMatch(/callback\?code=\w+&state=0123abcDEF#\/route$/);
  });

  test('Refuse leads nowhere, and the person may still confirm', async () => {
    const uuid = await client.openQrPage(sandbox);
    expect(await client.pressOnPhone(sandbox, uuid)).toEqual({
      text: 'Refused on the phone. Nothing more happens here.',
    });
    expect((await client.pressOnPhone(sandbox, uuid, 'li')).address).toBeDefined();
  });

  test.each([
    ['state-only', 'state=0123abcDEF'],
    ['authdeny', 'code=authdeny&state=0123abcDEF'],
  ] as const)('Refuse with %s comes back with %s', async (refusal, query) => {
    sandbox.wechat.refusal = refusal;
    const uuid = await client.openQrPage(sandbox);
    expect((await client.pressOnPhone(sandbox, uuid)).address).toBe(`${callbackAddress}?${query}`);
    expect(sandbox.wechat.issuedCodes).toBe(0);
  });
});

describe('the script of the QR page', () => {
  /** Runs the page as it was served under this address; gives what a person sees, and a way to press a button. */
  async function show(url: string) {
    const { text } = await open(url);
    const window = new Window({ url });
    window.document.write(text.replace(/<script>.*<\/script>/s, ''));
    const { document } = window;
    const fetchPhone = async (path: string, { body }: { body: URLSearchParams }) => {
      const answer = await requestSandbox(sandbox, new URL(path, url).href, { body: body.toString() });
      return { json: () => JSON.parse(answer.text) as unknown };
    };
    const { search, hash } = new URL(url);
    const assign = vi.fn<(address: string) => void>();
    // The sandbox's own script, given what it takes from a browser.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
    new Function('document', 'location', 'fetch', qrPageScript)(
      document,
      { search, hash, assign },
      fetchPhone,
    );
    const isShown = (id: string) => document.getElementById(id)?.hasAttribute('hidden') === false;
    const press = (label: string) =>
      [...document.querySelectorAll('button')].find(({ textContent }) => textContent === label)?.click();
    const readStatus = () => document.getElementById('status')?.textContent;
    return { hasQrCode: isShown('login'), hasError: isShown('error'), press, readStatus, assign };
  }

  test('shows the QR code at the right address, and leads on by itself after Confirm', async () => {
    const page = await show(client.qrConnectUrl());
    expect(page).toMatchObject({ hasQrCode: true, hasError: false });
    page.press(seededWeChatPeople.li.confirm);
    await vi.waitFor(() => expect(page.assign).toHaveBeenCalledTimes(1));
    expect(page.assign.mock.lastCall?.[0]).toMatch(/callback\?code=\w+&state=0123abcDEF$/);
  });

  test('stays and says so after Refuse', async () => {
    const page = await show(client.qrConnectUrl());
    page.press('Refuse');
    await vi.waitFor(() =>
      expect(page.readStatus()).toBe('Refused on the phone. Nothing more happens here.'),
    );
    expect(page.assign).not.toHaveBeenCalled();
  });

  test.each([
    ['no fragment', (url: string) => url.replace('#wechat_redirect', '')],
    ['another fragment', (url: string) => url.replace('#wechat_redirect', '#WeChat_redirect')],
    ['more after the fragment', (url: string) => `${url}&x=1`],
    ['a callback address as it is', (url: string) => url.replaceAll('%3A', ':').replaceAll('%2F', '/')],
    ['a callback address that is half encoded', (url: string) => url.replace('%2Fcallback', '/callback')],
  ])('%s: the error instead of the QR code', async (_, change) => {
    expect(await show(change(client.qrConnectUrl()))).toMatchObject({ hasQrCode: false, hasError: true });
  });
});

describe('the callback page', () => {
  test('answers, keeps no referrer and counts its visits', async () => {
    const { status, headers } = await open(`${callbackAddress}?code=c&state=s`);
    expect([status, headers['referrer-policy']]).toEqual([200, 'no-referrer']);
    expect(sandbox.wechat.callbackVisits.map(({ query }) => query.get('code'))).toEqual(['c']);
    expect((await open('https://login.bees.example/favicon.ico')).status).toBe(404);
    expect(sandbox.wechat.callbackVisits).toHaveLength(1);
    expect(sandbox.wechat.redeemedCodes).toBe(0);
  });
});

describe('the console', () => {
  const fine = { ...seededOfficialAccount, callbackHost: 'login.bees.example' };

  test.each([
    { appId: 'wx123' },
    { appId: 'WX0B7E52D19C4A83F6' },
    { appSecret: 'short' },
    { callbackHost: 'https://login.bees.example' },
    { callbackHost: 'login.bees.example:443' },
    { callbackHost: 'login.bees.example/wechat' },
    { callbackHost: '127.0.0.1' },
    { callbackHost: 'localhost' },
  ])('refuses %j', (change) => {
    expect(() => sandbox.wechat.registerApp({ ...fine, ...change })).toThrow();
  });
});
