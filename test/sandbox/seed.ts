/** Realistic content for `npm start` and the journeys: people, apps, and posts in every state a vote can meet. */
import { seedAllegro } from './allegro/seed.ts';
import type { Sandbox } from './index.ts';
import type { AuthService } from './auth/service.ts';
import type { SandboxChain } from './chain/chain.ts';
import { seedFeed } from './seed-feed.ts';
import { seedWeChat } from './wechat/seed.ts';
import { seedAuthing } from './authing/seed.ts';
import { seedOidc } from './oidc/seed.ts';
import { seedX } from './x/seed.ts';

const hour = 3_600_000;
const day = 24 * hour;

export interface SeedOptions {
  /** The account name of the app that is registered with all three services. */
  readonly clientId?: string;
  readonly secret?: string;
  /** Where the services may send people back to, to the letter. */
  readonly redirectUris?: readonly string[];
}

/** Posts that tests name, by author and permlink; the same on both chains but for one. */
export const seededPosts = {
  /** Three hours old, one vote so far. */
  fresh: { author: 'alice', permlink: 'notes-from-a-mountain-hut' },
  /** Payout in six hours. */
  lastHours: { author: 'alice', permlink: 'last-call-for-the-photo-walk' },
  paidOut: { author: 'carol', permlink: 'sourdough-after-ten-years' },
  votesOff: { author: 'carol', permlink: 'a-test-please-do-not-vote' },
  /** A comment below `fresh`. */
  comment: { author: 'carol', permlink: 're-notes-from-a-mountain-hut' },
  scriptTitle: { author: 'mallory', permlink: 'script-in-the-title' },
  rightToLeft: { author: 'carol', permlink: 'rtl-title' },
  chinese: { author: 'alice', permlink: 'zhongwen-biaoti' },
  emoji: { author: 'carol', permlink: 'emoji-title' },
  /** Bob has voted on it with 50 %. */
  votedByBob: { author: 'carol', permlink: 'city-bees' },
  /** Hive does not know this one. */
  onlyOnSteem: { author: 'alice', permlink: 'only-on-steem' },
} as const;

/**
 * Bob has authorised the app everywhere, alice nowhere: her first sign-in asks for the active key. Dave gave up his
 * voting rights, erin's mana is at 10 %. Both bob and alice are signed in at every service. X is seeded by `seedX`,
 * WeChat by `seedWeChat`.
 * both Allegros by `seedAllegro`.
 */
export function seedSandbox(sandbox: Sandbox, options: SeedOptions = {}): void {
  const { clientId = 'latchkey.app', secret = 'sandbox-secret', redirectUris = [] } = options;
  for (const chain of [sandbox.steem, sandbox.hive]) {
    seedAccounts(chain, clientId);
    seedNamedPosts(chain);
    seedFeed(chain);
  }
  sandbox.steem.addPost({
    ...seededPosts.onlyOnSteem,
    title: 'Only on Steem',
    body: 'Written after the chains parted.',
    tags: ['steem'],
    created: sandbox.steem.now() - 4 * hour,
  });
  for (const service of Object.values<AuthService>(sandbox.auth)) {
    service.registerApp({ clientId, secret, redirectUris });
    service.signedIn = ['bob', 'alice'];
  }
  seedX(sandbox.x, { redirectUris });
  seedWeChat(sandbox.wechat);
  for (const allegro of [sandbox.allegro, sandbox.allegroSandbox]) seedAllegro(allegro, { redirectUris });
  seedOidc(sandbox.oidc, { redirectUris });
  seedAuthing(sandbox.authing, { redirectUris });
  seedAuthing(sandbox.approw, { redirectUris });
}

function seedAccounts(chain: SandboxChain, clientId: string): void {
  chain.addAccount({ name: 'alice', vests: 9_000_000, reputation: 252_421_000_000_000n });
  chain.addAccount({ name: 'bob', vests: 2_000_000, postingAuths: [clientId] });
  chain.addAccount({ name: 'carol', vests: 4_000_000, receivedVests: 1_000_000, postingAuths: [clientId] });
  chain.addAccount({ name: 'dave', canVote: false, postingAuths: [clientId] });
  chain.addAccount({ name: 'erin', mana: 10, postingAuths: [clientId] });
  chain.addAccount({ name: 'mallory', vests: 10, reputation: -1_000_000_000_000n });
}

function seedNamedPosts(chain: SandboxChain): void {
  const now = chain.now();
  const posts = seededPosts;
  chain.addPost({
    ...posts.fresh,
    title: 'Notes from a mountain hut',
    body: 'Three days without a signal, and a stove that has opinions.\n\nThe path starts behind the chapel.',
    tags: ['travel', 'mountains'],
    created: now - 3 * hour,
    payout: 1.234,
    votes: [{ voter: 'carol', percent: 10_000, rshares: 88_888_000_000n }],
  });
  chain.addPost({
    ...posts.comment,
    body: 'The stove at the upper hut is worse. Take matches.',
    parent: posts.fresh,
    created: now - 2 * hour,
    payout: 0.05,
  });
  chain.addPost({
    ...posts.lastHours,
    title: 'Last call for the photo walk',
    body: 'We meet at the old bridge.',
    tags: ['photography'],
    created: now - 7 * day + 6 * hour,
    payout: 12.5,
  });
  chain.addPost({
    ...posts.paidOut,
    title: 'Sourdough after ten years',
    body: 'What I would tell myself at the start.',
    tags: ['food'],
    created: now - 30 * day,
    payout: 42.42,
  });
  chain.addPost({
    ...posts.votesOff,
    title: 'A test, please do not vote',
    body: 'Votes are switched off here.',
    tags: ['test'],
    created: now - day,
    allowVotes: false,
  });
  chain.addPost({
    ...posts.scriptTitle,
    title: '<script>document.title="owned"</script><img src=x onerror="document.title=\'owned\'">Free votes',
    body: '<script>document.title="owned"</script>\n\nSee [this](/@alice/notes-from-a-mountain-hut).',
    tags: ['spam'],
    created: now - 5 * hour,
  });
  chain.addPost({
    ...posts.rightToLeft,
    title: 'מכתב מהים \u202Eabc\u202C',
    body: 'שלום.',
    tags: ['life'],
    created: now - 8 * hour,
    payout: 0.4,
  });
  chain.addPost({
    ...posts.chinese,
    title: '山中小屋的三天',
    body: '没有信号的三天。',
    tags: ['cn'],
    created: now - 9 * hour,
    payout: 3.21,
  });
  chain.addPost({
    ...posts.emoji,
    title: '🐝🌻 Bees & sunflowers 👩‍🌾',
    body: 'A short story with pictures.',
    tags: ['nature'],
    created: now - 10 * hour,
    payout: 0.9,
  });
  chain.addPost({
    ...posts.votedByBob,
    title: 'City bees',
    body: 'Four hives on a flat roof.',
    tags: ['nature'],
    created: now - 11 * hour,
    payout: 2.1,
    votes: [{ voter: 'bob', percent: 5000, rshares: 19_950_000_000n }],
  });
}
