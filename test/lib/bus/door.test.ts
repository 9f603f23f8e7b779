/**
 * The message door, whole: every action asked for by every sender there can be, forged ones among them. The tables are
 * written by hand, so that an action that opens itself to one sender more is found out here.
 */
import { describe, expect, it } from 'vitest';
import { actions } from '../../../lib/actions/index.ts';
import { createDispatch } from '../../../lib/bus/dispatch.ts';
import { envelope } from '../../../lib/bus/envelope.ts';
import { classifySender, type Self } from '../../../lib/bus/sender.ts';
import { siteHosts } from '../../../lib/steem/sites/index.ts';
import { createFakePorts } from '../../fakes/create-fake-ports.ts';
import { buildContext } from './recording-context.ts';

/** Who may ask for an action. One line each; as few as possible, and `page` only for what a page's buttons do. */
const door: Readonly<Record<string, string>> = {
  'accounts.begin-device': 'options',
  'accounts.cancel-device': 'options',
  'accounts.cancel-sign-in': 'popup options',
  'accounts.check-device': 'options',
  'accounts.find-sign-in': 'popup options',
  'accounts.list': 'popup options',
  'accounts.refresh': 'popup options',
  'accounts.set-default': 'popup options',
  'accounts.sign-in': 'popup options',
  'accounts.sign-out': 'popup options',
  'batch.cancel': 'popup options',
  'batch.clear-collected': 'options',
  'batch.collect': 'page',
  'batch.collected': 'options',
  'batch.list': 'popup options',
  'batch.pause': 'popup options',
  'batch.preview': 'options',
  'batch.read': 'options',
  'batch.resume': 'popup options',
  'batch.start': 'options',
  'batch.try-again': 'options',
  'backup.close': 'options',
  'backup.make': 'options',
  'backup.offer': 'options',
  'backup.read': 'options',
  'backup.restore': 'options',
  'custom-lookups.list': 'options',
  'custom-lookups.remove': 'options',
  'custom-lookups.save': 'options',
  'custom-lookups.try': 'options',
  'draft.read': 'popup options',
  'draft.save': 'popup options',
  'health.read': 'options',
  'health.remove-record': 'options',
  'journal.clear': 'popup options',
  'journal.export': 'popup options',
  'journal.list': 'popup options',
  'journal.review': 'popup options',
  'journal.try-again': 'popup options',
  'lock.after': 'options',
  'lock.change': 'options',
  'lock.now': 'popup options',
  'lock.remove': 'options',
  'lock.set': 'options',
  'lock.state': 'popup options',
  'lock.unlock': 'popup options',
  'lookup.cancel': 'popup options',
  'lookup.list': 'popup options',
  'lookup.run': 'popup options',
  'outbox.cancel': 'popup options',
  'outbox.list': 'popup options',
  'outbox.reschedule': 'popup options',
  'outbox.send-now': 'popup options',
  'page.open': 'page',
  'page.report': 'page',
  'page.votes': 'page',
  'people.export': 'options',
  'people.find': 'options',
  'people.import': 'options',
  'people.list': 'options',
  'people.register': 'options',
  'people.remove': 'options',
  'people.save': 'options',
  'services.list': 'popup options',
  'services.save': 'options',
  'settings.get': 'popup options',
  'settings.save': 'options',
  'tweet.about': 'popup page',
  'tweet.check': 'popup',
  'tweet.check-entry': 'popup options',
  'tweet.delete': 'popup options',
  'tweet.delete-entry': 'popup options',
  'tweet.hand-off': 'popup',
  'tweet.open': 'page',
  'tweet.post': 'popup',
  'tweet.post-about': 'page',
  'tweet.resume': 'popup options',
  'tweet.start': 'popup',
  'tweet.suggest': 'popup',
  'tweet.take': 'popup',
  'vote.cast': 'popup page',
  'vote.hand-off': 'popup page',
  'vote.preview': 'popup page',
  'vote.start': 'popup',
};

const id = 'abcdefghijklmnopabcdefghijklmnop';
const self: Self = { id, origin: `chrome-extension://${id}`, pageHosts: new Set(siteHosts) };
const other = 'ponmlkjihgfedcbaponmlkjihgfedcba';
const tab = { id: 7, url: 'https://steemit.com/' };
const popup = { id, url: `${self.origin}/popup.html`, origin: self.origin };
const options = { id, url: `${self.origin}/options.html`, origin: self.origin, tab, frameId: 0 };
const page = { id, url: 'https://steemit.com/@a/b', origin: 'https://steemit.com', tab, frameId: 0 };

