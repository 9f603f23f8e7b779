/** What a person does with OpenID Connect servers: at their consoles, on the options page, and on their own pages. */
import type { Page } from 'puppeteer-core';
import type { OidcService } from '../sandbox/index.ts';
import { seedOidc } from '../sandbox/oidc/seed.ts';
import type { Journey } from './journey.ts';
import { fill, findService, press, readRedirectAddress, waitForStatus } from './steps.ts';

/** At the server's console: its clients get the redirect address that the options page shows. */
export async function registerOidcClients(service: OidcService, options: Page, title: string): Promise<void> {
  seedOidc(service, { redirectUris: [await readRedirectAddress(options, title)] });
}

/** Types fields of a service by their labels. */
export async function typeService(
  options: Page,
  title: string,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  const region = await findService(options, title);
  for (const [label, text] of Object.entries(fields)) await fill(region, label, text);
}

/** Types them, and saves. */
export async function saveService(
  options: Page,
  title: string,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  await typeService(options, title, fields);
  const region = await findService(options, title);
  await press(region, 'Save');
  await waitForStatus(region, `${title} is saved.`);
}

/** Presses Sign in on the options page and gives back the server's window. */
export async function openSignIn(
  { browser }: Journey,
  options: Page,
  title: string,
  host: string,
): Promise<Page> {
  await press(await findService(options, title), 'Sign in');
  return browser.waitForWindow((url) => url.host === host);
}
