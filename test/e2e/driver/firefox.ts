/** Firefox with Latchkey, driven over WebDriver BiDi. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { ensureBrowser } from '../browsers.ts';
import type { BrowserDriver, LaunchOptions, SandboxPorts } from './driver.ts';
import { waitForLoaded } from './extension-page.ts';
import * as system from './firefox-system.ts';
import {
  makeSurroundings,
  protocolLimitMs,
  PuppeteerDriver,
  startLimitMs,
  type Surroundings,
} from './puppeteer-driver.ts';
import { callInFirefox } from './shadow.ts';

const productionBuild = join(import.meta.dirname, '../../../.output/firefox-mv3');

async function readExtensionId(folder: string): Promise<string> {
  // Our own build; a manifest without an id makes the launch fail right here.
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as {
    readonly browser_specific_settings: { readonly gecko: { readonly id: string } };
  };
  return manifest.browser_specific_settings.gecko.id;
}

interface Facts extends Surroundings {
  readonly extension: string;
  readonly id: string;
  /** The host of the extension's addresses. */
  readonly uuid: string;
}

class FirefoxDriver extends PuppeteerDriver {
  readonly name = 'firefox';
  readonly #facts: Facts;

  private constructor(launch: () => Promise<Browser>, browser: Browser, facts: Facts) {
    super(launch, browser, facts);
    this.#facts = facts;
  }

  static async launch(sandbox: SandboxPorts, options: LaunchOptions): Promise<FirefoxDriver> {
    const surroundings = await makeSurroundings('firefox', sandbox.proxyPort);
    const { profile, cable } = surroundings;
    const extension = options.extension ?? productionBuild;
    const id = await readExtensionId(extension);
    const uuid = randomUUID();
    const launch = () =>
      puppeteer.launch({
        browser: 'firefox',
        executablePath: ensureBrowser('firefox'),
        headless: options.hasWindow !== true,
        userDataDir: profile,
        acceptInsecureCerts: true,
        networkEnabled: false,
        timeout: startLimitMs,
        protocolTimeout: protocolLimitMs,
        defaultViewport: options.hasWindow === true ? null : { width: 1280, height: 800 },
        args: ['--remote-allow-system-access'],
        extraPrefsFirefox: {
          'network.proxy.type': 1,
          'network.proxy.ssl': '127.0.0.1',
          'network.proxy.ssl_port': cable.port,
          'extensions.webextensions.uuids': JSON.stringify({ [id]: uuid }),
          // An unsigned add-on is gone with the browser: so that a restart finds the vault, both outlive that.
          'extensions.webextensions.keepStorageOnUninstall': true,
          'extensions.webextensions.keepUuidOnUninstall': true,
          // An update closes the pages of the extension, and Firefox with the last tab.
          'browser.tabs.closeWindowWithLastTab': false,
          // The consoles of all contexts on standard output, the background's too, which BiDi leaves out.
          'devtools.console.stdout.chrome': true,
          'devtools.console.stdout.content': true,
          'intl.accept_languages': 'en-US',
        },
      });
    const driver = new FirefoxDriver(launch, await launch(), { ...surroundings, extension, id, uuid });
    await driver.start();
    return driver;
  }

  protected async start(): Promise<void> {
    this.browser.process()?.stdout?.on('data', (data: Buffer) => {
      this.consoleLines.push(...data.toString().split('\n').filter(Boolean));
    });
    await this.#install();
  }

  async #install(): Promise<void> {
    await this.browser.installExtension(this.#facts.extension);
    await this.#run(system.waitForBackground, this.#facts.id);
  }

  #run(source: string, ...texts: readonly string[]): Promise<unknown> {
    return system.createFirefoxSystem(this.browser).run(source, ...texts);
  }

  extensionUrl(path: string): string {
    return `moz-extension://${this.#facts.uuid}/${path}`;
  }

  async openExtensionPage(path: string): Promise<Page> {
    const page = await this.openTab();
    await this.#visit(page, this.extensionUrl(path));
    return page;
  }

  /** BiDi never reports that a page of an extension has loaded, so the page is asked. */
  async #visit(page: Page, url: string): Promise<void> {
    page.goto(url).catch(() => undefined);
    await waitForLoaded(page, url);
  }

  async firstRunPage(): Promise<Page> {
    const url = this.extensionUrl('options.html');
    await this.#run(system.waitForTab, url);
    // Puppeteer is not told the address of an extension's page either.
    for (const page of await this.browser.pages()) {
      if ((await page.evaluate(() => location.href)).startsWith(url)) return this.prepare(page);
    }
    throw new Error('The options page was closed again.');
  }

  /**
   * The popup's page in a tab behind `onPage`, which so stays the active tab, as it does under a real popup. BiDi
   * does not tell of real popups yet (https://bugzilla.mozilla.org/show_bug.cgi?id=1755014); once it does, the
   * toolbar button can be used as in Chromium.
   */
  async openPopup(onPage?: Page): Promise<Page> {
    const front = onPage ?? (await this.openTab());
    const popup = await this.openTab();
    await front.bringToFront();
    const url = this.extensionUrl('popup.html');
    await this.#visit(popup, url);
    await this.#run(system.activateBehind, url);
    return popup;
  }

  callOnShadowRoots(page: Page, elementName: string, source: string): Promise<unknown> {
    return callInFirefox(system.getConnection(this.browser))(page, elementName, source);
  }

  async allowHost(host: string): Promise<void> {
    await this.#run(system.allowHost, this.#facts.id, `https://${host}/*`);
  }

  async refuseHost(): Promise<void> {
    await this.#run(system.refuseHost);
  }

  async stopWorker(): Promise<boolean> {
    return (await this.#run(system.stopBackground, this.#facts.id)) === true;
  }

  async updateExtension(): Promise<void> {
    await this.#install();
  }

  protected async tellOffline(isOffline: boolean): Promise<void> {
    await this.#run(system.setOffline, isOffline ? 'offline' : 'online');
  }

  protected async withColours(_page: Page, isDark: boolean, shoot: () => Promise<unknown>): Promise<void> {
    await this.#run(system.setColours, isDark ? 'dark' : 'light');
    await shoot();
    await this.#run(system.setColours, 'light');
  }
}

/** Starts Firefox so that every https host leads to the sandbox, with the extension in a profile of its own. */
export function launchFirefox(sandbox: SandboxPorts, options: LaunchOptions = {}): Promise<BrowserDriver> {
  return FirefoxDriver.launch(sandbox, options);
}
