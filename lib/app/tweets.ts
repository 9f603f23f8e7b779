/** The tweet as people meet it: by the API with a connected account, or the free way, X's own composer in a tab. */
import type { Accounts } from '../accounts/accounts.ts';
import type { ActionContext } from '../actions/context.ts';
import { buildTweetIntent } from '../actions/tweet-intent.ts';
import { AppError } from '../errors.ts';
import type { Journal } from '../journal/journal.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Ports } from '../ports.ts';
import { priceOfPost } from '../twitter/prices.ts';
import { buildTweetUrl } from '../twitter/tweet-link.ts';
import { readWeightedLength } from '../twitter/weighted-length.ts';
import { reportWaiting } from './outbox-desk.ts';
import type { OutboxRunner, Settled } from './outbox-runner.ts';
import { assertSchedule } from './schedule.ts';
import { createTweetEntries } from './tweet-entries.ts';
import { mayPost, type TweetSender } from './tweet-sender.ts';
import type { TweetSubjects } from './tweet-subjects.ts';
import { listActors } from './voters.ts';
import { writePostTweet } from './write-post-tweet.ts';

/** Nobody's post is longer, not even with a paid account; what X takes from whom is X's to say. */
const longestText = 25_000;

type Tweets = ActionContext['tweets'];

export interface TweetsParts {
  readonly accounts: Accounts;
  readonly subjects: TweetSubjects;
  readonly journal: Journal;
  readonly outbox: Outbox;
  readonly sender: TweetSender;
  readonly runner: OutboxRunner;
  readonly assertUnlocked: () => Promise<void>;
  readonly drafts: ActionContext['drafts'];
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

export function createTweets(
  ports: Pick<Ports, 'clock' | 'shell' | 'random' | 'translate'>,
  { accounts, subjects, journal, outbox, sender: tweetSender, drafts, ...parts }: TweetsParts,
): ActionContext['tweets'] {
  const { clock, shell } = ports;
  const { runner, assertUnlocked } = parts;

  /** How a request ended, in the caller's terms. @throws AppError when not even the first was posted. */
  function report(settled: Settled) {
    if ('entry' in settled) return reportWaiting(settled.entry);
    const { record } = settled;
    const { code, params = {}, details, message = '', posted = [], parts = [] } = record;
    const tweets = posted.map(linkTweet);
    if (record.outcome === 'done') return { state: 'done' as const, posted: tweets };
    const more = details === undefined ? {} : { details };
    if (posted.length === 0) throw new AppError(code ?? 'internal', { params, ...more });
    const rest = parts.slice(posted.length);
    return { state: 'stopped' as const, posted: tweets, rest, code: code ?? 'internal', message, ...more };
  }

  const handOff: Tweets['handOff'] = async ({ text, post }, sender) => {
    const found = post === undefined ? undefined : await subjects.describePost(post, sender);
    const url = buildTweetIntent({
      ...(found && { text: found.title, url: found.url, hashtags: found.tags }),
      ...(text === undefined ? {} : { text }),
    });
    await shell.openTab(url);
    return { url };
  };

  async function accept(input: Parameters<Tweets['post']>[0]): Promise<void> {
    const { request, account, parts, replyTo, schedule } = input;
    const known = await Promise.all([journal.findRequest(request), outbox.find(request)]);
    if (known.some((entry) => entry !== undefined)) return;
    for (const part of parts) assertText(part);
    if ((await accounts.find(account)) === undefined)
      throw new AppError('unknown_account', { field: 'account' });
    if (schedule !== undefined) assertSchedule(schedule, clock.now());
    // Whoever sits before a locked Latchkey must not leave tweets for the owner to unlock.
    await assertUnlocked();
    await outbox.add([
      {
        request,
        action: 'tweet.post',
        account,
        parts: parts.map((part) => part.normalize()),
        posted: [],
        ...(replyTo === undefined ? {} : { replyTo }),
        ...(schedule === undefined ? {} : { schedule }),
        createdAt: clock.now(),
        state: 'queued',
      },
    ]);
  }

  const post: Tweets['post'] = async (input) => {
    const { request, parts, seen = 0 } = input;
    await accept(input);
    const { promise: more, resolve: tellMore } = Promise.withResolvers<number>();
    const tell = (count: number) => {
      if (count > seen) tellMore(count);
    };
    const settled = runner.settle(request, tell);
    // A failure nobody waits for is no crash.
    settled.catch(() => undefined);
    const entry = await outbox.find(request);
    if (entry?.action === 'tweet.post') tell(entry.posted.length);
    const reply = await Promise.race([settled, more]);
    if (typeof reply !== 'number') return report(reply);
    return { state: 'posting', posted: reply, of: parts.length };
  };

  const listPosters = async () => listActors(await accounts.list(), 'tweet');

  return {
    ...createTweetEntries(ports, { accounts, journal, sender: tweetSender, drafts, post }),
    handOff,
    post,

    async start() {
      return {
        accounts: (await listPosters()).map(({ account, provider }) => ({
          id: account.id,
          name: account.name,
          service: provider.title,
          isDefault: account.defaultFor.includes('tweet'),
          canPost: mayPost({ account, provider }),
        })),
      };
    },

    // A suggestion that can't be had is none; the person can write without.
    suggest: async () => ({ suggestion: await subjects.suggest().catch(() => undefined) }),

    take: async () => ({ text: await subjects.take() }),

    async open(link, sender) {
      if ((await listPosters()).length === 0) {
        await handOff({ post: link }, sender);
        return;
      }
      await subjects.leave({ link });
      await shell.openPopup('tweet');
    },

    async about(link, sender) {
      const text = writePostTweet(await subjects.describePost(link, sender));
      const posters = (await listPosters()).filter(mayPost);
      return {
        text,
        price: priceOfPost(text),
        accounts: posters.map(({ account: { id, name } }) => ({ id, name })),
      };
    },

    async postAbout({ request, account, post: link }, sender) {
      const isKnown = (await outbox.find(request)) !== undefined;
      // What was accepted under this request is what is posted, whatever the chain says by now.
      const text =
        isKnown || (await journal.findRequest(request)) !== undefined
          ? ''
          : writePostTweet(await subjects.describePost(link, sender));
      // One tweet: there is nothing to tell before its end.
      return post({ request, account, parts: [text], seen: 1 });
    },
  };
}
