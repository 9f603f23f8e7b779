/** Pages of Steem and Hive as their owners, their writers and their scripts could make them, under the watch of our script. */
import * as fc from 'fast-check';
import { Window } from 'happy-dom';
import { watchPosts } from '../../entrypoints/steem.content/watch-posts.ts';
import { isAccountName } from '../../lib/steem/account-name.ts';
import { sites } from '../../lib/steem/sites/index.ts';
import type { Spot } from '../../lib/steem/sites/site.ts';
import { buildCondenser } from '../sandbox/pages/condenser.ts';
import { denser } from '../sandbox/pages/denser.ts';
import { ecency } from '../sandbox/pages/ecency.ts';
import { makePost, thread } from '../lib/steem/sites/page-fixture.ts';
import { editText, hostileText, textEdit, type TextEdit } from './hostile.ts';
import { defineTarget, Finding } from './target.ts';

/** Something that a page's script or writer puts in, as markup. */
const clobbering = [
  '<form><input name="querySelectorAll"><input name="closest"><input name="parentElement"></form>',
  '<form name="body"></form><img name="body">',
  '<form id="location"><input name="href"></form><a id="location" href="https://evil.example"></a>',
  '<form><a href="/x/@eve/in-a-form" name="href">x</a><input name="href"><input name="textContent"></form>',
  '<base href="https://evil.example/"><a href="/x/@eve/based">x</a>',
  '<latchkey-post-actions></latchkey-post-actions>',
  '<svg><a href="/x/@eve/svg"><text>x</text></a></svg>',
  '<math><annotation-xml encoding="text/html"><a href="/x/@eve/math">x</a></annotation-xml></math>',
  '<template><li><a href="/x/@eve/template">x</a></li></template>',
  '<div class="Comment"><div class="Comment"><div class="Comment__header"><a href="/x/@eve/nested">x</a></div></div></div>',
];
const hrefs = fc.oneof(
  fc.constantFrom(
    ...[
      'https://evil.example/x/@eve/elsewhere',
      '//evil.example/x/@eve/elsewhere',
      'javascript:/x/@eve/script',
    ],
    ...['/x/@eve/../../@bob/up', '/x/@e\u202eve/bidi', '/x/@eve/a%00b', '/x/@eve/%2e%2e', '/@eve/a/../b'],
    ...[
      '/x/@eve/\u200bzero-width',
      '/x/@EVE/upper',
      'https://steemit.com@evil.example/x/@eve/user',
      '/x/@eve/a\tb',
    ],
    ...[
      'data:text/html,/x/@eve/data',
      'https://steemit.com:444/x/@eve/port',
      '/x/@eve/%E2%80%AEbidi',
      '?/@eve/query',
    ],
  ),
  hostileText(2000).map((text) => `/x/@eve/${text}`),
  hostileText(2000),
);

interface PageEdit {
  /** Which of the page's elements, modulo their number. */
  readonly at: number;
  readonly how: 'href' | 'attribute' | 'insert' | 'remove' | 'move' | 'repeat' | 'text';
  readonly value: string;
}

interface Case {
  readonly site: number;
  readonly page: 'feed' | 'post';
  readonly markup: number;
  readonly path: string | undefined;
  readonly text: readonly TextEdit[];
  readonly before: readonly PageEdit[];
  /** While our script is there. */
  readonly after: readonly PageEdit[];
  /** Cards more. */
  readonly many: number;
}

const pageEdit: fc.Arbitrary<PageEdit> = fc.oneof(
  fc.record({ at: fc.nat(5000), how: fc.constant('href' as const), value: hrefs }),
  fc.record({ at: fc.nat(5000), how: fc.constantFrom('attribute', 'text'), value: hostileText(500) }),
  fc.record({ at: fc.nat(5000), how: fc.constant('insert' as const), value: fc.constantFrom(...clobbering) }),
  fc.record({ at: fc.nat(5000), how: fc.constantFrom('remove', 'move', 'repeat'), value: fc.constant('') }),
);

const cases: fc.Arbitrary<Case> = fc.record({
  site: fc.nat(20),
  page: fc.constantFrom('feed', 'post'),
  markup: fc.nat(20),
  path: fc.option(
    fc.oneof(
      fc.constantFrom(
        '/',
        '/trending',
        '/x/@alice/my-post#@carol/re-my-post',
        '/@alice',
        '/x/@alice/%E0%A4',
        '/@/',
      ),
      hostileText(2000).map((text) => `/${text}`),
    ),
    { freq: 3, nil: undefined },
  ),
  text: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(textEdit(), { maxLength: 3 }) },
  ),
  before: fc.array(pageEdit, { maxLength: 4 }),
  after: fc.array(pageEdit, { maxLength: 3 }),
  many: fc.oneof({ weight: 1500, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: fc.constant(1500) }),
});

