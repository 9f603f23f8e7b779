/** What a person does with Authing's user API: in the forms on the options page, and with what a pool offers. */
import type { Page } from 'puppeteer-core';
import { choose, fill, findService, press, waitForStatus } from './steps.ts';

export interface Typed {
  readonly by?: string;
  readonly login: string;
  readonly password: string;
}

/** Opens a form beside Sign in, fills it in and goes on. */
export async function typeSignIn(
  options: Page,
  title: string,
  form: string,
  { by = 'User name', login, password }: Typed,
): Promise<void> {
  const region = await findService(options, title);
  await press(region, form);
  await fill(region, 'Name, e-mail', login);
  await fill(region, 'Password', password);
  await choose(options, 'Sign in by', by);
  await press(region, 'Continue');
}

/** Fills params of a look-up in by their labels. */
async function fillParams(page: Page, params: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, text] of Object.entries(params)) await fill(page, label, text);
}

/** Looks up in the view that is open, and waits for what the status line says. */
export async function lookUp(
  page: Page,
  what: string,
  params: Readonly<Record<string, string>>,
  status: string | RegExp,
): Promise<void> {
  await choose(page, 'What', what);
  await fillParams(page, params);
  await press(page, 'Look up');
  await waitForStatus(page, status);
}

/** The same where something changes: it is asked once more. */
export async function change(
  page: Page,
  what: string,
  params: Readonly<Record<string, string>>,
): Promise<void> {
  await choose(page, 'What', what);
  await fillParams(page, params);
  await press(page, what);
  await press(page, 'Confirm');
}

/** The first row of the table by the titles of its columns. */
export function readFirstRow(page: Page): Promise<Record<string, string>> {
  return page.evaluate(() => {
    const titles = [...document.querySelectorAll('thead th')].map(({ textContent }) => textContent.trim());
    const cells = [...document.querySelectorAll('tbody tr:first-child > *')];
    return Object.fromEntries(cells.map(({ textContent }, at) => [titles[at] ?? '', textContent.trim()]));
  });
}
