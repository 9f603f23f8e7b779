/**
 * The vault's records as they lie in IndexedDB. Everything read back is parsed with these: a profile can be old, copied or
 * damaged. Times are UTC milliseconds.
 */
import * as z from 'zod/mini';
import type { DBSchema } from 'idb';
import { errorCodes } from '../errors.ts';
import { wrappedKey } from './wrapped-key.ts';

const bytes = z.instanceof(Uint8Array);
const cryptoKey = z.instanceof(CryptoKey);

/** AES-256-GCM cipher text; which record it belongs to is authenticated with it. */
export const sealed = z.object({ version: z.literal(1), iv: bytes, data: bytes });
export type Sealed = z.output<typeof sealed>;

/** What the person typed so that a service knows them. Key: provider id. */
export const registration = z.object({
  provider: z.string(),
  clientId: z.string(),
  clientSecret: z.optional(sealed),
  authBase: z.string(),
  apiBase: z.string(),
  /** What else the service wants to know, by field id. */
  settings: z._default(z.record(z.string(), z.string()), {}),
  secrets: z._default(z.record(z.string(), sealed), {}),
});
export type Registration = z.output<typeof registration>;

/** A sign-in that was begun and has not ended. Key: provider id, since one window is open at a time. */
export const pendingSignIn = z.object({
  provider: z.string(),
  state: sealed,
  startedAt: z.number(),
  account: z.optional(z.string()),
  /** A sign-in by code, which no window waits for: when it ends, when to ask next, and how often. */
  device: z.optional(z.object({ expiresAt: z.number(), pollAt: z.number(), intervalMs: z.number() })),
});
export type PendingSignIn = z.output<typeof pendingSignIn>;

export const account = z.object({
  id: z.string(),
  provider: z.string(),
  /** The service's own id of the person; with the provider it names an account. */
  subject: z.string(),
  name: z.string(),
  /** Where the service has another `subject` for each app: which app's, and the person's id over all apps of one owner. */
  app: z.optional(z.string()),
  unionId: z.optional(z.string()),
  createdAt: z.number(),
  /** What the service granted, in its own words. */
  scopes: z._default(z.array(z.string()), []),
  /** Action ids for which it is chosen first. */
  defaultFor: z.array(z.string()),
  /** Last chosen upvote weights in percent, posts and comments apart. */
  postWeight: z.number(),
  commentWeight: z.number(),
  lastVoteAt: z.optional(z.number()),
});
export type Account = z.output<typeof account>;

export const grantStates = ['live', 'refreshing', 'try_later', 'needs_sign_in'] as const;

/** The tokens of one account. Key: account id. */
export const grant = z.object({
  account: z.string(),
  /** Counts sign-ins: an answer to an older one can't overwrite a newer one. */
  generation: z.number(),
  /** Counts the renewals of this sign-in: tokens of an older one can't overwrite those of a newer one. Absent before the first. */
  renewals: z.optional(z.number()),
  accessToken: sealed,
  refreshToken: z.optional(sealed),
  /** OAuth 1.0a signs with it. */
  tokenSecret: z.optional(sealed),
  /** OpenID Connect: shown to the server to end its session. */
  idToken: z.optional(sealed),
  /** RFC 9449: the key that the tokens are bound to. Not extractable. */
  dpopKey: z.optional(z.object({ publicKey: cryptoKey, privateKey: cryptoKey })),
  /** Server and client that the tokens are of: no other is ever shown them. Grants of before they said so have none. */
  boundTo: z.optional(z.string()),
  /** When the person was last at the sign-in page; 0 where an older version did not note it. */
  signedInAt: z._default(z.number(), 0),
  /** When renewing without the person comes to its end, where the service says. */
  renewableUntil: z.optional(z.number()),
  /** True once the service renewed it without the person; a grant with a refresh token always can be. */
  renewsSilently: z.boolean(),
  expiresAt: z.number(),
  /** When it should be renewed, jitter included. */
  dueAt: z.number(),
  /** When this was written, by the clock of the time: one that was set back since shows by it. */
  writtenAt: z.optional(z.number()),
  state: z.enum(grantStates),
  /** The durable mark of a renewal under way, so that one that died is found again. */
  refreshingSince: z.optional(z.number()),
  /** Failed renewals in a row, and what the last one said. */
  attempts: z.number(),
  trouble: z.optional(z.enum(errorCodes)),
  /** The next try follows soon on one whose answer is missing: it may have spent the refresh token. */
  isRepeat: z._default(z.boolean(), false),
  /** The service refused this very access token: it is not used again, however long it claims to live. */
  isRejected: z.boolean(),
});
export type Grant = z.output<typeof grant>;

