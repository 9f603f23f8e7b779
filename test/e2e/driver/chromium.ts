/** Chromium with Latchkey, driven over the DevTools protocol. */
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import puppeteer, {
  TargetType,
  type Browser,
  type ConsoleMessage,
  type Page,
  type Target,
} from 'puppeteer-core';
import { ensureBrowser } from '../browsers.ts';
import { canSandbox } from './can-sandbox.ts';
import type { BrowserDriver, LaunchOptions, SandboxPorts } from './driver.ts';
import {
  makeSurroundings,
  protocolLimitMs,
  PuppeteerDriver,
  startLimitMs,
  type Surroundings,
} from './puppeteer-driver.ts';
import { callInChromium } from './shadow.ts';

const productionBuild = join(import.meta.dirname, '../../../.output/chrome-mv3');

/** A line of a console with the values that were logged, as far as the browser previews them. */
function readConsoleLine(message: ConsoleMessage): string {
  const values = message.args().map((value) => JSON.stringify(value.remoteObject()));
  return [message.text(), ...values].join(' ');
}

class ChromiumDriver extends PuppeteerDriver {
  readonly name = 'chromium';
  readonly #extension: string;
  #id = '';
  #isOffline = false;

  private constructor(
    launch: () => Promise<Browser>,
    browser: Browser,
    facts: Surroundings & { readonly extension: string },
  ) {
    super(launch, browser, facts);
    this.#extension = facts.extension;
  }

  static async launch(sandbox: SandboxPorts, options: LaunchOptions): Promise<ChromiumDriver> {
    const surroundings = await makeSurroundings('chromium', sandbox.port);
    const { profile, cable } = surroundings;
    const extension = options.extension ?? productionBuild;
    const launch = () =>
      puppeteer.launch({
        executablePath: ensureBrowser('chromium'),
        headless: options.hasWindow !== true,
        userDataDir: profile,
        enableExtensions: true,
        // Puppeteer's own watch over requests is not needed and would change their timing.
        networkEnabled: false,
        timeout: startLimitMs,
        protocolTimeout: protocolLimitMs,
        defaultViewport: options.hasWindow === true ? null : { width: 1280, height: 800 },
        args: [
          `--host-resolver-rules=MAP *:443 127.0.0.1:${cable.port}`,
          '--ignore-certificate-errors',
          // An extension is kept from an address for a while that answered it 5xx three times in a row, as the
          // broadcasters answer each refused vote. People are not as quick as a journey.
          '--disable-extensions-http-throttling',
          '--lang=en-US',
          '--window-size=1280,1000',
          // Chromium refuses to start where it can't have its own sandbox.
          ...(canSandbox() ? [] : ['--no-sandbox']),
        ],
      });
    const driver = new ChromiumDriver(launch, await launch(), { ...surroundings, extension });
    await driver.start();
    return driver;
  }

