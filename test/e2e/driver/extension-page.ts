/** What the driver does alike in both browsers, on pages of the extension. */
import type { Page } from 'puppeteer-core';
import { waitUntil } from '../wait-until.ts';

/** The part of the extension API that a page of the extension is asked for. */
interface ExtensionScope {
  readonly browser?: ExtensionApi;
  readonly chrome: ExtensionApi;
}
interface ExtensionApi {
  readonly storage: Record<
    'local' | 'session' | 'sync',
    { get(keys: null): Promise<Record<string, unknown>> }
  >;
}

/** Everything in `storage`, read on a page of the extension. */
export function readStorage(
  page: Page,
): Promise<Record<'local' | 'session' | 'sync', Record<string, unknown>>> {
  return page.evaluate(async () => {
    // Runs in the page, where the browser put its API.
    const scope = globalThis as unknown as ExtensionScope;
    const { storage } = scope.browser ?? scope.chrome;
    return {
      local: await storage.local.get(null),
      session: await storage.session.get(null),
      sync: await storage.sync.get(null),
    };
  });
}

/** Resolves when the page is at `url` and has loaded. Polls, since a tab behind another one draws no frames. */
export async function waitForLoaded(page: Page, url: string): Promise<void> {
  const isLoaded = (wanted: string) => location.href === wanted && document.readyState === 'complete';
  // Between two documents there is nothing to ask, which the protocols tell as an error.
  await waitUntil(`${url} to load`, () => page.evaluate(isLoaded, url).catch(() => false));
}
