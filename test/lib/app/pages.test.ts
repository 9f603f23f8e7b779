import { beforeEach, describe, expect, it } from 'vitest';
import type { AccountState, Accounts } from '../../../lib/accounts/accounts.ts';
import { createCollectedPosts } from '../../../lib/app/collected-posts.ts';
import { createPages, type Pages } from '../../../lib/app/pages.ts';
import { createSettings, type SettingsStore } from '../../../lib/app/settings.ts';
import type { Sender } from '../../../lib/bus/sender.ts';
import { hivesigner } from '../../../lib/providers/hivesigner.ts';
import { steemlogin } from '../../../lib/providers/steemlogin.ts';
import type { ChainReader } from '../../../lib/steem/chain-reader.ts';
import { sites } from '../../../lib/steem/sites/index.ts';
import { createVault } from '../../../lib/vault/vault.ts';
import { createFakePorts } from '../../fakes/create-fake-ports.ts';

const stateOf = (
  name: string,
  provider: AccountState['provider'],
  defaultFor: string[] = [],
): AccountState => ({
  account: {
    id: `account-${name}`,
    provider: provider.id,
    subject: name,
    name,
    createdAt: 1,
    scopes: [],
    defaultFor,
    postWeight: 50,
    commentWeight: 25,
  },
  provider,
  health: { state: 'fresh', until: 1 },
  revokePage: undefined,
});
const page = (host: string): Sender => ({ kind: 'page', host });

let pages: Pages;
let settings: SettingsStore;
let asked: unknown[];
beforeEach(() => {
  const ports = createFakePorts();
  settings = createSettings(createVault(ports), ports.shell);
  asked = [];
  const list = () =>
    Promise.resolve([
      stateOf('bob', steemlogin),
      stateOf('dave', steemlogin, ['vote']),
      stateOf('carol', hivesigner),
    ]);
  const ownVotes = (...question: unknown[]) => {
    asked.push(question);
    return Promise.resolve([{ author: 'alice', permlink: 'post', weight: 12.5 }]);
  };
  pages = createPages(ports, {
    settings,
    collected: createCollectedPosts(ports),
    // The only parts that pages ask of them.
    accounts: { list } as unknown as Accounts,
    chainReader: { ownVotes } as unknown as ChainReader,
  });
});

describe('a page that opens', () => {
  it('gets the accounts of its own chain, the default first, by name and weight only', async () => {
    expect(await pages.open(page('steemit.com'))).toEqual({
      isEnabled: true,
      undoSeconds: 3,
      collected: [],
      accounts: [
        { id: 'account-dave', name: 'dave', postWeight: 50, commentWeight: 25 },
        { id: 'account-bob', name: 'bob', postWeight: 50, commentWeight: 25 },
      ],
    });
    expect(await pages.open(page('hive.blog'))).toMatchObject({ accounts: [{ name: 'carol' }] });
  });

  it.each(sites.flatMap(({ hosts }) => hosts.map((host) => [host, hosts[0] ?? ''] as const)))(
    'on %s is switched off with %s',
    async (host, listed) => {
      await settings.save({ sitesOff: [listed] });
      expect(await pages.open(page(host))).toMatchObject({ isEnabled: false });
      await settings.save({ sitesOff: [] });
      expect(await pages.open(page(host))).toMatchObject({ isEnabled: true });
    },
  );

  it('on no site of ours is refused', async () => {
    for (const sender of [page('evil.example'), page('constructor'), { kind: 'internal' } as const]) {
      await expect(pages.open(sender)).rejects.toMatchObject({ code: 'not_allowed' });
      await expect(pages.votes([], sender)).rejects.toMatchObject({ code: 'not_allowed' });
      await expect(pages.report({ url: 'x', isPostFound: true }, sender)).rejects.toMatchObject({
        code: 'not_allowed',
      });
    }
  });
});

it('looks votes up for the default account of the chain', async () => {
  const posts = [{ author: 'alice', permlink: 'post' }];
  expect(await pages.votes(posts, page('steemit.com'))).toEqual({
    votes: [{ author: 'alice', permlink: 'post', weight: 12.5 }],
  });
  expect(asked).toEqual([['steem', 'dave', posts]]);
});

it('remembers the last post address on which no post was found', async () => {
  const url = 'https://steemit.com/@alice/post';
  expect(await pages.isMissing(url)).toBe(false);
  await pages.report({ url, isPostFound: false }, page('steemit.com'));
  expect(await pages.isMissing(url)).toBe(true);
  expect(await pages.isMissing(`${url}-2`)).toBe(false);
  await pages.report({ url, isPostFound: true }, page('steemit.com'));
  expect(await pages.isMissing(url)).toBe(false);
});
