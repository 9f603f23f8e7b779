/** What a journey starts with: a seeded sandbox and a browser that has just been given Latchkey. */
import { seedSandbox } from '../sandbox/seed.ts';
import { startSandbox, type Sandbox } from '../sandbox/index.ts';
import type { BrowserName } from './browsers.ts';
import type { BrowserDriver, LaunchOptions } from './driver/driver.ts';
import { launchBrowser } from './driver/index.ts';
import { readRedirectAddress, setUpService, signIn } from './steps.ts';
import type { Page } from 'puppeteer-core';

export const clientId = 'latchkey.app';
export const secret = 'sandbox-secret';

export const services = {
  steemlogin: { title: 'SteemLogin', host: 'steemlogin.com' },
  hivesigner: { title: 'HiveSigner', host: 'hivesigner.com' },
  steemconnect: { title: 'SteemConnect', host: 'steemconnect.com' },
} as const;
export type ServiceId = keyof typeof services;

export interface Journey extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly browser: BrowserDriver;
}

export async function startJourney(name: BrowserName, options: LaunchOptions = {}): Promise<Journey> {
  const sandbox = await startSandbox();
  seedSandbox(sandbox, { clientId, secret });
  const browser = await launchBrowser(name, sandbox, options);
  return {
    sandbox,
    browser,
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await sandbox.close();
    },
  };
}

/** At the service's console: the app gets the redirect address that the options page shows. */
export async function registerApp(sandbox: Sandbox, options: Page, id: ServiceId): Promise<string> {
  const address = await readRedirectAddress(options, services[id].title);
  sandbox.auth[id].registerApp({ clientId, secret, redirectUris: [address] });
  return address;
}

/** Sets a service up on the options page and signs a person in, with the token flow unless `hasSecret`. */
export async function connectAccount(
  { sandbox, browser }: Journey,
  options: Page,
  account: { readonly service: ServiceId; readonly name: string; readonly hasSecret?: boolean },
): Promise<void> {
  const { title, host } = services[account.service];
  await registerApp(sandbox, options, account.service);
  await setUpService(options, {
    service: title,
    clientId,
    ...(account.hasSecret === true ? { secret } : {}),
  });
  await signIn(browser, options, { service: title, host, name: account.name });
}
