/** Signing in and out, and what the person sees of their accounts. No token ever leaves through here. */
import * as z from 'zod/mini';
import { defineAction } from './action.ts';

const views = ['popup', 'options', 'internal'] as const;

/** How an account is doing, in the words of the Accounts tab. Times in UTC milliseconds. */
export const health = z.discriminatedUnion('state', [
  /** Works, and renews itself before `until`; undefined where the token does not end by time. */
  z.object({
    state: z.literal('fresh'),
    until: z.optional(z.number()),
    /** When the service wants to see the person again, whatever is renewed meanwhile. */
    signInBy: z.optional(z.number()),
  }),
  z.object({ state: z.literal('refreshing') }),
  /** Is renewed once the vault is unlocked. */
  z.object({ state: z.literal('locked') }),
  /** The token could not be renewed for now; the next try is at `at`. */
  z.object({ state: z.literal('try_later'), at: z.number(), message: z.string() }),
  /** Only the person can help. */
  z.object({
    state: z.literal('needs_sign_in'),
    message: z.string(),
    /** The vault's key is gone, as where a profile was copied without it: a reason for many accounts at once. */
    isKeyMissing: z._default(z.boolean(), false),
  }),
  /** Works until `until`, and cannot be renewed without the person. */
  z.object({ state: z.literal('ends'), until: z.number() }),
]);

/** Rights that are asked for only when they are first needed. */
export const features = ['post', 'follows', 'offers', 'orders'] as const;

export const accountView = z.object({
  id: z.string(),
  /** Provider id and its title. */
  provider: z.string(),
  service: z.string(),
  /** The chain it votes on, for Steem and Hive accounts. */
  chain: z.optional(z.enum(['steem', 'hive'])),
  /** The name at the service, e.g. the Steem account name. */
  name: z.string(),
  health,
  /** What the service granted, in its own words. */
  scopes: z.array(z.string()),
  /** The action it is for. */
  actsFor: z.enum(['vote', 'tweet', 'lookup']),
  /** Actions for which this account is chosen first, e.g. `vote`. */
  defaultFor: z.array(z.string()),
  /** Where the person can really take the app's right away; undefined where sign-out does it. */
  revokePage: z.optional(z.string()),
});
export type AccountView = z.output<typeof accountView>;

export const listAccounts = defineAction({
  id: 'accounts.list',
  title: 'List the accounts and how they are doing',
  senders: views,
  input: z.object({}),
  output: z.object({ accounts: z.array(accountView) }),
  run: async ({ accounts }) => ({ accounts: await accounts.list() }),
});

export const signIn = defineAction({
  id: 'accounts.sign-in',
  title: 'Open the sign-in page of a service and keep what comes back',
  senders: views,
  /** With `account`, that very account is renewed and any other is refused. */
  input: z.object({
    provider: z.string(),
    account: z.optional(z.string()),
    /** Rights to ask for beyond those that every sign-in needs. */
    allow: z.optional(z.array(z.enum(features))),
    /** What the person typed where the service has no sign-in page, e.g. name and password. Kept nowhere. */
    typed: z.optional(z.record(z.string(), z.string())),
  }),
  output: z.object({ account: accountView }),
  run: async ({ accounts }, { provider, account, allow, typed }) => ({
    account: await accounts.signIn(provider, { renew: account, allow, typed }),
  }),
});

export const findSignInOutput = z.object({
  running: z.optional(
    z.object({
      provider: z.string(),
      service: z.string(),
      /** When it ends by itself, UTC ms; undefined where it waits for as long as the page is open. */
      endsAt: z.optional(z.number()),
    }),
  ),
});
export const findSignIn = defineAction({
  id: 'accounts.find-sign-in',
  title: 'Tell which sign-in is under way',
  senders: views,
  input: z.object({}),
  output: findSignInOutput,
  run: async ({ accounts }) => accounts.findSignIn(),
});

export const cancelSignIn = defineAction({
  id: 'accounts.cancel-sign-in',
  title: 'Close the sign-in page where that works, and wait for it no longer',
  senders: views,
  input: z.object({}),
  output: z.object({}),
  run: async ({ accounts }) => {
    await accounts.cancelSignIn();
    return {};
  },
});

export const refreshAccount = defineAction({
  id: 'accounts.refresh',
  title: 'Renew an account now',
  senders: views,
  input: z.object({ account: z.string() }),
  output: z.object({ account: accountView }),
  run: async ({ accounts }, { account }) => ({ account: await accounts.refreshNow(account) }),
});

export const signOutInput = z.object({ account: z.string() });
export const signOutOutput = z.object({
  /** There was no token to take back. */
  wasEmpty: z.optional(z.literal(true)),
  revoked: z.boolean(),
  revokePage: z.optional(z.string()),
});
export const signOut = defineAction({
  id: 'accounts.sign-out',
  title: 'Revoke where that works, then delete the account here',
  senders: views,
  input: signOutInput,
  /** `revoked`: the service took the token back. Otherwise `revokePage` is where the person can do it. */
  output: signOutOutput,
  run: async ({ accounts }, { account }) => accounts.signOut(account),
});

export const setDefaultAccount = defineAction({
  id: 'accounts.set-default',
  title: 'Choose the account that an action takes first',
  senders: views,
  input: z.object({ account: z.string(), action: z.enum(['vote', 'tweet', 'lookup']) }),
  output: z.object({}),
  run: async ({ accounts }, { account, action }) => {
    await accounts.setDefault(account, action);
    return {};
  },
});
