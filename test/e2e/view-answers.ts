/** What the background answers to a view, overheard in the view itself. */
import type { Page } from 'puppeteer-core';

/** Keeps every answer from now on, for {@link readViewAnswers}. */
export async function overhearView(page: Page): Promise<void> {
  await page.evaluate(`(() => {
    const { runtime } = globalThis.browser ?? globalThis.chrome;
    const send = runtime.sendMessage.bind(runtime);
    globalThis.answers = [];
    runtime.sendMessage = async (...message) => {
      const answer = await send(...message);
      globalThis.answers.push(JSON.stringify(answer));
      return answer;
    };
  })()`);
}

export function readViewAnswers(page: Page): Promise<string> {
  return page.evaluate(() => String(Reflect.get(globalThis, 'answers')));
}
