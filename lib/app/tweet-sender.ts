/**
 * Takes a tweet or a thread from the outbox to X: each reply when the tweet before has its id, and nothing sent twice. X
 * knows no request ids: after an answer that did not arrive the tweet is *unknown*, and it is the person who looks before
 * anything is sent again.
 */
import type { Access, Accounts } from '../accounts/accounts.ts';
import { AppError, type ErrorCode, toAppError } from '../errors.ts';
import type { Journal } from '../journal/journal.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Ports } from '../ports.ts';
import { type ApiRequest, buildDelete, buildPost, buildTimeline } from '../twitter/api.ts';
import { findTweet } from '../twitter/find-tweet.ts';
import { readDeleted, readPosted, readTweets } from '../twitter/read-api.ts';
import type { Account, JournalRecord, TweetEntry } from '../vault/schema.ts';
import { buildFailureFields } from './failure-fields.ts';
import { holdAfter, isToldToWait, readStopped } from './hold-after.ts';
import type { Sent } from './outbox-runner.ts';
import { createServiceCall } from './service-call.ts';

/** Failures that do not tell whether the tweet was taken. */
const unclear: ReadonlySet<ErrorCode> = new Set([
  'answer_too_large',
  'bad_answer',
  'internal',
  'network',
  'service_busy',
  'service_error',
  'timeout',
]);

/** The newest tweets looked at for one whose answer was lost; the fewest that X shows. */
const lookedAt = 5;

/** Whether the person allowed posting when they signed in. */
export function mayPost({ account, provider }: Pick<Access, 'account' | 'provider'>): boolean {
  const scope = provider.scopeOf?.post;
  return scope === undefined || account.scopes.includes(scope);
}

export interface TweetSender {
  /**
   * Sends what is left of an entry whose turn it is.
   * @param onPosted hears how many are posted, after each.
   */
  send(entry: TweetEntry, onPosted: (count: number) => void): Promise<Sent>;
  /** Ends an entry of which nothing is under way; undefined where something is. */
  fail(entry: TweetEntry, error: AppError): Promise<JournalRecord | undefined>;
  /**
   * Looks for a tweet whose answer did not arrive among the newest; X takes money for each that it shows.
   * @throws AppError
   */
  check(account: string, text: string): Promise<string | undefined>;
  /**
   * Deletes a tweet. It needs no entry in the outbox: to delete one twice does no harm.
   * @throws AppError `tweet_not_found` for one that is gone already
   */
  remove(account: string, tweet: string): Promise<void>;
}

function toRequest({ method, url, json }: ApiRequest): Request {
  return new Request(url, {
    method,
    ...(json === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) }),
  });
}

/** What a tweet is, to find it again; long enough to tell one from another. */
export function tweetTarget(account: string, text: string): string {
  return `tweet:${account}:${text.trim().slice(0, 400)}`;
}

/** What becomes of an unknown entry when its tweet is found: it was posted, and what is left of a thread is still to do. */
function settle(entry: JournalRecord, found: string): JournalRecord {
  const { account, parts = [], posted = [] } = entry;
  const next = parts[posted.length + 1];
  const settled: JournalRecord = {
    ...entry,
    posted: [...posted, found],
    outcome: next === undefined ? 'done' : 'failed',
    target: tweetTarget(account, next ?? parts[0] ?? ''),
  };
  for (const trouble of ['code', 'params', 'message', 'details'] as const)
    Reflect.deleteProperty(settled, trouble);
  return settled;
}

