/** Six accounts in a browser, at services that rotate in all the known ways, and the door to the background. */
import type { Page } from 'puppeteer-core';
import { type Invoke, createClient } from '../../lib/bus/client.ts';
import type { BrowserName } from '../e2e/browsers.ts';
import { clientId, type Journey, secret, startJourney } from '../e2e/journey.ts';
import { saveService } from '../e2e/oidc-steps.ts';
import { pressToClose, waitFor } from '../e2e/steps.ts';
import { seededAllegroSecretApp, seededAllegroUsers } from '../sandbox/allegro/seed.ts';
import { seededOidcClients, seedOidc } from '../sandbox/oidc/seed.ts';
import { generalServer } from '../sandbox/oidc/settings.ts';
import { callbackHost } from '../sandbox/wechat/callback-page.ts';
import { seededWeChatApp, seededWeChatPeople } from '../sandbox/wechat/seed.ts';
import { seededXApp } from '../sandbox/x/seed.ts';

/**
 * - `steemlogin`: a new refresh token each time, and all of before stay good.
 * - `hivesigner`, without a secret: no refresh token, the sign-in page is walked unseen.
 * - `allegro`: a new one each time, the old one is taken for 60 s more.
 * - `x`, `oidc`: a refresh token that comes twice ends the whole sign-in.
 * - `wechat`: the same one for 30 days.
 */
export const providers = ['steemlogin', 'hivesigner', 'allegro', 'x', 'oidc', 'wechat'] as const;
export type ProviderId = (typeof providers)[number];

/** Those that leave nothing to be saved when a background dies with their answer. */
export const singleUse: ReadonlySet<ProviderId> = new Set(['x', 'oidc']);

/** Where each service gives tokens for those of before. */
export const tokenEndpoints: Readonly<Record<ProviderId, { readonly host: string; readonly path: string }>> =
  {
    steemlogin: { host: 'api.steemlogin.com', path: '/api/oauth2/token' },
    hivesigner: { host: 'hivesigner.com', path: '/oauth2/authorize' },
    allegro: { host: 'allegro.pl', path: '/auth/oauth/token' },
    x: { host: 'api.x.com', path: '/2/oauth2/token' },
    oidc: { host: 'id.bees.example', path: '/token' },
    wechat: { host: 'api.weixin.qq.com', path: '/sns/oauth2/refresh_token' },
  };

/** Answers of a background that died are not waited for. */
const answerLimitMs = 60_000;

export interface Stage extends AsyncDisposable {
  readonly journey: Journey;
  /** Asks the background as the popup does. Rejects where it died before the answer. */
  readonly ask: Invoke;
  /** Ids by service. */
  readonly accounts: Readonly<Record<ProviderId, string>>;
}

/** Runs in a page of the extension. */
async function sendFromPage(message: unknown): Promise<unknown> {
  interface Api {
    readonly runtime: { sendMessage(message: unknown): Promise<unknown> };
  }
  // The browser puts its API there.
  const scope = globalThis as unknown as { readonly browser?: Api; readonly chrome: Api };
  return (scope.browser ?? scope.chrome).runtime.sendMessage(message);
}

function createDoor(page: Page): Invoke {
  return createClient(async (message) =>
    waitFor('an answer', page.evaluate(sendFromPage, message), answerLimitMs),
  );
}

/** At the consoles of the services: Latchkey's apps get the redirect addresses, and nobody is asked for consent again. */
async function registerApps({ sandbox }: Journey, ask: Invoke): Promise<void> {
  const { services } = await ask('services.list', {});
  const redirectUris = services.map(({ redirectUrl }) => redirectUrl);
  for (const id of ['steemlogin', 'hivesigner'] as const) {
    sandbox.auth[id].registerApp({ clientId, secret, redirectUris });
    sandbox.auth[id].autoConsent(clientId, 'bob');
  }
  sandbox.allegro.registerApp({ ...seededAllegroSecretApp, redirectUris });
  sandbox.x.registerApp({
    ...seededXApp,
    redirectUris,
    callbackUrls: redirectUris,
    permission: 'read-write',
    type: 'native',
  });
  // What is tried here in minutes is a person's work of weeks.
  for (const endpoint of ['POST /2/tweets', 'GET /2/users/me'] as const)
    sandbox.x.rateLimits.set(endpoint, { user: 10_000 });
  sandbox.x.autoConsent(seededXApp.clientId, 'bob_on_x');
  seedOidc(sandbox.oidc, { redirectUris });
  sandbox.oidc.autoConsent(seededOidcClients.plain, 'bob');
}

const registrations = {
  steemlogin: { clientId, clientSecret: secret },
  hivesigner: { clientId, clientSecret: '' },
  allegro: seededAllegroSecretApp,
  x: { clientId: seededXApp.clientId, clientSecret: '' },
} as const;

/** Services at hosts of the person's own, for which the browser asks at a press of Save alone. */
const ownHosts = [
  {
    host: tokenEndpoints.oidc.host,
    title: 'OpenID Connect',
    fields: { 'Client ID': seededOidcClients.plain, Issuer: generalServer.issuer },
  },
  {
    host: callbackHost,
    title: 'WeChat',
    fields: {
      AppID: seededWeChatApp.appId,
      AppSecret: seededWeChatApp.appSecret,
      'Callback address': seededWeChatApp.callbackAddress,
    },
  },
] as const;

async function setUpOwnHosts({ browser }: Journey, options: Page): Promise<void> {
  for (const { host } of ownHosts) await browser.allowHost(host);
  await options.bringToFront();
  for (const { title, fields } of ownHosts) await saveService(options, title, fields);
}

/** The button at those services that ask each time. */
const consents: Partial<Record<ProviderId, { readonly host: string; readonly button: string }>> = {
  allegro: { host: 'allegro.pl', button: `Allow access as ${seededAllegroUsers.seller}` },
  wechat: { host: 'open.weixin.qq.com', button: seededWeChatPeople.li.confirm },
};

async function connect({ browser }: Journey, ask: Invoke, provider: ProviderId): Promise<string> {
  const { services } = await ask('services.list', {});
  const service = services.find((row) => row.provider === provider);
  const { authBase = '', apiBase = '' } = service ?? {};
  if (provider !== 'oidc' && provider !== 'wechat')
    await ask('services.save', { provider, ...registrations[provider], authBase, apiBase });
  const signedIn = ask('accounts.sign-in', { provider, ...(provider === 'x' && { allow: ['post'] }) });
  const consent = consents[provider];
  if (consent !== undefined)
    await pressToClose(await browser.waitForWindow(({ host }) => host === consent.host), consent.button);
  return (await signedIn).account.id;
}

export async function setStage(name: BrowserName): Promise<Stage> {
  const journey = await startJourney(name);
  const close = () => journey[Symbol.asyncDispose]();
  try {
    const page = await journey.browser.firstRunPage();
    const options = createDoor(page);
    await registerApps(journey, options);
    await setUpOwnHosts(journey, page);
    const accounts = { steemlogin: '', hivesigner: '', allegro: '', x: '', oidc: '', wechat: '' };
    for (const provider of providers) accounts[provider] = await connect(journey, options, provider);
    const ask = createDoor(await journey.browser.openExtensionPage('popup.html'));
    return { journey, ask, accounts, [Symbol.asyncDispose]: close };
  } catch (failure) {
    await close();
    throw failure;
  }
}
