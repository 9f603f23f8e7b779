/**
 * What a backup holds, as JSON: the vault's records opened, without what belongs to this browser alone (keys, pending
 * sign-ins, the outbox: what is still to be done would be done twice). Its form is a promise to files of long ago: a field
 * may be added, none changed. Times are UTC milliseconds.
 */
import * as z from 'zod/mini';
import { clampTime } from '../accounts/timing.ts';
import { AppError, errorCodes } from '../errors.ts';
import { isAccountName } from '../steem/account-name.ts';
import { isPermlink } from '../steem/permlink.ts';
import { account, journalRecord, person } from '../vault/schema.ts';

/** Longer is no name; what it is cut to is still more than a view has room for. */
const longestName = 200;
/** As long as the longest post on X (lib/app/tweets.ts); a service's words are shorter. */
const longestText = 25_000;
/** Of what something is known by; a service's own id of a person is the longest (255, OpenID Connect Core section 2). */
const longestId = 1000;
/** More of a kind is no person's, and would take the browser's time. */
const mostRecords = { services: 100, accounts: 10_000, lookups: 1000 };

const cut = (length: number) =>
  z.pipe(
    z.string(),
    z.transform((text) => text.slice(0, length)),
  );
const name = cut(longestName);
const text = cut(longestText);
const id = z.string().check(z.maxLength(longestId));
const texts = z.record(z.string(), z.string());
/** Only what a Date can hold can be shown; anything else would break a view each time that it is opened. */
const moment = z.pipe(z.number(), z.transform(clampTime));
/** Of an upvote, in percent: with one below nothing, a press of the button would vote down. */
const upvoteWeight = z.catch(z.number().check(z.gt(0), z.lte(100)), 100);

/** An app registration; key: provider. */
const service = z.object({
  provider: id,
  clientId: z.string(),
  clientSecret: z.optional(z.string()),
  authBase: z.string(),
  apiBase: z.string(),
  settings: texts,
  secrets: texts,
});
export type BackupService = z.output<typeof service>;

/** What signs an account in elsewhere: a refresh token, or an access token with its secret that does not end by time. */
const signIn = z.object({
  refreshToken: z.optional(z.string()),
  accessToken: z.optional(z.string()),
  tokenSecret: z.optional(z.string()),
  boundTo: z.optional(z.string()),
  signedInAt: moment,
  renewableUntil: z.optional(moment),
});
export type BackupSignIn = z.output<typeof signIn>;

/** Key: provider and subject; `id` is what the journal knows it by. */
const backupAccount = z.object({
  ...account.shape,
  id,
  provider: id,
  subject: id,
  name,
  createdAt: moment,
  postWeight: upvoteWeight,
  commentWeight: upvoteWeight,
  lastVoteAt: z.optional(moment),
  signIn: z.optional(signIn),
});
export type BackupAccount = z.output<typeof backupAccount>;

const lookup = z.object({
  id,
  provider: id,
  name,
  base: z.enum(['api', 'auth']),
  path: z.string(),
  rows: z.string(),
});
export type BackupLookup = z.output<typeof lookup>;

const backupPerson = z.object({
  ...person.shape,
  id,
  name,
  /** As the register takes it; E.164. */
  telephone: z.optional(z.string().check(z.regex(/^\+[1-9]\d{6,14}$/))),
  createdAt: moment,
});

/** Key: request. */
const entry = z.omit(
  z.object({
    ...journalRecord.shape,
    request: id,
    provider: id,
    account: id,
    name,
    target: cut(longestId),
    action: name,
    title: z.optional(name),
    // It becomes part of an address.
    transactionId: z.catch(z.optional(z.string().check(z.regex(/^\w{1,100}$/))), undefined),
    posted: z.optional(z.array(name)),
    message: z.optional(text),
    details: z.optional(text),
    parts: z.optional(z.array(text)),
    at: moment,
    author: z.catch(z.optional(z.string().check(z.refine(isAccountName))), undefined),
    permlink: z.catch(z.optional(z.string().check(z.refine(isPermlink))), undefined),
    weight: z.catch(z.optional(z.number().check(z.gte(-100), z.lte(100))), undefined),
    /** A newer Latchkey has codes that this one does not know; the sentence is there anyway. */
    code: z.catch(z.optional(z.enum(errorCodes)), undefined),
  }),
  { id: true, open: true, batch: true, isRestored: true },
);
export type BackupEntry = z.output<typeof entry>;

export const backupContent = z.object({
  madeAt: moment,
  /** False where client secrets were left out, so that none here is no difference. */
  hasSecrets: z.boolean(),
  services: z.array(service).check(z.maxLength(mostRecords.services)),
  accounts: z.array(backupAccount).check(z.maxLength(mostRecords.accounts)),
  lookups: z.array(lookup).check(z.maxLength(mostRecords.lookups)),
  settings: z.record(z.string(), z.unknown()),
  people: z.array(backupPerson),
  journal: z.array(entry),
});
export type BackupContent = z.output<typeof backupContent>;

export const accountKey = ({ provider, subject }: Pick<BackupAccount, 'provider' | 'subject'>) =>
  `${provider}/${subject}`;

const isUnique = (keys: readonly string[]) => new Set(keys).size === keys.length;

/** @throws AppError `backup_damaged`, also for two records of one key. */
export function parseContent(text: string): BackupContent {
  const damaged = (cause?: unknown) => new AppError('backup_damaged', { field: 'file', cause });
  let told: unknown;
  try {
    told = JSON.parse(text);
  } catch (cause) {
    throw damaged(cause);
  }
  const parsed = backupContent.safeParse(told);
  if (!parsed.success) throw damaged(parsed.error);
  const { services, accounts, lookups, people, journal } = parsed.data;
  const keys = [
    services.map(({ provider }) => provider),
    accounts.map(accountKey),
    accounts.map(({ id }) => id),
    lookups.map(({ id }) => id),
    people.map(({ id }) => id),
    people.flatMap(({ telephone }) => telephone ?? []),
    people.flatMap(({ appId, openId }) => (openId === undefined ? [] : JSON.stringify([appId, openId]))),
    journal.map(({ request }) => request),
  ];
  if (!keys.every(isUnique)) throw damaged();
  return parsed.data;
}
