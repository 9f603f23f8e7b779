/** The tweet as people meet it: by the API with a connected account, or the free way, X's own composer in a tab. */
import type { Accounts } from '../accounts/accounts.ts';
import type { ActionContext } from '../actions/context.ts';
import { buildTweetIntent } from '../actions/tweet-intent.ts';
import type { Sender } from '../bus/sender.ts';
import { AppError } from '../errors.ts';
import type { Journal } from '../journal/journal.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Ports } from '../ports.ts';
import type { ChainReader } from '../steem/chain-reader.ts';
import { findPostInUrl } from '../steem/post-in-url.ts';
import { parsePost } from '../steem/post-link.ts';
import { findSite } from '../steem/sites/index.ts';
import { buildTweetUrl } from '../twitter/tweet-link.ts';
import { readWeightedLength } from '../twitter/weighted-length.ts';
import type { JournalRecord } from '../vault/schema.ts';
import { mayPost, type TweetSender } from './tweet-sender.ts';
import { listActors } from './voters.ts';

/** Nobody's post is longer, not even with a paid account; what X takes from whom is X's to say. */
const longestText = 25_000;

export interface TweetsParts {
  readonly accounts: Accounts;
  readonly chainReader: ChainReader;
  readonly journal: Journal;
  readonly outbox: Outbox;
  readonly sender: TweetSender;
}

const reasons = { empty: 'empty', bad_character: 'tweet_bad_character', too_long: 'tweet_too_long' } as const;

/** @throws AppError of the field `parts` for a text that X can't take from anybody. */
function assertText(text: string): void {
  const { reason } = readWeightedLength(text);
  // More than 280 is for X to judge: people with a paid account may.
  if (reason !== undefined && (reason !== 'too_long' || text.length > longestText))
    throw new AppError(reasons[reason], { field: 'parts' });
}

const linkTweet = (id: string) => ({ id, url: buildTweetUrl(id) });

interface UnderWay {
  readonly end: Promise<JournalRecord>;
  readonly of: number;
  posted: number;
  /** Resolves with the next tweet posted. */
  step: PromiseWithResolvers<void>;
}

export function createTweets(
  { clock, shell }: Pick<Ports, 'clock' | 'shell'>,
  { accounts, chainReader, journal, outbox, sender: tweetSender }: TweetsParts,
): ActionContext['tweets'] & { recover(): Promise<void> } {
  /** Tweets and threads under way in this worker, by request. */
  const underWay = new Map<string, UnderWay>();

  function track(request: string, of: number, accepted: Promise<void>): UnderWay {
    const onPosted = (count: number) => {
      thread.posted = count;
      thread.step.resolve();
      thread.step = Promise.withResolvers();
    };
    const end = accepted
      .then(() => tweetSender.send(request, onPosted))
      .finally(() => underWay.delete(request));
    // Callers await it or not; a failure nobody waits for is no crash.
    end.catch(() => undefined);
    const thread: UnderWay = { end, of, posted: 0, step: Promise.withResolvers() };
    underWay.set(request, thread);
    return thread;
  }

  /** How a request ended, in the caller's terms. @throws AppError when not even the first was posted. */
  function report(record: JournalRecord) {
    const { code, params = {}, details, message = '', posted = [], parts = [] } = record;
    const tweets = posted.map(linkTweet);
    if (record.outcome === 'done') return { state: 'done' as const, posted: tweets };
    const more = details === undefined ? {} : { details };
    if (posted.length === 0) throw new AppError(code ?? 'internal', { params, ...more });
    const rest = parts.slice(posted.length);
    return { state: 'stopped' as const, posted: tweets, rest, code: code ?? 'internal', message, ...more };
  }

  /** Title, link and tags of a post, as an intent or a text. */
  async function describe(post: string, { host }: Partial<Sender>) {
    const { chain = host === undefined ? undefined : findSite(host)?.chain, ...name } = parsePost(post);
    if (chain === undefined) throw new AppError('bad_link', { field: 'post' });
    return chainReader.tags({ chain, author: name.author, permlink: name.permlink });
  }

  async function suggest(): Promise<string | undefined> {
    const tab = await shell.activeTab();
    if (tab?.url === undefined || !/^https?:/.test(tab.url)) return undefined;
    const url = new URL(tab.url);
    if (findSite(url.hostname) === undefined || findPostInUrl(url) === undefined)
      return [tab.title, tab.url].filter((part) => part !== undefined && part !== '').join('\n');
    const { title, url: link, tags } = await describe(tab.url, {});
    return [title, link, tags.map((tag) => `#${tag}`).join(' ')].filter((part) => part !== '').join('\n');
  }

  return {
    async handOff({ text, post }, sender) {
      const found = post === undefined ? undefined : await describe(post, sender);
      const url = buildTweetIntent({
        ...(found && { text: found.title, url: found.url, hashtags: found.tags }),
        ...(text === undefined ? {} : { text }),
      });
      await shell.openTab(url);
      return { url };
    },

    async start() {
      const actors = listActors(await accounts.list(), 'tweet');
      return {
        accounts: actors.map(({ account, provider }) => ({
          id: account.id,
          name: account.name,
          service: provider.title,
          isDefault: account.defaultFor.includes('tweet'),
          canPost: mayPost({ account, provider }),
        })),
      };
    },

    // A suggestion that can't be had is none; the person can write without.
    suggest: async () => ({ suggestion: await suggest().catch(() => undefined) }),

    async post({ request, account, parts, replyTo, seen }) {
      const accept = async () => {
        if ((await journal.findRequest(request)) !== undefined) return;
        for (const part of parts) assertText(part);
        if ((await accounts.find(account)) === undefined)
          throw new AppError('unknown_account', { field: 'account' });
        if ((await outbox.find(request)) !== undefined) return;
        await outbox.put({
          request,
          action: 'tweet.post',
          account,
          parts: parts.map((part) => part.normalize()),
          posted: [],
          ...(replyTo === undefined ? {} : { replyTo }),
          createdAt: clock.now(),
          state: 'queued',
        });
      };
      const thread = underWay.get(request) ?? track(request, parts.length, accept());
      while (thread.posted <= (seen ?? 0)) {
        const ended = await Promise.race([thread.end, thread.step.promise]);
        if (ended !== undefined) return report(ended);
      }
      return { state: 'posting', posted: thread.posted, of: thread.of };
    },

    async check({ account, text }) {
      const id = await tweetSender.check(account, text);
      return { found: id === undefined ? undefined : linkTweet(id) };
    },

    remove: ({ account, tweet }) => tweetSender.remove(account, tweet),

    /** Takes up what a dead worker left: what had not left is sent, what was under way is unknown. */
    async recover() {
      for (const { request, action, ...entry } of await outbox.list())
        if (action === 'tweet.post' && !underWay.has(request))
          track(request, 'parts' in entry ? entry.parts.length : 1, Promise.resolve());
    },
  };
}
