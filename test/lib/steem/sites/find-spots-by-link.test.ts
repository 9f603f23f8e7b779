// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { dBuzz } from '../../../../lib/steem/sites/d-buzz.ts';
import { findSpotsByLink } from '../../../../lib/steem/sites/find-spots-by-link.ts';
import { peakd } from '../../../../lib/steem/sites/peakd.ts';
import type { Site } from '../../../../lib/steem/sites/site.ts';
import { steemit } from '../../../../lib/steem/sites/steemit.ts';
import { changeMarkup } from '../../../sandbox/pages/change-markup.ts';
import { buildCondenser } from '../../../sandbox/pages/condenser.ts';
import { dBuzz as dBuzzMarkup } from '../../../sandbox/pages/d-buzz.ts';
import { peakd as peakdMarkup } from '../../../sandbox/pages/peakd.ts';
import { makePost, thread } from './page-fixture.ts';

const condenser = buildCondenser({ title: 'Steemit', colour: '#000', currency: 'SBD' });

function find(site: Site, path: string, html: string) {
  const address = `https://${site.hosts[0] ?? ''}${path}`;
  location.href = address;
  document.body.innerHTML = html;
  return [...findSpotsByLink(site, document.body, address).values()].map(
    (spot) =>
      spot && { key: `${spot.post.author}/${spot.post.permlink}`, tag: spot.place.tagName, how: spot.how },
  );
}

const feed = ['alice/my-post', 'bob/other-post'].map((name) => makePost(name));

describe('findSpotsByLink', () => {
  it('puts one after the title link of each card', () => {
    const html = peakdMarkup.frame(
      peakdMarkup.feed(feed.map((post) => peakdMarkup.card(post, true)).join('')),
    );
    expect(find(peakd, '/trending', html)).toEqual([
      { key: 'alice/my-post', tag: 'A', how: 'after' },
      { key: 'bob/other-post', tag: 'A', how: 'after' },
    ]);
  });

  it('does so for a feed of one card, too', () => {
    const html = peakdMarkup.feed(peakdMarkup.card(makePost('alice/my-post'), true));
    expect(find(peakd, '/trending', html).map((spot) => spot?.key)).toEqual(['alice/my-post']);
  });

  it('takes a known site whose classes are all new', () => {
    const html = changeMarkup(
      condenser.feed(feed.map((post) => condenser.card(post, true)).join('')),
      'renamed',
    );
    expect(find(steemit, '/trending', html).map((spot) => spot?.key)).toEqual([
      'alice/my-post',
      'bob/other-post',
    ]);
  });

  it('on a post page puts one under the title and none beside links in the text', () => {
    const html = peakdMarkup.frame(peakdMarkup.post(thread, true));
    expect(find(peakd, '/x/@alice/my-post', html)).toEqual([
      { key: 'alice/my-post', tag: 'H1', how: 'after' },
    ]);
  });

  it('where posts have no title, puts it under the row of the author', () => {
    const html = dBuzzMarkup.frame(dBuzzMarkup.post(makePost('alice/my-post'), true));
    expect(find(dBuzz, '/@alice/my-post', html)).toEqual([
      { key: 'alice/my-post', tag: 'DIV', how: 'after' },
    ]);
  });

  it("does not take the signed-in person's own name in the site's bar for the author", () => {
    expect(find(dBuzz, '/@alice/my-post', '<nav><a href="/@alice">alice</a></nav>')).toEqual([]);
  });

  it('finds nothing in feeds whose cards hold no links to their posts', () => {
    const card = dBuzzMarkup.card(makePost('alice/my-post'), true);
    expect(find(dBuzz, '/latest', `${card}<a href="/@eve/a-link-in-a-text">x</a>`)).toEqual([]);
  });

  it('finds nothing on a post page without heading and author', () => {
    const html = changeMarkup(condenser.post(thread, true), 'changed');
    expect(find(steemit, '/travel/@alice/my-post', html)).toEqual([]);
  });
});

// Each link was held against each other one: three thousand cards stopped the page for minutes.
it('finds the cards of an endless feed in no more time than it takes to read them', () => {
  const count = 2000;
  const cards = Array.from(
    { length: count },
    (_, index) => `<div><h2><a href="/x/@alice/p-${index}">A</a></h2></div>`,
  );
  document.body.innerHTML = `<main>${cards.join('')}</main>`;
  location.href = 'https://peakd.com/trending';
  const start = performance.now();
  expect(findSpotsByLink(peakd, document.body, location.href).size).toBe(count);
  expect(performance.now() - start).toBeLessThan(5000);
});
