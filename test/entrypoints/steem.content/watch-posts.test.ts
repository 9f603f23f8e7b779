// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchPosts } from '../../../entrypoints/steem.content/watch-posts.ts';
import type { Site } from '../../../lib/steem/sites/site.ts';
import { steemit } from '../../../lib/steem/sites/steemit.ts';
import { changeMarkup } from '../../sandbox/pages/change-markup.ts';
import { buildCondenser } from '../../sandbox/pages/condenser.ts';
import { makePost, thread } from '../../lib/steem/sites/page-fixture.ts';

const condenser = buildCondenser({ title: 'Steemit', colour: '#000', currency: 'SBD' });
const card = (name: string) => condenser.card(makePost(name), true);

let end = new AbortController();

function watch(path: string, html: string, site: Site = steemit) {
  location.href = `https://steemit.com${path}`;
  document.body.innerHTML = html;
  const reports: [string, boolean][] = [];
  let mounts = 0;
  const watching = watchPosts(
    site,
    { signal: end.signal, isInvalid: false },
    {
      mount(spot) {
        mounts += 1;
        const host = document.createElement('latchkey-post-actions');
        host.title = `${spot.post.author}/${spot.post.permlink}`;
        return host;
      },
      unmount: () => undefined,
      report: (url, isPostFound) => reports.push([new URL(url).pathname, isPostFound]),
    },
  );
  return { reports, watching, countMounts: () => mounts };
}

const readTitles = () =>
  [...document.querySelectorAll<HTMLElement>('latchkey-post-actions')].map((host) => host.title);
/** Longer than the debounce, shorter than the time for a page to settle. */
const pass = (ms = 400) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('requestIdleCallback', (work: () => void) => setTimeout(work));
  end = new AbortController();
});

afterEach(() => {
  end.abort();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('watchPosts', () => {
  it('puts one element beside each post, also beside those that come later', async () => {
    watch('/trending', condenser.feed(card('alice/one') + card('bob/two')));
    expect(readTitles()).toEqual(['alice/one', 'bob/two']);
    document.querySelector('ul')?.insertAdjacentHTML('beforeend', card('carol/three'));
    await pass();
    expect(readTitles()).toEqual(['alice/one', 'bob/two', 'carol/three']);
  });

  it('takes away what the script of before an update left in the page', () => {
    watch('/trending', `${condenser.feed(card('alice/one'))}<latchkey-post-actions title="dead">`);
    expect(readTitles()).toEqual(['alice/one']);
  });

  it('changes with the link when a node is used again', async () => {
    watch('/trending', condenser.feed(card('alice/one') + card('bob/two')));
    for (const anchor of document.querySelectorAll('a[href$="/one"]'))
      anchor.setAttribute('href', '/x/@dave/new');
    await pass();
    expect(readTitles()).toEqual(['dave/new', 'bob/two']);
  });

  it('tells at a click what stands there now, before any scan', () => {
    const { watching } = watch('/trending', condenser.feed(card('alice/one')));
    const container = document.querySelector('li');
    for (const anchor of document.querySelectorAll('a[href$="/one"]'))
      anchor.setAttribute('href', '/x/@dave/new');
    expect(container && watching.look(container)?.post.permlink).toBe('new');
  });

  it('comes back when the site draws everything anew', async () => {
    watch('/trending', condenser.feed(card('alice/one')));
    document.body.innerHTML = condenser.feed(card('alice/one'));
    await pass();
    expect(readTitles()).toEqual(['alice/one']);
  });

  it('comes back, the same element, when only it was taken away', async () => {
    const { countMounts } = watch('/trending', condenser.feed(card('alice/one')));
    document.querySelector('latchkey-post-actions')?.remove();
    await pass();
    expect(readTitles()).toEqual(['alice/one']);
    expect(countMounts()).toBe(1);
  });

  it('rests when nothing but its own elements changes', async () => {
    watch('/trending', condenser.feed(card('alice/one')));
    const search = vi.spyOn(Element.prototype, 'querySelectorAll');
    await pass(1000);
    expect(search).not.toHaveBeenCalled();
  });

  it('follows pushState to a post and says that it was found', async () => {
    const { reports } = watch('/trending', condenser.feed(card('alice/one')));
    history.pushState(null, '', '/hive-163521/@alice/my-post');
    document.body.innerHTML = condenser.post(thread, true);
    await pass();
    expect(readTitles()).toContain('alice/my-post');
    expect(reports).toEqual([['/hive-163521/@alice/my-post', true]]);
  });

  it('falls back to links and address when no class is known, once the page has settled', async () => {
    const { reports } = watch('/x/@alice/my-post', changeMarkup(condenser.post(thread, true), 'renamed'));
    await pass(2000);
    expect(readTitles()).toEqual([]);
    await pass(1000);
    expect(readTitles()).toEqual(['alice/my-post']);
    expect(reports).toEqual([['/x/@alice/my-post', true]]);
  });

  it('returns to the rules when what they know comes late', async () => {
    watch('/x/@alice/my-post', '<h1>Loading</h1>');
    await pass(3000);
    expect(readTitles()).toEqual(['alice/my-post']);
    document.body.innerHTML = condenser.post({ ...thread, replies: [] }, true);
    await pass();
    expect(readTitles()).toEqual(['alice/my-post']);
    expect(document.querySelector('.PostFull__footer latchkey-post-actions')).not.toBeNull();
  });

  it('reports a post page without a post, and takes it back when the post comes', async () => {
    const { reports } = watch('/x/@alice/my-post', changeMarkup(condenser.post(thread, true), 'changed'));
    await pass(3000);
    expect(reports).toEqual([['/x/@alice/my-post', false]]);
    document.body.innerHTML = condenser.post(thread, true);
    await pass();
    expect(reports.at(-1)).toEqual(['/x/@alice/my-post', true]);
  });

  it('reports nothing on pages that are no post', async () => {
    const { reports } = watch('/@alice/posts', '<p>Nothing yet</p>');
    await pass(5000);
    expect(reports).toEqual([]);
  });

  it('Page attack 14: looks a few times a second at most, however fast a page changes', async () => {
    let looks = 0;
    vi.stubGlobal('requestIdleCallback', (work: () => void) => {
      looks += 1;
      return setTimeout(work);
    });
    watch('/trending', condenser.feed(card('alice/one')));
    await pass();
    looks = 0;
    for (let round = 0; round < 500; round++) {
      document.body.insertAdjacentHTML('beforeend', `<div>${card(`mallory/${round}`)}</div>`);
      document.body.lastElementChild?.remove();
      await vi.advanceTimersByTimeAsync(2);
    }
    expect(looks).toBeGreaterThan(0);
    expect(looks).toBeLessThanOrEqual(8);
    expect(readTitles()).toEqual(['alice/one']);
  });

  it('takes everything away when the extension goes', async () => {
    watch('/trending', condenser.feed(card('alice/one')));
    end.abort();
    expect(readTitles()).toEqual([]);
    document.querySelector('ul')?.insertAdjacentHTML('beforeend', card('bob/two'));
    await pass();
    expect(readTitles()).toEqual([]);
  });
});