/** What the browser may tell of a sender, and whom the door must take it for. */
const callers: readonly (readonly [
  name: string,
  told: unknown,
  who: 'popup' | 'options' | 'page' | 'nobody',
])[] = [
  ['the popup', popup, 'popup'],
  ['the popup in a tab of its own', { ...popup, tab, frameId: 0 }, 'popup'],
  ['the popup of a browser that tells no origin', { ...popup, origin: undefined }, 'popup'],
  ['the options page', options, 'options'],
  ...siteHosts.map(
    (host) =>
      [
        `our script on ${host}`,
        { ...page, url: `https://${host}/`, origin: `https://${host}` },
        'page',
      ] as const,
  ),
  ['our script on a page before it is shown', { ...page, documentLifecycle: 'prerender' }, 'page'],

  ['nobody at all', {}, 'nobody'],
  ['our id alone', { id }, 'nobody'],
  ['another extension', { id: other, url: `chrome-extension://${other}/popup.html` }, 'nobody'],
  ['another extension under our address', { ...popup, id: other }, 'nobody'],
  ['another extension under the address of a site', { ...page, id: other }, 'nobody'],
  ['another extension on our tab', { ...options, id: other }, 'nobody'],
  [
    'our id under the address of another extension',
    { ...popup, url: `chrome-extension://${other}/popup.html` },
    'nobody',
  ],
  ['the popup’s address from the origin of a site', { ...popup, origin: 'https://steemit.com' }, 'nobody'],
  ['the options’ address from the origin of a site', { ...options, origin: 'https://steemit.com' }, 'nobody'],
  ['a site’s address from another origin', { ...page, origin: 'https://evil.example' }, 'nobody'],
  ['a site’s address from our origin', { ...page, origin: self.origin }, 'nobody'],
  ['a sandboxed document of a site', { ...page, origin: 'null' }, 'nobody'],
  ['a sandboxed document of ours', { ...popup, origin: 'null' }, 'nobody'],
  ['the popup in a frame of a page', { ...popup, tab, frameId: 4 }, 'nobody'],
  ['the options page in a frame of a page', { ...options, frameId: 4 }, 'nobody'],
  ['a site in a frame of another page', { ...page, frameId: 4 }, 'nobody'],
  ['a site in no tab', { ...page, tab: undefined }, 'nobody'],
  ['a site without an address', { ...page, url: undefined }, 'nobody'],
  [
    'a page that is none of the sites',
    { ...page, url: 'https://evil.example/', origin: 'https://evil.example' },
    'nobody',
  ],
  ['a site over http', { ...page, url: 'http://steemit.com/', origin: 'http://steemit.com' }, 'nobody'],
  [
    'the provider’s page',
    { ...page, url: 'https://steemlogin.com/', origin: 'https://steemlogin.com' },
    'nobody',
  ],
  ['our own worker', { id, url: `${self.origin}/background.js`, origin: self.origin }, 'nobody'],
  ['the popover’s script as a page', { ...options, url: `${self.origin}/vote-popover.js` }, 'nobody'],
  ['the developer tools', { id, url: 'devtools://devtools/bundled/devtools_app.html' }, 'nobody'],
  [
    'one that calls itself internal',
    { ...page, kind: 'internal', url: 'internal:', origin: 'internal:' },
    'nobody',
  ],
  ['a native program', { nativeApplication: 'app.latchkey' }, 'nobody'],
];

async function ask(action: string, told: unknown) {
  const calls: string[] = [];
  const dispatch = createDispatch(actions, buildContext(calls), createFakePorts());
  // What a browser, or whoever speaks for one, hands over.
  const sender = classifySender(told as Parameters<typeof classifySender>[0], self);
  const reply = await dispatch(envelope(action, {}), sender);
  return { isRefused: !reply.ok && reply.error.code === 'not_allowed', calls };
}

it('has a line for every action, and none for what is no action', () => {
  const ids = actions.map((action) => action.id as string);
  const missing = ids.filter((action) => !(action in door));
  expect(
    missing,
    `Add a line to the table \`door\` in test/lib/bus/door.test.ts, e.g. '${missing[0] ?? 'area.verb'}': 'popup options'`,
  ).toEqual([]);
  expect(Object.keys(door).filter((action) => !ids.includes(action))).toEqual([]);
});

describe.each(callers)('%s', (_name, told, who) => {
  it(`BCP 37: may do what ${who} may, and nothing else`, async () => {
    const verdicts: Record<string, string> = {};
    const wanted: Record<string, string> = {};
    for (const [action, allowed] of Object.entries(door)) {
      const { isRefused, calls } = await ask(action, told);
      verdicts[action] = isRefused && calls.length === 0 ? 'refused' : 'let in';
      wanted[action] = allowed.split(' ').includes(who) ? 'let in' : 'refused';
    }
    expect(verdicts).toEqual(wanted);
  });
});