const markups = [
  buildCondenser({ title: 'Steemit', colour: '#000', currency: 'SBD' }),
  denser,
  ecency,
] as const;
const cards = ['alice/my-post', 'bob.xyz/other-post'].map((name) => makePost(name));

function buildPage({ page, markup, text, many }: Case): { html: string; path: string } {
  const site = markups[markup % markups.length] ?? markups[0];
  if (page === 'post') return { html: editText(site.post(thread, true), text), path: site.postPath(thread) };
  const one = cards.map((post) => site.card(post, true)).join('');
  const more = site.card(makePost('carol/again'), true);
  return { html: editText(site.feed(one + more.repeat(many)), text), path: '/trending' };
}

function edit(document: Document, { at, how, value }: PageEdit): void {
  const all = document.body.querySelectorAll(how === 'href' ? 'a' : '*');
  const element = all[at % Math.max(1, all.length)];
  if (element === undefined) return;
  switch (how) {
    case 'href':
      element.setAttribute('href', value);
      return;
    case 'attribute':
      for (const name of ['class', 'id', 'name', 'data-testid']) element.setAttribute(name, value);
      return;
    case 'text':
      element.textContent = value;
      return;
    case 'insert':
      element.insertAdjacentHTML('beforeend', value);
      return;
    case 'remove':
      element.remove();
      return;
    case 'move':
      document.body.append(element);
      return;
    case 'repeat':
      element.append(element.cloneNode(true));
  }
}

/** Names of the window that our script takes for its own. */
const globals = [
  'document',
  'location',
  'window',
  'Element',
  'HTMLAnchorElement',
  'MutationObserver',
] as const;

interface Timers {
  readonly due: (() => void)[];
  run(): void;
}

/** The script's waits, run by the case. */
function stopTime(): Timers {
  const due: (() => void)[] = [];
  const later = (work: () => void) => void due.push(work);
  Object.assign(globalThis, { setTimeout: later, requestIdleCallback: later });
  return {
    due,
    run() {
      for (let round = 0; round < 6; round += 1) for (const work of due.splice(0)) work();
    },
  };
}

function assertSpot({ post }: Spot, hosts: readonly string[]): void {
  const { author, permlink } = post;
  // No letter that could make it look like another post's.
  if (!isAccountName(author) || !/^[\w-]{1,255}$/.test(permlink))
    throw new Finding('leak', `Buttons for ${JSON.stringify(post)} on ${hosts.join(', ')}.`);
}

export const pageDom = defineTarget({
  name: 'page DOM',
  cases,
  open: () => {
    const window = new Window({ settings: { disableJavaScriptFileLoading: true } });
    const { document } = window as unknown as { document: Document };
    const timeout = globalThis.setTimeout;
    for (const name of globals)
      Object.defineProperty(globalThis, name, {
        configurable: true,
        writable: true,
        value: Reflect.get(window, name),
      });

    return Promise.resolve({
      async run(value: Case) {
        const site = sites[value.site % sites.length];
        if (site === undefined) return;
        const { html, path } = buildPage(value);
        const origin = `https://${site.hosts[0] ?? ''}`;
        const address = URL.parse(value.path ?? path, origin);
        // No browser is on such a page.
        window.happyDOM.setURL(address?.origin === origin ? address.href : origin);
        document.body.innerHTML = html;
        for (const change of value.before) edit(document, change);
        const end = new AbortController();
        const timers = stopTime();
        let mounted = 0;
        try {
          const watching = watchPosts(
            site,
            { signal: end.signal, isInvalid: false },
            {
              mount(spot) {
                assertSpot(spot, site.hosts);
                mounted += 1;
                return document.createElement('latchkey-post-actions');
              },
              unmount: () => (mounted -= 1),
              report: () => undefined,
            },
          );
          for (const change of value.after) edit(document, change);
          await Promise.resolve();
          await new Promise((resolve) => timeout(resolve));
          timers.run();
          for (const container of [...document.querySelectorAll('li,article')].slice(0, 3)) {
            const spot = watching.look(container);
            if (spot !== undefined) assertSpot(spot, site.hosts);
          }
        } finally {
          globalThis.setTimeout = timeout;
          end.abort();
        }
        if (mounted !== 0) throw new Finding('state', `${mounted} elements of ours are left.`);
      },
      close: () => window.happyDOM.close(),
    });
  },
});
