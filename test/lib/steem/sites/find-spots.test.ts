// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { ecency } from '../../../../lib/steem/sites/ecency.ts';
import { findSpots } from '../../../../lib/steem/sites/find-spots.ts';
import { hiveBlog } from '../../../../lib/steem/sites/hive-blog.ts';
import type { Site } from '../../../../lib/steem/sites/site.ts';
import { steemit } from '../../../../lib/steem/sites/steemit.ts';
import { buildCondenser } from '../../../sandbox/pages/condenser.ts';
import { denser } from '../../../sandbox/pages/denser.ts';
import { ecency as ecencyMarkup } from '../../../sandbox/pages/ecency.ts';
import type { SiteMarkup } from '../../../sandbox/pages/site-markup.ts';
import { makePost, thread } from './page-fixture.ts';

const condenser = buildCondenser({ title: 'Steemit', colour: '#000', currency: 'SBD' });

const cases: readonly [name: string, site: Site, markup: SiteMarkup][] = [
  ['steemit.com', steemit, condenser],
  ['hive.blog, older code', hiveBlog, condenser],
  ['hive.blog, newer code', hiveBlog, denser],
  ['ecency.com', ecency, ecencyMarkup],
];

function show(site: Site, path: string, html: string): string {
  const address = `https://${site.hosts[0] ?? ''}${path}`;
  location.href = address;
  document.body.innerHTML = html;
  return address;
}

function readKeys(site: Site, address: string, scope: Element = document.body): (string | undefined)[] {
  return [...findSpots(site, scope, address).values()].map(
    (spot) => spot && `${spot.kind} ${spot.post.author}/${spot.post.permlink}`,
  );
}

beforeEach(() => {
  document.body.innerHTML = '';
});

describe.each(cases)('%s', (_name, site, markup) => {
  const feed = ['alice/my-post', 'bob.xyz/other-post', 'carol/UPPER-and_old'].map((name) => makePost(name));

  it('finds each card of a feed once, with a place outside any text', () => {
    const address = show(
      site,
      '/trending',
      markup.feed(feed.map((post) => markup.card(post, true)).join('')),
    );
    const spots = findSpots(site, document.body, address);
    expect(readKeys(site, address)).toEqual([
      'post alice/my-post',
      'post bob.xyz/other-post',
      'post carol/UPPER-and_old',
    ]);
    for (const [container, spot] of spots) expect(container.contains(spot?.place ?? null)).toBe(true);
  });

  it('names the post of a page by its address and each comment by its link, links in texts by nothing', () => {
    const address = show(site, markup.postPath(thread), markup.post(thread, true));
    expect(readKeys(site, address).sort()).toEqual([
      'comment carol/re-my-post',
      'comment dave/re-re-my-post',
      'comment erin/re-my-post-2',
      'post alice/my-post',
    ]);
  });

  it('keeps to the post of the page when the address points at a comment', () => {
    const address = show(site, `${markup.postPath(thread)}#@carol/re-my-post`, markup.post(thread, true));
    expect(readKeys(site, address).filter((key) => key?.startsWith('post'))).toEqual(['post alice/my-post']);
  });

  it("puts a comment's buttons into its own footer, never into a reply's", () => {
    const address = show(site, markup.postPath(thread), markup.post(thread, true));
    const places = [...findSpots(site, document.body, address)].map(([container, spot]) => ({
      container,
      spot,
    }));
    expect(new Set(places.map(({ spot }) => spot?.place)).size).toBe(4);
    for (const { container, spot } of places) {
      const others = places.filter(
        (other) => other.container !== container && container.contains(other.container),
      );
      for (const other of others) expect(other.container.contains(spot?.place ?? null)).toBe(false);
    }
  });

  it('looks only at the card around a node that changed, and reads its present link', () => {
    const address = show(
      site,
      '/trending',
      markup.feed(feed.map((post) => markup.card(post, true)).join('')),
    );
    const anchors = document.querySelectorAll('a[href*="other-post"]');
    for (const anchor of anchors) anchor.setAttribute('href', '/x/@dave/used-again');
    const [anchor] = anchors;
    expect(anchor && readKeys(site, address, anchor)).toEqual(['post dave/used-again']);
  });

  it('tells of a card that names no post any more', () => {
    const address = show(site, '/trending', markup.feed(markup.card(makePost('alice/my-post'), true)));
    for (const anchor of document.querySelectorAll('a')) anchor.removeAttribute('href');
    expect(readKeys(site, address)).toEqual([undefined]);
  });

  it('takes no link to another host', () => {
    const address = show(site, '/trending', markup.feed(markup.card(makePost('alice/my-post'), true)));
    for (const anchor of document.querySelectorAll('a')) anchor.href = 'https://busy.org/x/@eve/elsewhere';
    expect(readKeys(site, address)).toEqual([undefined]);
  });

  it('finds nothing on a page that is gone', () => {
    expect(readKeys(site, show(site, '/x/@alice/no-such-post', markup.notFound))).toEqual([]);
  });
});

describe('cross-posts', () => {
  const post = makePost('carol/shared', { original: 'alice/my-post' });

  it('are posts of their own on condenser, whatever else the card links to', () => {
    const address = show(steemit, '/trending', condenser.feed(condenser.card(post, true)));
    expect(readKeys(steemit, address)).toEqual(['post carol/shared']);
  });

  it('stand for the original on ecency, where the card leads to it', () => {
    const address = show(ecency, '/hot', ecencyMarkup.feed(ecencyMarkup.card(post, true)));
    expect(readKeys(ecency, address)).toEqual(['post alice/my-post']);
  });
});

describe('places of buttons', () => {
  it('a card hidden for its content has no footer: the card itself', () => {
    const address = show(
      steemit,
      '/trending',
      condenser.feed(condenser.card(makePost('alice/nude', { tags: ['nsfw'] }), true)),
    );
    const [spot] = findSpots(steemit, document.body, address).values();
    expect(spot?.post.permlink).toBe('nude');
    expect(spot?.place.className).toBe('PostSummary hentry');
  });

  it('a low-rated post that is not unfolded: the box with its "Show" button', () => {
    const address = show(steemit, '/x/@alice/my-post', '<div class="PostFull"><button>Show</button></div>');
    expect([...findSpots(steemit, document.body, address).values()][0]?.place.className).toBe('PostFull');
  });

  it("ecency's header before its action bar has come", () => {
    const address = show(
      ecency,
      '/hot',
      ecencyMarkup.feed(ecencyMarkup.card(makePost('alice/my-post'), false)),
    );
    expect([...findSpots(ecency, document.body, address).values()][0]?.place.className).toBe(
      'item-header-main',
    );
  });

  it('a folded comment has none', () => {
    const address = show(hiveBlog, denser.postPath(thread), denser.post(thread, true));
    for (const footer of document.querySelectorAll('[data-testid=comment-card-footer]')) footer.remove();
    expect(readKeys(hiveBlog, address)).toEqual(['post alice/my-post', undefined, undefined, undefined]);
  });
});
