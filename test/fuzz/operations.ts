/** What people do with Latchkey, as messages: each is recorded once against the stand-ins and then played with worse answers. */
import type { Actions } from '../../lib/actions/index.ts';
import { envelope, type Reply } from '../../lib/bus/envelope.ts';
import type { App } from '../../lib/app/create-app.ts';
import {
  secret,
  type SandboxApp,
  setUpWeChat,
  signInAs,
  signInToAllegro,
  signInToOidc,
  signInToTwitter,
  signInToX,
} from '../headless/sandbox-app.ts';
import { seededAllegroDeviceApp, seededAllegroSecretApp } from '../sandbox/allegro/seed.ts';
import { seededPassword, seededPool } from '../sandbox/authing/seed.ts';
import { seededOidcClients } from '../sandbox/oidc/seed.ts';
import { seededPosts } from '../sandbox/seed.ts';
import { seededWeChatApp } from '../sandbox/wechat/seed.ts';
import { seededXApp } from '../sandbox/x/seed.ts';
import type { FuzzClock } from './fuzz-clock.ts';

export interface Operation {
  readonly name: string;
  readonly run: (app: App, clock: FuzzClock) => Promise<Reply>;
  /** A sign-in that is refused changes nothing at all. */
  readonly isSignIn?: boolean;
  /** Recorded after all others, since it ends what they need. */
  readonly isLast?: boolean;
  /** Where the stand-in has no answer that is a success. */
  readonly mayFail?: boolean;
}

/** By provider. */
export type AccountIds = Readonly<Record<string, string>>;

/** What was typed into the product and may never come out of it. */
export const typedSecrets = [
  secret,
  seededAllegroDeviceApp.clientSecret,
  seededAllegroSecretApp.clientSecret,
  seededXApp.apiKeySecret,
  seededWeChatApp.appSecret,
  seededPool.secret,
  seededPool.appSecret,
  seededPassword,
  'a secret of the web client',
  'PLANTED passphrase of the fuzz',
  'PLANTED next passphrase of the fuzz',
  'PLANTED-CLIENT-SECRET',
];

/** Any message, as the house itself would send it. */
export const ask =
  <Id extends keyof Actions>(action: Id, input: Actions[Id]['input']) =>
  (app: App): Promise<Reply> =>
    app.dispatch(envelope(action, input), { kind: 'internal' });

const typedSignIn = { form: 'sign-in', method: 'username', login: 'bob', password: seededPassword };

export async function signInEverywhere(
  house: Pick<SandboxApp, 'app' | 'sandbox' | 'person' | 'phone'>,
): Promise<AccountIds> {
  const { app, sandbox } = house;
  const signIn = async (provider: string, typed?: Record<string, string>) =>
    (await app.invoke('accounts.sign-in', { provider, typed })).account.id;
  const bases = { authBase: '', apiBase: '' };
  await app.invoke('services.save', {
    provider: 'allegro-sandbox',
    ...seededAllegroDeviceApp,
    ...bases,
    settings: { kind: 'device' },
  });
  const steemlogin = await signInAs(house, 'steemlogin', 'bob');
  const steemconnect = await signInAs(house, 'steemconnect', 'bob', secret);
  const hivesigner = await signInAs(house, 'hivesigner', 'bob', secret);
  const x = await signInToX(house, ['post', 'follows']);
  const twitter = await signInToTwitter(house);
  const allegro = await signInToAllegro(house, seededAllegroSecretApp, ['offers', 'orders']);
  await setUpWeChat(house);
  const wechat = await signIn('wechat');
  const oidc = await signInToOidc(house, seededOidcClients.bound);
  const { appId, userPoolId, secret: poolSecret } = seededPool;
  await app.invoke('services.save', {
    provider: 'authing',
    clientId: appId,
    authBase: sandbox.authing.brand.appHost,
    apiBase: '',
    settings: { poolId: userPoolId, poolSecret },
  });
  sandbox.authing.oidc.autoConsent(appId, 'bob');
  return {
    ...{ steemlogin, steemconnect, hivesigner, x, twitter, allegro, wechat, oidc },
    authing: await signIn('authing'),
    'authing-user': await signIn('authing-user', typedSignIn),
    'authing-pool': await signIn('authing-pool', { form: 'connect' }),
  };
}

const request = '6b3f2a51-6d0c-4b3a-9c55-0f1f6d2c7a10';
const { author, permlink } = seededPosts.fresh;
const post = `${author}/${permlink}`;
const bobOnX = '1450000000000000001';

const lookups: Readonly<
  Record<string, readonly (readonly [lookup: string, params?: Record<string, string>])[]>
