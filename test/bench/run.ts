/**
 * `npm run bench`: builds and packs, then measures what Latchkey costs in Chromium beside an extension that does next to
 * nothing, in alternating rounds over the sandbox, and prints two tables. Times depend on the machine and the hour:
 * compare within one run. Takes two minutes at most.
 */
import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { execPath } from 'node:process';
import manifest from '../../package.json' with { type: 'json' };
import { envelope } from '../../lib/bus/envelope.ts';
import { launchChromium } from '../e2e/driver/chromium.ts';
import { connectAccount, startJourney } from '../e2e/journey.ts';
import { seededPosts } from '../sandbox/seed.ts';
import { compare, type Result } from './contest.ts';
import { writeFloor } from './floor.ts';
import { measurePage } from './page-load.ts';
import { measurePopup } from './popup.ts';
import { readSizes, type Size } from './sizes.ts';
import { measureWake } from './wake.ts';

const rounds = 10;
const { author, permlink } = seededPosts.fresh;
const pages = {
  feed: 'https://steemit.com/created',
  post: `https://steemit.com/travel/@${author}/${permlink}`,
};

function pack(): void {
  const wxt = 'node_modules/wxt/bin/wxt.mjs';
  const { status } = spawnSync(execPath, [wxt, 'zip'], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error('The build failed.');
}

type Row = readonly [what: string, floor: number, latchkey: number];

function rowsOf(result: Result<string>, names: Readonly<Record<string, string>>): Row[] {
  return Object.entries(names).map(([figure, title]) => [
    title,
    result.floor[figure] ?? NaN,
    result.latchkey[figure] ?? NaN,
  ]);
}

function printTimes(rows: readonly Row[]): void {
  console.log('\n| median | floor | Latchkey | difference | ratio |\n| --- | --: | --: | --: | --: |');
  for (const [what, floor, latchkey] of rows) {
    const figures = [floor, latchkey, latchkey - floor].map((value) => value.toFixed(1));
    console.log(`| ${[what, ...figures, (latchkey / floor).toFixed(2)].join(' | ')} |`);
  }
}

function printSizes(sizes: readonly Size[]): void {
  console.log('\n| bytes | plain | gzip -9 |\n| --- | --: | --: |');
  for (const { part, bytes, zippedBytes } of sizes)
    console.log(`| ${part} | ${bytes} | ${zippedBytes ?? ''} |`);
}

async function measureAll(floorFolder: string): Promise<void> {
  await using journey = await startJourney('chromium');
  const { browser: latchkey, sandbox } = journey;
  const options = await latchkey.firstRunPage();
  await connectAccount(journey, options, { service: 'steemlogin', name: 'bob' });
  // Both browsers have one empty tab from here on.
  await options.close();
  const floor = await launchChromium(sandbox, { extension: floorFolder });
  try {
    const contenders = { floor, latchkey };
    const rows: Row[] = [];
    for (const [name, url] of Object.entries(pages)) {
      const result = await compare(contenders, rounds, (browser) => measurePage(browser, url));
      rows.push(
        ...rowsOf(result, {
          loadMs: `${name} page: loaded, ms`,
          scriptMs: `${name} page: all scripts, ms`,
          taskMs: `${name} page: main thread busy, ms`,
          heapMegabytes: `${name} page: heap, MB`,
        }),
      );
    }
    const popup = await compare(contenders, rounds, measurePopup);
    rows.push(...rowsOf(popup, { firstTextMs: 'popup: first text, ms' }));

    const askers = {
      floor: await floor.openExtensionPage('popup.html'),
      latchkey: await latchkey.openExtensionPage('options.html#about'),
    };
    const wake = await compare(contenders, rounds * 2, (browser, isFloor) =>
      measureWake(
        browser,
        isFloor ? askers.floor : askers.latchkey,
        // Latchkey answers from the vault.
        isFloor ? true : envelope('accounts.list', {}),
      ),
    );
    rows.push(
      ...rowsOf(wake, {
        coldMs: 'background stopped: message to answer, ms',
        warmMs: 'background awake: message to answer, ms',
      }),
    );
    printTimes(rows);
    printSizes(readSizes(manifest.version));
  } finally {
    await floor.close();
  }
}

pack();
const floorFolder = await writeFloor();
try {
  await measureAll(floorFolder);
} finally {
  await rm(floorFolder, { recursive: true });
}