export function createTweetSender(
  ports: Pick<Ports, 'http' | 'clock' | 'translate'>,
  {
    accounts,
    journal,
    outbox,
  }: { readonly accounts: Accounts; readonly journal: Journal; readonly outbox: Outbox },
): TweetSender {
  const { clock, translate } = ports;
  const callService = createServiceCall(ports, accounts);

  async function accessFor(id: string): Promise<Access> {
    const access = await accounts.access(id);
    if (!mayPost(access)) throw new AppError('scope_missing');
    return access;
  }

  function describe(entry: TweetEntry, account: Account | undefined, error?: AppError): JournalRecord {
    const { name = '', provider = '' } = account ?? {};
    const isUnknown = error?.code === 'tweet_unknown' || error?.code === 'tweet_probably_posted';
    return {
      request: entry.request,
      at: clock.now(),
      action: entry.action,
      provider,
      account: entry.account,
      name,
      parts: entry.parts,
      posted: entry.posted,
      ...(entry.replyTo !== undefined && { replyTo: entry.replyTo }),
      ...(entry.batch !== undefined && { batch: entry.batch }),
      target: tweetTarget(entry.account, entry.parts[entry.posted.length] ?? entry.parts[0] ?? ''),
      outcome: error === undefined ? 'done' : isUnknown ? 'unknown' : 'failed',
      // Who took it back knows.
      isReviewed: error?.code === 'taken_back',
      ...buildFailureFields(error, translate),
    };
  }

  async function finish(entry: TweetEntry, error?: AppError): Promise<Sent> {
    const account = await accounts.find(entry.account);
    const end = describe(entry, account, error);
    // Before whoever asks can hear that it is done.
    if (end.outcome === 'done') await settleFormer(end.target);
    const record = await outbox.finish(entry, () => end);
    if (record === undefined) throw new AppError('internal');
    return { record };
  }

  /** What was tried before with the text that is posted now needs no look any more. */
  async function settleFormer(target: string): Promise<void> {
    for (const { id, outcome, isReviewed } of await journal.findTarget(target))
      if (outcome !== 'done' && !isReviewed) await journal.review(id, true);
  }

  /** A duplicate of a tweet whose answer never came means that it did arrive. Its id is not told. */
  async function wasUnknown({ account, parts, posted }: TweetEntry): Promise<boolean> {
    const before = await journal.findTarget(tweetTarget(account, parts[posted.length] ?? ''));
    return before.some(({ outcome }) => outcome === 'unknown');
  }

  /** @returns undefined where it was taken back meanwhile. */
  async function postNext(entry: TweetEntry, access: Access): Promise<TweetEntry | undefined> {
    const { parts, posted, replyTo } = entry;
    const request = buildPost(parts[posted.length] ?? '', posted.at(-1) ?? replyTo);
    const sending = await outbox.begin(entry);
    if (sending === undefined) return undefined;
    const id = readPosted(await callService(access, toRequest(request)));
    return outbox.change(sending, (current) => ({ ...current, posted: [...posted, id], state: 'queued' }));
  }

  async function endAfter(entry: TweetEntry, error: AppError): Promise<Sent> {
    // Before a tweet leaves it is marked; a token that can't be had stops it earlier.
    const hasLeft = (await outbox.find(entry.request))?.state === 'sending';
    const hold = hasLeft && !isToldToWait(error) ? undefined : holdAfter(error, entry, clock.now());
    if (hold !== undefined) {
      if (hasLeft) await outbox.change(entry, (current) => ({ ...current, state: 'queued' }));
      return { hold };
    }
    if (error.code === 'tweet_duplicate' && (await wasUnknown(entry)))
      // The rest of a thread goes under the tweet that is there, whose id only the timeline tells.
      return finish(entry, entry.parts.length === 1 ? undefined : new AppError('tweet_probably_posted'));
    // With details it is the renewal of a token that X had refused before it looked at the tweet; see ServiceCall.
    const isRefused = error.details !== undefined && error.code !== 'service_error';
    const isUnclear = hasLeft && !isRefused && unclear.has(error.code);
    return finish(entry, isUnclear ? new AppError('tweet_unknown', { cause: error }) : error);
  }

  /** It was taken back or put off, or marked by a worker that is dead by now: the line is ours. */
  async function sendAnew(entry: TweetEntry): Promise<Sent> {
    const current = await outbox.find(entry.request);
    return current?.action === 'tweet.post' && current.state === 'sending'
      ? finish(current, new AppError('tweet_unknown'))
      : readStopped(await outbox.findEnd(entry));
  }

  async function send(first: TweetEntry, onPosted: (count: number) => void): Promise<Sent> {
    // The worker that sent it died before the answer.
    if (first.state === 'sending') return finish(first, new AppError('tweet_unknown'));
    let entry = first;
    while (entry.posted.length < entry.parts.length) {
      let next: TweetEntry | undefined;
      try {
        next = await postNext(entry, await accessFor(entry.account));
      } catch (thrown) {
        return endAfter(entry, toAppError(thrown));
      }
      if (next === undefined) return sendAnew(entry);
      entry = next;
      onPosted(entry.posted.length);
    }
    return finish(entry);
  }

  return {
    send,

    async fail(entry, error) {
      const account = await accounts.find(entry.account);
      return outbox.finish(entry, (current) =>
        current.state === 'queued' ? describe(current, account, error) : undefined,
      );
    },

    async check(account, text) {
      const access = await accounts.access(account);
      const request = buildTimeline(access.account.subject, { count: lookedAt }, 'none');
      const { entries } = readTweets(await callService(access, toRequest(request)));
      const found = findTweet(entries, text);
      if (found === undefined) return undefined;
      for (const entry of await journal.findTarget(tweetTarget(account, text)))
        if (entry.outcome === 'unknown') await journal.update(entry.id, (record) => settle(record, found.id));
      return found.id;
    },

    async remove(account, tweet) {
      const body = await callService(await accessFor(account), toRequest(buildDelete(tweet)));
      if (!readDeleted(body)) throw new AppError('bad_answer');
    },
  };
}
