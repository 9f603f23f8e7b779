/** What the background answers to the scripts on a page, overheard where the browser hands it over. */
import type { Page } from 'puppeteer-core';
import type { BrowserDriver } from './driver/driver.ts';
import { createFirefoxSystem } from './driver/firefox-system.ts';

/**
 * Listens from now on. In Firefox to all answers of the browser's message manager, of views too; in Chromium to those
 * that the content script of this page gets.
 *
 * @returns reads the answers so far, as JSON.
 */
export function overhearAnswers(browser: BrowserDriver, page: Page): Promise<() => Promise<string>> {
  return browser.name === 'firefox' ? overhearInFirefox(page) : overhearInChromium(page);
}

async function overhearInFirefox(page: Page): Promise<() => Promise<string>> {
  const system = createFirefoxSystem(page.browser());
  await system.run(`() => {
    const { ConduitsParent } = ChromeUtils.importESModule('resource://gre/modules/ConduitsParent.sys.mjs');
    const { receiveMessage } = ConduitsParent.prototype;
    window.overheard = [];
    ConduitsParent.prototype.receiveMessage = async function (message) {
      const answer = await receiveMessage.call(this, message);
      if (message.name === 'RuntimeMessage') window.overheard.push(JSON.stringify(answer));
      return answer;
    };
  }`);
  return async () => String(await system.run('() => window.overheard.join()'));
}

async function overhearInChromium(page: Page): Promise<() => Promise<string>> {
  const session = await page.createCDPSession();
  const contexts: number[] = [];
  session.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.name === 'Latchkey') contexts.push(context.id);
  });
  await session.send('Runtime.enable');
  const [contextId] = contexts;
  if (contextId === undefined) throw new Error('The content script does not run here.');
  const evaluate = (expression: string) => session.send('Runtime.evaluate', { contextId, expression });
  const started = await evaluate(`{
    const { runtime } = globalThis.browser?.runtime?.id ? browser : chrome;
    const send = runtime.sendMessage.bind(runtime);
    globalThis.overheard = [];
    runtime.sendMessage = async (message) => {
      const answer = await send(message);
      overheard.push(JSON.stringify(answer));
      return answer;
    };
  }`);
  if (started.exceptionDetails !== undefined) throw new Error(started.exceptionDetails.text);
  return async () => String((await evaluate('overheard.join()')).result.value);
}
