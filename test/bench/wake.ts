/** From a message to its answer: with the background stopped, and with the background awake. */
import type { Page } from 'puppeteer-core';
import type { BrowserDriver } from '../e2e/driver/driver.ts';

/** The part of the extension API that is asked for on the page. */
interface ExtensionScope {
  readonly chrome: { readonly runtime: { sendMessage(message: unknown): Promise<unknown> } };
}

export interface WakeCost extends Record<string, number> {
  readonly coldMs: number;
  readonly warmMs: number;
}

function time(page: Page, message: unknown): Promise<number> {
  return page.evaluate(async (sent) => {
    // Runs in a page of the extension, where Chromium put its API.
    const { chrome } = globalThis as unknown as ExtensionScope;
    const start = performance.now();
    const answer = await chrome.runtime.sendMessage(sent);
    const end = performance.now();
    const isRefusal = typeof answer === 'object' && answer !== null && Reflect.get(answer, 'ok') === false;
    if (answer === undefined || isRefusal) throw new Error(`No answer: ${JSON.stringify(answer)}`);
    return end - start;
  }, message);
}

/** @param page a page of the extension that may ask. */
export async function measureWake(browser: BrowserDriver, page: Page, message: unknown): Promise<WakeCost> {
  await browser.stopWorker();
  await page.bringToFront();
  const coldMs = await time(page, message);
  const warmMs = await time(page, message);
  return { coldMs, warmMs };
}
