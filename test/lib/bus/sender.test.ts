import { describe, expect, it } from 'vitest';
import { type BrowserSender, classifySender, type Self } from '../../../lib/bus/sender.ts';
import { siteHosts } from '../../../lib/steem/sites/index.ts';

const id = 'abcdefghijklmnopabcdefghijklmnop';
const chromium: Self = { id, origin: `chrome-extension://${id}`, pageHosts: new Set(siteHosts) };
const firefox: Self = {
  id: 'latchkey@example',
  origin: 'moz-extension://0b5f7d3e-8d3b-4f5e-9a77-111122223333',
  pageHosts: new Set(siteHosts),
};
const tab = { id: 1 };

describe.each([
  ['Chromium', chromium],
  ['Firefox', firefox],
] as const)('in %s', (_name, self) => {
  it.each([
    ['popup', { url: `${self.origin}/popup.html` }, 'popup'],
    ['popup with a query', { url: `${self.origin}/popup.html?tab=vote#x` }, 'popup'],
    ['options in a tab', { url: `${self.origin}/options.html`, tab, frameId: 0 }, 'options'],
    ['another page of ours', { url: `${self.origin}/other.html` }, undefined],
    ['our origin alone', { url: `${self.origin}/` }, undefined],
    ['a prototype name', { url: `${self.origin}/constructor` }, undefined],
    ['another path', { url: `${self.origin}/sub/popup.html` }, undefined],
    ['our popup in a frame', { url: `${self.origin}/popup.html`, tab, frameId: 3 }, undefined],
  ] as const)('%s is %s', (_case, sender, kind) => {
    expect(classifySender({ id: self.id, ...sender }, self)).toEqual(
      kind === undefined ? undefined : { kind },
    );
  });

  it.each(siteHosts)('our script on %s is a page of that host', (host) => {
    const sender: BrowserSender = { id: self.id, url: `https://${host}/@alice/post?x#y`, tab, frameId: 0 };
    expect(classifySender(sender, self)).toEqual({ kind: 'page', host });
    expect(classifySender({ ...sender, frameId: 7 }, self), 'in a frame').toBeUndefined();
    expect(classifySender({ ...sender, tab: undefined }, self), 'in no tab').toBeUndefined();
    expect(classifySender({ ...sender, id: 'another' }, self), 'of another extension').toBeUndefined();
    expect(classifySender({ ...sender, id: undefined }, self), 'of no extension').toBeUndefined();
    expect(classifySender({ ...sender, url: undefined }, self), 'without an address').toBeUndefined();
    const onHttp = { ...sender, url: `http://${host}/@alice/post` };
    expect(classifySender(onHttp, self), 'on http').toBeUndefined();
  });

  it.each([
    'https://evil.example/',
    'https://steemit.com.evil.example/',
    'https://evilsteemit.com/',
    'https://sub.steemit.com/',
    'https://steemit.com:8443/',
    'https://steemit.com./',
    'https://steemit.com@evil.example/',
    'https://ѕteemit.com/',
    'https://constructor/',
    'about:blank',
    'about:srcdoc',
    'data:text/html,x',
    'blob:https://steemit.com/0',
    'file:///popup.html',
    'chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba/popup.html',
    'moz-extension://99999999-8d3b-4f5e-9a77-111122223333/popup.html',
    'not an address',
    '',
  ])('a script at %j is a stranger', (url) => {
    expect(classifySender({ id: self.id, url, tab, frameId: 0 }, self)).toBeUndefined();
  });
});
