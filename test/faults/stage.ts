/** Four accounts in a browser, each at a service that rotates in its own way, and the door to the background. */
import type { Page } from 'puppeteer-core';
import { type Invoke, createClient } from '../../lib/bus/client.ts';
import type { BrowserName } from '../e2e/browsers.ts';
import { clientId, type Journey, secret, startJourney } from '../e2e/journey.ts';
import { pressToClose, waitFor } from '../e2e/steps.ts';
import { seededAllegroSecretApp, seededAllegroUsers } from '../sandbox/allegro/seed.ts';
import { seededXApp } from '../sandbox/x/seed.ts';

export const providers = ['steemlogin', 'hivesigner', 'allegro', 'x'] as const;
export type ProviderId = (typeof providers)[number];

/** Where each service gives tokens. */
export const tokenEndpoints: Readonly<Record<ProviderId, { readonly host: string; readonly path: string }>> =
  {
    steemlogin: { host: 'api.steemlogin.com', path: '/api/oauth2/token' },
    hivesigner: { host: 'hivesigner.com', path: '/api/oauth2/token' },
    allegro: { host: 'allegro.pl', path: '/auth/oauth/token' },
    x: { host: 'api.x.com', path: '/2/oauth2/token' },
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
}

const registrations = {
  steemlogin: { clientId, clientSecret: secret },
  hivesigner: { clientId, clientSecret: secret },
  allegro: seededAllegroSecretApp,
  x: { clientId: seededXApp.clientId, clientSecret: '' },
} as const;

async function connect({ browser }: Journey, ask: Invoke, provider: ProviderId): Promise<string> {
  const { services } = await ask('services.list', {});
  const service = services.find((row) => row.provider === provider);
  const { authBase = '', apiBase = '' } = service ?? {};
  await ask('services.save', { provider, ...registrations[provider], authBase, apiBase });
  const signedIn = ask('accounts.sign-in', { provider, ...(provider === 'x' && { allow: ['post'] }) });
  if (provider === 'allegro') {
    const consent = await browser.waitForWindow(({ host }) => host === 'allegro.pl');
    await pressToClose(consent, `Allow access as ${seededAllegroUsers.seller}`);
  }
  return (await signedIn).account.id;
}

export async function setStage(name: BrowserName): Promise<Stage> {
  const journey = await startJourney(name);
  const close = () => journey[Symbol.asyncDispose]();
  try {
    const options = createDoor(await journey.browser.firstRunPage());
    await registerApps(journey, options);
    const accounts = { steemlogin: '', hivesigner: '', allegro: '', x: '' };
    for (const provider of providers) accounts[provider] = await connect(journey, options, provider);
    const ask = createDoor(await journey.browser.openExtensionPage('popup.html'));
    return { journey, ask, accounts, [Symbol.asyncDispose]: close };
  } catch (failure) {
    await close();
    throw failure;
  }
}
