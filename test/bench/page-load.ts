/** What a page costs: the time until it has loaded, and what its process did until it came to rest. */
import { setTimeout as pass } from 'node:timers/promises';
import type { BrowserDriver } from '../e2e/driver/driver.ts';

/** Counted from the moment in which the site's own script has drawn the page anew. */
const restMs = 800;

export interface PageCost extends Record<string, number> {
  /** Navigation start to the end of the load event. */
  readonly loadMs: number;
  /** All scripts of the page's process, ours among them. */
  readonly scriptMs: number;
  /** The main thread at work, whatever on. */
  readonly taskMs: number;
  readonly heapMegabytes: number;
}

export async function measurePage(browser: BrowserDriver, url: string): Promise<PageCost> {
  const page = await browser.newPage('about:blank');
  const session = await page.createCDPSession();
  await session.send('Performance.enable');
  await page.goto(url);
  await page.waitForFunction(() => document.documentElement.dataset['hydrated'] === location.pathname, {
    polling: 20,
  });
  await pass(restMs);
  const { metrics } = await session.send('Performance.getMetrics');
  const loadMs = await page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation');
    // Entries of this type are of this class.
    return (navigation as PerformanceNavigationTiming).loadEventEnd;
  });
  await page.close();
  const read = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? NaN;
  return {
    loadMs,
    scriptMs: read('ScriptDuration') * 1000,
    taskMs: read('TaskDuration') * 1000,
    heapMegabytes: read('JSHeapUsedSize') / 1e6,
  };
}