/** Values for a sentence. */
const params = z.record(z.string(), z.union([z.string(), z.number()]));

export const journalRecord = z.object({
  id: z.optional(z.number()),
  /** The caller's request id: one request is journaled once. */
  request: z.string(),
  at: z.number(),
  action: z.string(),
  /** What was done, in the person's language of the time, where the action does not say it. */
  title: z.optional(z.string()),
  provider: z.string(),
  account: z.string(),
  /** Name at the time, since the account may be gone later. */
  name: z.string(),
  chain: z.optional(z.enum(['steem', 'hive'])),
  author: z.optional(z.string()),
  permlink: z.optional(z.string()),
  /** Percent. */
  weight: z.optional(z.number()),
  /** What was acted on, for look-up: `vote:<name>:<chain>:<author>/<permlink>`. */
  target: z.string(),
  /** The batch that it was part of. */
  batch: z.optional(z.string()),
  outcome: z.enum(['done', 'failed', 'unknown']),
  code: z.optional(z.enum(errorCodes)),
  /** Values for the sentence of `code`. */
  params: z.optional(params),
  message: z.optional(z.string()),
  details: z.optional(z.string()),
  transactionId: z.optional(z.string()),
  /** Tweets: all that was to be posted, and the ids of what was. */
  parts: z.optional(z.array(z.string())),
  posted: z.optional(z.array(z.string())),
  /** The tweet that the first part answers. */
  replyTo: z.optional(z.string()),
  wasThere: z.optional(z.boolean()),
  isReviewed: z.boolean(),
  /** It came from a backup, of which nobody knows who wrote it: what it names is shown, and not acted on unasked. */
  isRestored: z.optional(z.literal(true)),
  /** 1 while failed or unknown and not reviewed; absent otherwise, so that the index holds these alone. */
  open: z.optional(z.literal(1)),
});
export type JournalRecord = z.output<typeof journalRecord>;

/** Why an entry does not go out though it is its turn, or would be. */
export const holdReasons = ['network', 'mana', 'locked', 'missed', 'paused', 'try_later'] as const;
export const hold = z.object({
  reason: z.enum(holdReasons),
  /** When to look again; undefined where an event ends it, or the person. */
  until: z.optional(z.number()),
  /** How often it was tried in vain, for reasons that are looked at again by time. */
  tries: z.optional(z.number()),
});
export type Hold = z.output<typeof hold>;

export const schedule = z.object({
  at: z.number(),
  /** IANA name of the time zone in which the person chose it. */
  timeZone: z.string(),
});
export type Schedule = z.output<typeof schedule>;

/** What every entry of the outbox has. */
const queued = {
  request: z.string(),
  account: z.string(),
  createdAt: z.number(),
  /** Order of acceptance, which the clock can't tell: it may stand still or go back. */
  position: z.number(),
  schedule: z.optional(schedule),
  /** When its scheduled time came and it joined the line of its account. */
  joinedAt: z.optional(z.number()),
  batch: z.optional(z.string()),
  hold: z.optional(hold),
  /** The person said "now": no floor of mana and no pause holds it back. */
  isByHand: z.optional(z.boolean()),
};

/** A vote on its way. `sending` is written before the request leaves. */
export const voteEntry = z.object({
  ...queued,
  action: z.literal('vote.cast'),
  chain: z.enum(['steem', 'hive']),
  author: z.string(),
  permlink: z.string(),
  /** Percent. */
  weight: z.number(),
  /** Decides which remembered weight it becomes; undefined leaves both. */
  kind: z.optional(z.enum(['post', 'comment'])),
  state: z.enum(['queued', 'sending']),
});
export type VoteEntry = z.output<typeof voteEntry>;

