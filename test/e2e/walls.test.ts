/** What the manifest forbids, tried in the browsers: code from elsewhere in our pages, and our pages in those of others. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserNames } from './driver/index.ts';
import { startJourney, type Journey } from './journey.ts';

/** A server on this machine that says hello to everybody. */
async function startLoopback(): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer((_request, response) => {
    response.setHeader('access-control-allow-origin', '*').end('hello');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port }; // It listens.
}

interface Attempt {
  readonly end: string;
  readonly refused: string[];
}

/**
 * Runs a text in the page as the page's own code would: not in the debugger's call, which policies let through.
 * @returns what it came to, and which directives of the policy spoke up meanwhile.
 */
function attempt(page: Page, code: string): Promise<Attempt> {
  return page.evaluate(
    (text) =>
      new Promise<Attempt>((resolve) => {
        const refused: string[] = [];
        const hear = (event: SecurityPolicyViolationEvent) => refused.push(event.effectiveDirective);
        document.addEventListener('securitypolicyviolation', hear);
        Object.assign(globalThis, { owned: false });
        const tries: Readonly<Record<string, () => unknown>> = {
          eval: (): unknown => (0, eval)('globalThis.owned = true'),
          // eslint-disable-next-line @typescript-eslint/no-implied-eval -- which is what has to fail
          function: (): unknown => (Function('globalThis.owned = true') as () => void)(),
        };
        const [kind = '', address = ''] = text.split(' ');
        const make = (name: string, facts: object) =>
          new Promise((loaded, failed) => {
            const element = Object.assign(document.createElement(name), facts);
            element.addEventListener('load', loaded);
            element.addEventListener('error', () => failed(new Error('error')));
            document.head.append(element);
            if ('text' in facts) setTimeout(loaded);
          });
        const act = async () => {
          if (kind === 'fetch') return (await fetch(address)).text();
          if (kind === 'script') return make('script', { src: address });
          if (kind === 'inline') return make('script', { text: 'globalThis.owned = true' });
          if (kind === 'style') return make('link', { rel: 'stylesheet', href: address });
          if (kind === 'picture') return make('img', { src: address });
          return tries[kind]?.();
        };
        setTimeout(() => {
          void act()
            .then(
              () => 'done',
              (error: unknown) => (error instanceof Error ? error.name : 'failed'),
            )
            .then((end) =>
              // The event of a refusal comes in a task of its own.
              setTimeout(() => {
                document.removeEventListener('securitypolicyviolation', hear);
                resolve({ end: Reflect.get(globalThis, 'owned') === true ? 'owned' : end, refused });
              }, 50),
            );
        });
      }),
    code,
  );
}

describe.each(browserNames)('the walls in %s', (name) => {
  let journey: Journey;
  let options: Page;
  let loopback: Awaited<ReturnType<typeof startLoopback>>;
  beforeAll(async () => {
    journey = await startJourney(name);
    options = await journey.browser.firstRunPage();
    loopback = await startLoopback();
  });
  afterAll(async () => {
    loopback.server.close();
    await journey[Symbol.asyncDispose]();
  });

  test.each([
    ['eval', 'script-src'],
    ['function', 'script-src'],
    ['inline', 'script-src-elem'],
    ['script https://steemit.com/code.js', 'script-src-elem'],
    ['style https://steemit.com/style.css', 'style-src-elem'],
    ['picture https://steemit.com/picture.png', 'img-src'],
    ['fetch http://api.hive.blog/', 'connect-src'],
    ['fetch http://192.168.0.1/', 'connect-src'],
  ])('our pages refuse: %s', async (code, directive) => {
    const { end, refused } = await attempt(options, code);
    expect(end).not.toBe('owned');
    expect(refused).toContain(directive);
  });

  test('our pages reach https addresses and this machine', async () => {
    expect(await attempt(options, 'fetch https://api.hive.blog/')).toEqual({ end: 'done', refused: [] });
    for (const host of ['127.0.0.1', 'localhost']) {
      const { refused } = await attempt(options, `fetch http://${host}:${loopback.port}/`);
      expect(refused).toEqual([]);
    }
  });

  test.each(['https://steemit.com/created', 'https://x.com/'])(
    'Page attack 11: %s can show none of our pages in a frame, and reads none of our files but the popover',
    async (site) => {
      const { browser } = journey;
      const page = await browser.newPage(site);
      const probe = (path: string) =>
        page.evaluate(
          (address) =>
            fetch(address).then(
              () => 'read',
              () => 'refused',
            ),
          browser.extensionUrl(path),
        );
      for (const path of ['manifest.json', 'popup.html', 'options.html', 'background.js', 'icon/48.png'])
        expect([path, await probe(path)]).toEqual([path, 'refused']);
      expect(await probe('vote-popover.js')).toBe(site.includes('steemit') ? 'read' : 'refused');
      const framed = await page.evaluate(
        (address) =>
          new Promise<string>((resolve) => {
            const frame = document.createElement('iframe');
            frame.src = address;
            // Both browsers load an error page of their own there, whose content the page can't see.
            frame.addEventListener('load', () => resolve(frame.contentDocument?.title ?? 'foreign'));
            setTimeout(() => resolve('nothing'), 1000);
            document.body.append(frame);
          }),
        browser.extensionUrl('options.html'),
      );
      expect(['foreign', 'nothing', '']).toContain(framed);
      const inFrames = await Promise.all(
        page.frames().map((frame) => frame.evaluate(() => document.body.textContent).catch(() => '')),
      );
      expect(inFrames.slice(1).join()).not.toContain('Latchkey');
      await page.close();
    },
  );
});