  protected async start(): Promise<void> {
    const watch = (target: Target) => {
      this.#watch(target).catch((error: unknown) => {
        // A target may be gone before we could listen to it; whatever else happens must be seen.
        if (this.browser.targets().includes(target)) throw error;
      });
    };
    this.browser.on('targetcreated', watch);
    this.browser.targets().forEach(watch);
    this.#id = await this.browser.installExtension(this.#extension);
  }

  async #watch(target: Target): Promise<void> {
    const listen = (message: ConsoleMessage) => this.consoleLines.push(readConsoleLine(message));
    if (target.type() === TargetType.SERVICE_WORKER) {
      const worker = await target.worker();
      worker?.on('console', listen);
      if (this.#isOffline) await this.#tellTarget(target);
    } else if (target.type() === TargetType.PAGE) {
      const page = await target.page();
      page?.on('console', listen);
      page?.on('pageerror', (error) => this.consoleLines.push(String(error)));
    }
  }

  extensionUrl(path: string): string {
    return `chrome-extension://${this.#id}/${path}`;
  }

  openExtensionPage(path: string): Promise<Page> {
    return this.newPage(this.extensionUrl(path));
  }

  firstRunPage(): Promise<Page> {
    return this.waitForWindow((url) => url.href.startsWith(this.extensionUrl('options.html')));
  }

  async openPopup(onPage?: Page): Promise<Page> {
    const page = onPage ?? (await this.newPage('about:blank'));
    await page.bringToFront();
    const extension = (await this.browser.extensions()).get(this.#id);
    if (extension === undefined) throw new Error('The extension is not installed.');
    const before = new Set(this.browser.targets());
    const popup = this.waitForTarget(
      'the popup',
      (target) => !before.has(target) && target.url().startsWith(this.extensionUrl('popup.html')),
    );
    await page.triggerExtensionAction(extension);
    return popup;
  }

  callOnShadowRoots(page: Page, elementName: string, source: string): Promise<unknown> {
    return callInChromium(page, elementName, source);
  }

  async allowHost(host: string): Promise<void> {
    const extensions = await this.newPage('chrome://extensions');
    await extensions.evaluate(
      (id, pattern) => {
        // The interface of that page to the browser, of which no types are published.
        const { developerPrivate } = (
          globalThis as unknown as {
            chrome: { developerPrivate: { addHostPermission(id: string, pattern: string): Promise<void> } };
          }
        ).chrome;
        return developerPrivate.addHostPermission(id, pattern);
      },
      this.#id,
      `https://${host}/*`,
    );
    await extensions.close();
  }

  refuseHost(): Promise<void> {
    return Promise.reject(new Error('Chromium lets no driver press its question.'));
  }

  #worker(): Target | undefined {
    return this.browser
      .targets()
      .find((target) => target.type() === TargetType.SERVICE_WORKER && target.url().includes(this.#id));
  }

  async stopWorker(): Promise<boolean> {
    const worker = this.#worker();
    if (worker === undefined) return false;
    // It may end by itself at any time, which is as good.
    const isGone = () => !this.browser.targets().includes(worker);
    for (let attempt = 0; attempt < 20 && !isGone(); attempt += 1) {
      // In vain where it was just starting, and our own debugger was not yet attached.
      await this.#stop(worker).catch((failure: unknown) => {
        if (!isGone()) throw failure;
      });
      for (let look = 0; look < 50 && !isGone(); look += 1) await setTimeout(30);
    }
    if (!isGone()) throw new Error('The worker does not end.');
    return true;
  }

  async #stop(worker: Target): Promise<void> {
    // With a debugger attached Chromium sets the worker no time limit to stop, and may wait for ever.
    const detached = worker.worker().then((attached) => attached?.client.detach());
    await Promise.race([detached.catch(() => undefined), setTimeout(500)]);
    const session = await this.browser.target().createCDPSession();
    const { targetInfos } = await session.send('Target.getTargets');
    for (const { type, url, targetId } of targetInfos)
      if (type === 'service_worker' && url === worker.url())
        await session.send('Target.closeTarget', { targetId });
    await session.detach();
  }

  async updateExtension(): Promise<void> {
    const before = this.#worker();
    const { promise: renewed, resolve } = Promise.withResolvers<undefined>();
    const listen = (target: Target) => {
      if (target !== before && target.type() === TargetType.SERVICE_WORKER) resolve(undefined);
    };
    this.browser.on('targetcreated', listen);
    await this.browser.installExtension(this.#extension);
    await renewed;
    this.browser.off('targetcreated', listen);
  }

  protected async tellOffline(isOffline: boolean): Promise<void> {
    this.#isOffline = isOffline;
    const own = this.browser.targets().filter((target) => target.url().startsWith(this.extensionUrl('')));
    await Promise.all(own.map((target) => this.#tellTarget(target)));
  }

  /** Pages and the worker learn of the network each for itself. */
  async #tellTarget(target: Target): Promise<void> {
    const isPage = target.type() === TargetType.PAGE;
    const session = isPage ? await target.createCDPSession() : (await target.worker())?.client;
    const speed = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
    await session?.send('Network.emulateNetworkConditions', { offline: this.#isOffline, ...speed });
  }

  protected async withColours(page: Page, isDark: boolean, shoot: () => Promise<unknown>): Promise<void> {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: isDark ? 'dark' : 'light' }]);
    await shoot();
    await page.emulateMediaFeatures([]);
  }
}

/** Starts Chromium so that every https host leads to the sandbox, with the extension in a profile of its own. */
export function launchChromium(sandbox: SandboxPorts, options: LaunchOptions = {}): Promise<BrowserDriver> {
  return ChromiumDriver.launch(sandbox, options);
}
