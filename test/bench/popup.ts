/** How soon the toolbar popup shows something. */
import type { BrowserDriver } from '../e2e/driver/driver.ts';

export interface PopupCost extends Record<string, number> {
  /** Navigation start to the first painted text. */
  readonly firstTextMs: number;
}

export async function measurePopup(browser: BrowserDriver): Promise<PopupCost> {
  const tab = await browser.newPage('about:blank');
  const popup = await browser.openPopup(tab);
  const firstTextMs = await popup.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          for (const { name, startTime } of list.getEntries())
            if (name === 'first-contentful-paint') resolve(startTime);
        }).observe({ type: 'paint', buffered: true });
      }),
  );
  await popup.close();
  await tab.close();
  return { firstTextMs };
}
