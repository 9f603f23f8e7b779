/** What both drivers do alike, whatever protocol Puppeteer speaks with the browser. */
import { mkdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { TargetType, type Browser, type Page, type Target } from 'puppeteer-core';
import type { BrowserName } from '../browsers.ts';
import { listenForVainWaits, waitLimitMs } from '../wait-until.ts';
import { createCable, type Cable } from './cable.ts';
import type { BrowserDriver } from './driver.ts';
import { readStorage } from './extension-page.ts';

const artifacts = join(import.meta.dirname, '../../../.artifacts');

/** How long a browser may take to answer one command, in milliseconds; less than a test has, so that it names the command. */
export const protocolLimitMs = 2 * waitLimitMs;

/**
 * How long a browser may take to start, in milliseconds: on a machine that is busy with other journeys the 30 s that
 * Puppeteer allows can be too short, and a journey's set-up has 120 s.
 */
export const startLimitMs = 2 * protocolLimitMs;

/** What a browser needs that outlives its restarts. */
export interface Surroundings {
  /** A folder of its own. */
  readonly profile: string;
  readonly cable: Cable;
}

/** @param port the sandbox's end of the cable, on 127.0.0.1. */
export async function makeSurroundings(name: BrowserName, port: number): Promise<Surroundings> {
  const profile = await mkdtemp(join(tmpdir(), `latchkey-${name}-`));
  return { profile, cable: await createCable(port) };
}

/** The browsers that run now, for {@link recordPages}. */
const running = new Set<PuppeteerDriver>();

/**
 * Saves what each page of each running browser shows and says, as `.artifacts/failures/<browser>-<what>-<number>.png`
 * and `.txt`. Never fails, since it is called where something else just did.
 */
export async function recordPages(what: string): Promise<void> {
  const label = what.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80);
  const saved = [...running].map((driver) => driver.recordPages(label).catch(() => undefined));
  // A browser that answers no more must not use up the time in which the failure itself can be told.
  await Promise.race([Promise.all(saved), setTimeout(10_000, undefined, { ref: false })]);
}

listenForVainWaits(recordPages);

export abstract class PuppeteerDriver implements BrowserDriver {
  abstract readonly name: BrowserName;
  readonly consoleLines: string[] = [];
  protected browser: Browser;
  readonly #launch: () => Promise<Browser>;
  readonly #surroundings: Surroundings;

  protected constructor(launch: () => Promise<Browser>, browser: Browser, surroundings: Surroundings) {
    this.#launch = launch;
    this.browser = browser;
    this.#surroundings = surroundings;
    running.add(this);
  }

  /** Listens to all consoles and loads the extension, which both browsers forget when they end; its data stay. */
  protected abstract start(): Promise<void>;
  abstract extensionUrl(path: string): string;
  abstract openExtensionPage(path: string): Promise<Page>;
  abstract firstRunPage(): Promise<Page>;
  abstract openPopup(onPage?: Page): Promise<Page>;
  abstract callOnShadowRoots(page: Page, elementName: string, source: string): Promise<unknown>;
  abstract allowHost(host: string): Promise<void>;
  abstract refuseHost(): Promise<void>;
  abstract stopWorker(): Promise<boolean>;
  abstract updateExtension(): Promise<void>;
  /** Lets the browser notice that there is no network, or one again. */
  protected abstract tellOffline(isOffline: boolean): Promise<void>;
  /** Tells pages of the person's choice of colours while `shoot` runs. */
  protected abstract withColours(page: Page, isDark: boolean, shoot: () => Promise<unknown>): Promise<void>;

  /** No wait on a page takes longer than a test may, so that each tells by itself what it waited for. */
  protected prepare(page: Page): Page {
    page.setDefaultTimeout(waitLimitMs);
    return page;
  }

  protected async openTab(): Promise<Page> {
    return this.prepare(await this.browser.newPage());
  }

  version(): Promise<string> {
    return this.browser.version();
  }

  async newPage(url: string): Promise<Page> {
    const page = await this.openTab();
    await page.goto(url);
    return page;
  }

  openOptions(): Promise<Page> {
    return this.openExtensionPage('options.html');
  }

  protected async waitForTarget(what: string, isIt: (target: Target) => boolean): Promise<Page> {
    const target = await this.browser
      .waitForTarget(isIt, { timeout: waitLimitMs })
      .catch(async (failure: unknown) => {
        await recordPages(what);
        const open = this.browser.targets().map((candidate) => candidate.url());
        throw new Error(`Waited in vain for: ${what}; open are ${open.join(', ')}`, { cause: failure });
      });
    return this.prepare(await target.asPage());
  }

  waitForWindow(isWanted: (url: URL) => boolean): Promise<Page> {
    return this.waitForTarget(`a window where ${String(isWanted)}`, (target) => {
      // A background is a target too, at an address that no window has.
      const isWindow = target.type() === TargetType.PAGE;
      return isWindow && URL.canParse(target.url()) && isWanted(new URL(target.url()));
    });
  }

  async restart(): Promise<void> {
    await this.browser.close();
    this.browser = await this.#launch();
    await this.start();
  }

  async setOffline(isOffline: boolean): Promise<void> {
    this.#surroundings.cable.setOffline(isOffline);
    await this.tellOffline(isOffline);
  }

  async screenshot(page: Page, name: string, options: { readonly isDark?: boolean } = {}): Promise<string> {
    const folder = join(artifacts, 'screenshots');
    mkdirSync(folder, { recursive: true });
    const path = `${folder}/${this.name}-${name}.png` as const;
    await this.withColours(page, options.isDark === true, () => page.screenshot({ path }));
    return path;
  }

  async recordPages(label: string): Promise<void> {
    const folder = join(artifacts, 'failures');
    mkdirSync(folder, { recursive: true });
    for (const [index, page] of (await this.browser.pages()).entries()) {
      const path = `${folder}/${this.name}-${label}-${index}` as const;
      const text = await page
        .evaluate(() => `${location.href}\n\n${document.body.innerText}\n`)
        .catch(String);
      await writeFile(`${path}.txt`, text);
      await page.screenshot({ path: `${path}.png` }).catch(() => undefined);
    }
  }

  async storageDump(): Promise<Record<'local' | 'session' | 'sync', Record<string, unknown>>> {
    const page = await this.openOptions();
    const dump = await readStorage(page);
    await page.close();
    return dump;
  }

  waitForEnd(): Promise<void> {
    return new Promise((resolve) => {
      this.browser.once('disconnected', () => resolve());
    });
  }

  async close(): Promise<void> {
    running.delete(this);
    await this.browser.close();
    await this.#surroundings.cable.close();
    await rm(this.#surroundings.profile, { recursive: true, force: true });
  }
}