> = {
  x: [
    ['timeline'],
    ['followers'],
    ['following'],
    ['user', { user: 'alice_on_x' }],
    ['tweet', { tweet: '1' }],
  ],
  twitter: [['timeline'], ['user', { user: 'alice_on_x' }]],
  allegro: [
    ...([['me'], ['return-policies'], ['warranties'], ['implied-warranties'], ['offers']] as const),
    ...([['orders'], ['ratings'], ['marketplaces'], ['categories']] as const),
  ],
  wechat: [['me'], ['check']],
  oidc: [['userinfo']],
  authing: [['userinfo']],
  'authing-user': [['me'], ['login-status'], ['update-profile', { nickname: 'Bob' }]],
  'authing-pool': [
    ...([['users'], ['groups'], ['search-users', { query: 'bob' }], ['find-user', { user: 'bob' }]] as const),
    ...([
      ['user-roles', { user: 'bob' }],
      ['user-groups', { user: 'bob' }],
    ] as const),
  ],
};

const typedBy: Readonly<Record<string, Record<string, string>>> = {
  'authing-user': typedSignIn,
  'authing-pool': { form: 'connect' },
};

function listLookUps(accounts: AccountIds): Operation[] {
  return Object.entries(lookups).flatMap(([provider, list]) =>
    list.map(([lookup, params = {}]) => ({
      name: `look up ${lookup} at ${provider}`,
      mayFail: true,
      run: ask('lookup.run', { account: accounts[provider] ?? '', lookup, params }),
    })),
  );
}

function listVotes(accounts: AccountIds): Operation[] {
  return ['steemlogin', 'steemconnect', 'hivesigner'].flatMap((provider, index) => {
    const account = accounts[provider] ?? '';
    return [
      { name: `preview with ${provider}`, run: ask('vote.preview', { account, post }) },
      {
        name: `vote with ${provider}`,
        run: ask('vote.cast', { request, account, post, weight: 20 + index }),
      },
    ];
  });
}

function listTweets(accounts: AccountIds): Operation[] {
  return ['x', 'twitter'].flatMap((provider): Operation[] => {
    const account = accounts[provider] ?? '';
    const text = `Bees, by ${provider}`;
    return [
      { name: `tweet with ${provider}`, run: ask('tweet.post', { request, account, parts: [text] }) },
      { name: `find a tweet with ${provider}`, run: ask('tweet.check', { account, text }) },
    ];
  });
}

async function signInByCode(app: App, clock: FuzzClock): Promise<Reply> {
  const provider = 'allegro-sandbox';
  const begun = await ask('accounts.begin-device', { provider })(app);
  if (!begun.ok) return begun;
  clock.advance(6000);
  return ask('accounts.check-device', { provider })(app);
}

async function renewAll(app: App, clock: FuzzClock): Promise<Reply> {
  clock.advance(3 * 60 * 60_000);
  await app.onAlarm('refresh');
  return ask('accounts.list', {})(app);
}

/** In the order in which they are recorded. */
export function listOperations(accounts: AccountIds): Operation[] {
  const each = (make: (provider: string, account: string) => Operation) =>
    Object.entries(accounts).map(([provider, account]) => make(provider, account));
  return [
    ...listVotes(accounts),
    ...listTweets(accounts),
    ...listLookUps(accounts),
    { name: 'tweet about a post', run: ask('tweet.about', { post: `https://steemit.com/@${post}` }) },
    { name: 'votes on a page', run: ask('page.votes', { posts: [{ author, permlink }] }), mayFail: true },
    {
      name: 'try a look-up of my own',
      run: ask('custom-lookups.try', {
        provider: 'x',
        account: accounts['x'] ?? '',
        address: `/2/users/${bobOnX}/tweets`,
        rows: 'data',
        params: {},
      }),
    },
    {
      name: 'save an OpenID Connect server',
      run: ask('services.save', {
        provider: 'oidc',
        clientId: seededOidcClients.bound,
        authBase: 'https://id.bees.example',
        apiBase: '',
      }),
    },
    { name: 'sign in by a code', run: signInByCode, mayFail: true },
    ...each((provider, account) => ({
      name: `renew ${provider}`,
      run: ask('accounts.refresh', { account }),
    })),
    ...each((provider, account) => ({
      name: `sign in to ${provider}`,
      isSignIn: true,
      run: ask('accounts.sign-in', { provider, account, typed: typedBy[provider] }),
    })),
    { name: 'renew all', run: renewAll, isLast: true },
    ...each((provider, account) => ({
      name: `sign out of ${provider}`,
      isLast: true,
      run: ask('accounts.sign-out', { account }),
    })),
  ];
}