/** A tweet or a thread on its way; `posted` grows with every answer. */
export const tweetEntry = z.object({
  ...queued,
  action: z.literal('tweet.post'),
  /** The tweets in order. */
  parts: z.array(z.string()),
  /** Ids of those that are posted, in order. */
  posted: z.array(z.string()),
  /** The tweet that the first part answers. */
  replyTo: z.optional(z.string()),
  state: z.enum(['queued', 'sending']),
});
export type TweetEntry = z.output<typeof tweetEntry>;

/** A look-up that changes something, while its request is under way. What was typed is not in it. */
export const changeEntry = z.object({
  ...queued,
  action: z.literal('lookup.change'),
  effect: z.enum(['change', 'delete']),
  lookup: z.string(),
  /** In the person's language of the time. */
  title: z.string(),
  state: z.literal('sending'),
});
export type ChangeEntry = z.output<typeof changeEntry>;

/** What is still to be done. Key: request id. */
export const outboxEntry = z.discriminatedUnion('action', [voteEntry, tweetEntry, changeEntry]);
export type OutboxEntry = z.output<typeof outboxEntry>;

/** A list of votes that is sent as one. Key: its id. */
export const batch = z.object({
  id: z.string(),
  account: z.string(),
  /** Name at the time, since the account may be gone later. */
  name: z.string(),
  chain: z.enum(['steem', 'hive']),
  createdAt: z.number(),
  /** How many votes it began with. Where they are now the outbox and the journal tell. */
  total: z.number(),
  isPaused: z.boolean(),
  /** The failure for which it paused by itself. */
  stoppedBy: z.optional(z.enum(errorCodes)),
  /** Values for the sentence of `stoppedBy`. */
  stoppedParams: z.optional(params),
  /** The batch in which those that failed are tried again: however often that is asked for, it is this one. */
  triedAgainAs: z.optional(z.string()),
});
export type Batch = z.output<typeof batch>;

/** An entry of the register of people. It has a number, a sign-in, or both. */
export const person = z.object({
  id: z.string(),
  name: z.string(),
  /** E.164. */
  telephone: z.optional(z.string()),
  /** The app through which the person signed in, and who they are to it; both or none. */
  appId: z.optional(z.string()),
  openId: z.optional(z.string()),
  unionId: z.optional(z.string()),
  /** What the service called them when they were bound. */
  nickname: z.optional(z.string()),
  createdAt: z.number(),
});
export type Person = z.output<typeof person>;

export const setting = z.object({ key: z.string(), value: z.unknown() });

/** Tells data keys apart, which can't be compared. */
const keyName = z._default(z.string(), '');
/** Of a key of before; an older version kept one alone, without a name. */
const formerKeyId = z.union([z.literal('former'), z.templateLiteral(['former:', z.string()])]);

/**
 * The vault's own key: a `CryptoKey` that is not extractable or, with a passphrase, wrapped. Each key of before, by its name,
 * lies beside it for as long as something may be sealed with it.
 */
export const keyRecord = z.union([
  z.object({ id: z.literal('data'), name: keyName, key: cryptoKey }),
  z.object({ id: z.literal('data'), name: keyName, wrapped: wrappedKey }),
  z.object({ id: formerKeyId, key: cryptoKey }),
]);
export type KeyRecord = z.output<typeof keyRecord>;
export type DataKeyRecord = Extract<KeyRecord, { id: 'data' }>;
export type FormerKeyRecord = Exclude<KeyRecord, { id: 'data' }>;

export interface VaultSchema extends DBSchema {
  registrations: { key: string; value: Registration };
  signIns: { key: string; value: PendingSignIn };
  accounts: { key: string; value: Account; indexes: { subject: [string, string] } };
  grants: { key: string; value: Grant };
  journal: {
    key: number;
    value: JournalRecord;
    indexes: {
      request: string;
      provider: string;
      name: string;
      outcome: string;
      open: number;
      target: string;
      batch: string;
    };
  };
  outbox: { key: string; value: OutboxEntry; indexes: { batch: string; position: number } };
  batches: { key: string; value: Batch };
  settings: { key: string; value: z.output<typeof setting> };
  people: {
    key: string;
    value: Person;
    indexes: { telephone: string; openId: [string, string]; unionId: string };
  };
  keys: { key: string; value: KeyRecord };
}
