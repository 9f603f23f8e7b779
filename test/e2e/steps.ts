/** What a person does, step by step, through the views and pages that people use. */
import type { ElementHandle, Page } from 'puppeteer-core';
import type { BrowserDriver } from './driver/driver.ts';

/** A page or a part of it. */
export type Region = Page | ElementHandle;

/** An element by its role and the name a screen reader speaks. */
export function byRole(role: string, name: string): string {
  return `::-p-aria([name="${name}"][role="${role}"])`;
}

/** Resolves when `isSo` comes true of the page; the error says what was waited for. */
export async function waitUntil(
  what: string,
  isSo: () => Promise<boolean>,
  timeoutMs = 15_000,
): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`Waited in vain for: ${what}`);
    // There is no event for "some page shows something" that both browsers have.
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

/** The texts of all elements of a role (by attribute, or `status`/`alert` regions) that show something. */
export function readRole(page: Page, role: string): Promise<string[]> {
  return page.$$eval(`[role=${role}]`, (found) =>
    found.map((element) => element.textContent.trim()).filter((text) => text !== ''),
  );
}

/** Waits until a `status` says it; fails at once with the sentence of an `alert`. */
export async function waitForStatus(page: Page, text: string | RegExp): Promise<string> {
  const fits = (line: string) => (typeof text === 'string' ? line.includes(text) : text.test(line));
  let found = '';
  await waitUntil(`status ${String(text)}`, async () => {
    const alerts = await readRole(page, 'alert');
    if (alerts.length > 0) throw new Error(`The page says: ${alerts.join(' / ')}`);
    found = (await readRole(page, 'status')).find(fits) ?? '';
    return found !== '';
  });
  return found;
}

export async function waitForAlert(page: Page): Promise<string> {
  let found = '';
  await waitUntil('an alert', async () => {
    found = (await readRole(page, 'alert'))[0] ?? '';
    return found !== '';
  });
  return found;
}

/** The region of a service on the options page. */
export async function findService(options: Page, title: string): Promise<ElementHandle> {
  const region = await options.waitForSelector(byRole('region', title));
  if (region === null) throw new Error(`No region ${title}`);
  return region;
}

async function find(region: Region, role: string, name: string): Promise<ElementHandle> {
  const found = await region.waitForSelector(byRole(role, name));
  if (found === null) throw new Error(`No ${role} ${name}`);
  return found;
}

/** A form field by its label. Each browser has its own idea of roles for fields, labels they agree on. */
export async function findField(region: Region, label: string): Promise<ElementHandle<HTMLInputElement>> {
  let found: ElementHandle<HTMLInputElement> | undefined;
  await waitUntil(`field ${label}`, async () => {
    for (const field of await region.$$('input, select, textarea')) {
      // The selector finds nothing but form fields, and all of them have labels.
      const control = field as ElementHandle<HTMLInputElement>;
      const isIt = await control.evaluate(
        ({ labels, ariaLabel }, wanted) =>
          ariaLabel === wanted ||
          [...(labels ?? [])].some((text) => text.textContent.trim().startsWith(wanted)),
        label,
      );
      if (isIt) found = control;
      if (isIt) return true;
    }
    return false;
  });
  if (found === undefined) throw new Error(`No field ${label}`);
  return found;
}

export async function fill(region: Region, label: string, text: string): Promise<void> {
  await (await findField(region, label)).asLocator().fill(text);
}

export async function press(region: Region, name: string): Promise<void> {
  await (await find(region, 'button', name)).asLocator().click();
}

/** The redirect address that the options page shows for a service. */
export async function readRedirectAddress(options: Page, title: string): Promise<string> {
  const field = await findField(await findService(options, title), 'Redirect address');
  return field.evaluate(({ value }) => value);
}

export interface Registration {
  readonly service: string;
  readonly clientId: string;
  readonly secret?: string;
}

/** The row of the account at a service, in popup or options. */
export async function findAccount(page: Page, service: string): Promise<ElementHandle> {
  let found: ElementHandle | undefined;
  await waitUntil(`the account at ${service}`, async () => {
    for (const row of await page.$$('li.card'))
      if (await row.evaluate((element, name) => element.textContent.includes(name), service)) found = row;
    return found !== undefined;
  });
  if (found === undefined) throw new Error(`No account at ${service}`);
  return found;
}

/** Types what the service's console gave, and saves it. */
export async function setUpService(options: Page, registration: Registration): Promise<void> {
  const region = await findService(options, registration.service);
  await fill(region, 'Client ID', registration.clientId);
  if (registration.secret !== undefined) await fill(region, 'Client secret', registration.secret);
  await press(region, 'Save');
  await waitForStatus(options, `${registration.service} is saved.`);
}

/** Signs in from the options page, through the consent page of the service. */
export async function signIn(
  browser: BrowserDriver,
  options: Page,
  { service, host, name }: { readonly service: string; readonly host: string; readonly name: string },
): Promise<void> {
  await press(await findService(options, service), 'Sign in');
  const consent = await browser.waitForWindow((url) => url.host === host);
  await consent.locator(byRole('button', `Continue as @${name}`)).click();
  await waitForStatus(options, `Signed in as ${name}.`);
}

export async function selectTab(popup: Page, name: string): Promise<void> {
  await popup.locator(byRole('tab', name)).click();
}

/**
 * Votes from the popup's Vote tab: the post is typed unless it is left out, the weight too. Waits for what the chain says
 * of the post, as a person does who wants to know what they vote on.
 */
export async function voteInPopup(
  popup: Page,
  vote: { readonly post?: string; readonly weight?: string } = {},
): Promise<void> {
  if (vote.post !== undefined) await fill(popup, 'Post', vote.post);
  if (vote.weight !== undefined)
    await (await popup.waitForSelector('input[type=number]'))?.asLocator().fill(vote.weight);
  await popup.waitForSelector('::-p-text(Voting power)');
  await popup.locator(byRole('button', 'Vote')).click();
}
