/** A disk without room, as Chromium itself tells of it: the quota of the extension's origin is taken away over DevTools. */
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { waitUntil } from './steps.ts';

/**
 * The production build but for its permission `unlimitedStorage`. With that, Chromium 156 never compares what is written
 * to a quota: with one of a single byte in force, `navigator.storage.estimate()` told it, and IndexedDB went on to take
 * megabytes. Without it the very same writes end in QuotaExceededError, as they do where the disk itself is full.
 * @returns the folder, which is the caller's to remove.
 */
export async function copyLimitedBuild(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-limited-'));
  await cp(join(import.meta.dirname, '../../.output/chrome-mv3'), folder, { recursive: true });
  const path = join(folder, 'manifest.json');
  // Our own build.
  const manifest = JSON.parse(await readFile(path, 'utf8')) as { permissions: string[] };
  manifest.permissions = manifest.permissions.filter((name) => name !== 'unlimitedStorage');
  await writeFile(path, JSON.stringify(manifest));
  return folder;
}

export interface FullDisk {
  /** Leaves room for a few small records. */
  giveLittle(): Promise<void>;
  /** Takes up all the room that is left, at once. */
  fill(): Promise<void>;
  /** There is room again, as much as ever. */
  empty(): Promise<void>;
}

/** How long Chromium may go by the room that it knew of before, in milliseconds: it looks again after 30 s. */
const fillTakesAtMostMs = 60_000;

/** Leaves the extension of this page no room at all, and waits until the browser goes by that. */
export async function fillDisk(page: Page): Promise<FullDisk> {
  const origin = await page.evaluate(() => location.origin);
  const session = await page.createCDPSession();
  const fits = (bytes: number) => page.evaluate(tryToWrite, bytes);
  const little = 200_000;
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  await waitUntil('the disk to be full', async () => !(await fits(1000)), fillTakesAtMostMs);
  return {
    // Where there is no room the browser looks each time, and so takes notice at once.
    giveLittle: async () => {
      const { usage } = await session.send('Storage.getUsageAndQuota', { origin });
      await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + little });
      await waitUntil('a little room', () => fits(1000));
    },
    fill: async () => {
      for (let bytes = little; bytes >= 1;) if (!(await fits(bytes))) bytes = Math.floor(bytes / 2);
    },
    empty: async () => {
      await session.send('Storage.overrideQuotaForOrigin', { origin });
      await waitUntil('room again', () => fits(little));
      await session.detach();
    },
  };
}

/** Runs in the page: puts so many bytes, which no compression makes fewer, into a database beside the vault. */
function tryToWrite(bytes: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('ballast', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('ballast', { autoIncrement: true });
    // Even that may find no room.
    opening.onerror = () => resolve(false);
    opening.onsuccess = () => {
      const transaction = opening.result.transaction('ballast', 'readwrite');
      const parts = Array.from({ length: Math.ceil(bytes / 65_536) }, (_part, index) =>
        crypto.getRandomValues(new Uint8Array(Math.min(65_536, bytes - index * 65_536))),
      );
      transaction.objectStore('ballast').put(parts);
      transaction.oncomplete = () => {
        opening.result.close();
        resolve(true);
      };
      transaction.onabort = () => {
        opening.result.close();
        if (transaction.error?.name === 'QuotaExceededError') resolve(false);
        else reject(new Error(transaction.error?.message));
      };
    };
  });
}
