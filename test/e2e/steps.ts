/** What a person does, step by step, through the views and pages that people use. */
import type { ElementHandle, Page } from 'puppeteer-core';
import type { BrowserDriver } from './driver/driver.ts';
import { waitFor, waitUntil } from './wait-until.ts';

export { waitFor, waitUntil } from './wait-until.ts';

/** A page or a part of it. */
export type Region = Page | ElementHandle;

/** Finds an element by its role and the name a screen reader speaks: `region.$(byRole('button', 'Save'))`. */
export function byRole(role: string, name: string): `aria/${string}` {
  return `aria/[name="${name}"][role="${role}"]`;
}

const isPage = (region: Region): region is Page => 'mainFrame' in region;

/** The texts of all elements of a role (by attribute, or `status`/`alert` regions) that show something. */
export async function readRole(region: Region, role: string): Promise<string[]> {
  const part = isPage(region) ? await region.evaluateHandle(() => document.documentElement) : region;
  return part.evaluate(
    (element, wanted) =>
      [...element.querySelectorAll(`[role=${wanted}]`)]
        .map(({ textContent }) => textContent.trim())
        .filter((text) => text !== ''),
    role,
  );
}

/** Waits until a `status` says it; fails at once with the sentence of an `alert`. */
export async function waitForStatus(region: Region, text: string | RegExp): Promise<string> {
  const fits = (line: string) => (typeof text === 'string' ? line.includes(text) : text.test(line));
  let found = '';
  await waitUntil(`status ${String(text)}`, async () => {
    const alerts = await readRole(region, 'alert');
    if (alerts.length > 0) throw new Error(`The page says: ${alerts.join(' / ')}`);
    found = (await readRole(region, 'status')).find(fits) ?? '';
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
export function findService(options: Page, title: string): Promise<ElementHandle> {
  return find(options, 'region', title);
}

async function find(region: Region, role: string, name: string): Promise<ElementHandle> {
  const seen: { element?: ElementHandle | null } = {};
  await waitUntil(`the ${role} "${name}"`, async () => {
    seen.element = await region.$(byRole(role, name));
    return seen.element !== null;
  });
  if (!seen.element) throw new Error(`No ${role} ${name}`);
  return seen.element;
}

/** A form field by its label. Each browser has its own idea of roles for fields, labels they agree on. */
export async function findField(region: Region, label: string): Promise<ElementHandle<HTMLInputElement>> {
  let found: ElementHandle<HTMLInputElement> | undefined;
  await waitUntil(`the field "${label}"`, async () => {
    const part = isPage(region) ? await region.evaluateHandle(() => document.documentElement) : region;
    // One question for all fields, since each takes its time in Firefox.
    const field = await part.evaluateHandle((element, wanted) => {
      const fields = [...element.querySelectorAll<HTMLInputElement>('input, select, textarea')];
      return fields.find(
        ({ labels, ariaLabel }) =>
          ariaLabel === wanted ||
          [...(labels ?? [])].some((text) => text.textContent.trim().startsWith(wanted)),
      );
    }, label);
    // Undefined, for no such field, has a handle too, but is no element.
    found = (field.asElement() as ElementHandle<HTMLInputElement> | null) ?? undefined;
    return found !== undefined;
  });
  if (found === undefined) throw new Error(`No field ${label}`);
  return found;
}

/** Puts a text in place of the one that is there; it arrives whole, as pasting does. What is typed has journeys of its own. */
export async function fill(region: Region, label: string, text: string): Promise<void> {
  await (await findField(region, label)).asLocator().fill(text, { typingThreshold: 0 });
}

/** Chooses in a list by the text that people see. */
export async function choose(region: Region, label: string, text: string): Promise<void> {
  await waitUntil(`"${text}" in "${label}"`, async () =>
    (await findField(region, label)).evaluate((field, wanted) => {
      const select = field as unknown as HTMLSelectElement; // The fields of these labels are lists.
      const option = [...select.options].find((one) => one.text === wanted);
      if (option === undefined || select.disabled) return false;
      select.value = option.value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
      return true;
    }, text),
  );
}

/** Clicks an element once it is free, in view and still. */
export async function click(element: ElementHandle, what: string): Promise<void> {
  await waitUntil(`${what} to be free and still`, () =>
    element.evaluate(async (control) => {
      const locate = () => JSON.stringify(control.getBoundingClientRect());
      const { top, bottom } = control.getBoundingClientRect();
      if (top < 0 || bottom > innerHeight) control.scrollIntoView({ block: 'center', behavior: 'instant' });
      const before = locate();
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      return !control.matches(':disabled') && locate() === before;
    }),
  );
  await element.click();
}

export async function press(region: Region, name: string): Promise<void> {
  await click(await find(region, 'button', name), `the button "${name}"`);
}

/**
 * Presses the button that ends a page: the window may be gone before the click is answered, and then the answer never
 * comes. A click that fails on a page that stays is a failure like any other.
 */
export async function pressLast(page: Page, name: string): Promise<void> {
  const button = await find(page, 'button', name);
  const { promise: isGone, resolve } = Promise.withResolvers<undefined>();
  page.once('close', () => resolve(undefined));
  const isClicked = click(button, `the button "${name}"`).catch(async (failure: unknown) => {
    // Whichever news comes first, that of the failure or that of the end.
    await waitUntil('the page to end', () => Promise.resolve(page.isClosed()), 2000).catch(() => {
      throw failure;
    });
  });
  await Promise.race([isClicked, isGone]);
}

/**
 * Presses the button that closes a page, and waits until it has. A tab that Firefox is asked for before that opens in
 * the dying window: then the browser no longer sees the sign-in end there, or never opens the tab.
 */
export async function pressToClose(page: Page, name: string): Promise<void> {
  const { promise: isGone, resolve } = Promise.withResolvers<undefined>();
  page.once('close', () => resolve(undefined));
  await pressLast(page, name);
  await waitFor(`the window to close after "${name}"`, isGone);
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
  const region = await findService(options, service);
  await press(region, 'Sign in');
  const consent = await browser.waitForWindow((url) => url.host === host);
  await pressToClose(consent, `Continue as @${name}`);
  // There alone: another service may have said so before.
  await waitForStatus(region, `Signed in as ${name}.`);
}

export async function selectTab(popup: Page, name: string): Promise<void> {
  await click(await find(popup, 'tab', name), `the tab "${name}"`);
}

/**
 * Votes from the popup's Vote tab: the post is typed unless it is left out, the weight too. Waits for what the chain says
 * of the post before the press, as a person does who wants to know what they vote on.
 */
export async function voteInPopup(
  popup: Page,
  vote: { readonly post?: string; readonly weight?: string } = {},
): Promise<void> {
  if (vote.post !== undefined) await fill(popup, 'Post', vote.post);
  if (vote.weight !== undefined) {
    const number = await popup.waitForSelector('input[type=number]');
    // At once, with the focus first, as a person does: from then on the facts that come leave it alone.
    await number?.focus();
    await number?.asLocator().fill(vote.weight);
  }
  await popup.waitForSelector('::-p-text(Voting power)');
  await press(popup, 'Vote');
}
