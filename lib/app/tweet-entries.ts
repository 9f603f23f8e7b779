/** The tweets of the Activity: looked for, taken up again, deleted. */
import type { Accounts } from '../accounts/accounts.ts';
import type { ActionContext } from '../actions/context.ts';
import { AppError, toAppError } from '../errors.ts';
import type { Journal, JournalEntry } from '../journal/journal.ts';
import type { Ports } from '../ports.ts';
import { splitSections } from '../twitter/split-thread.ts';
import { buildTweetUrl } from '../twitter/tweet-link.ts';
import { noteAccount } from './account-desk.ts';
import type { TweetSender } from './tweet-sender.ts';

type Tweets = ActionContext['tweets'];

export interface TweetEntries extends Pick<Tweets, 'check' | 'checkEntry' | 'resume' | 'remove'> {
  removeEntry: Tweets['removeEntry'];
}

const deletion = 'tweet.delete';

/** The journal's `target` for the deletion of a tweet. */
export function deletionTarget(tweet: string): string {
  return `${deletion}:${tweet}`;
}

export function createTweetEntries(
  ports: Pick<Ports, 'clock' | 'random' | 'translate'>,
  {
    accounts,
    journal,
    sender,
    drafts,
    post,
  }: {
    readonly accounts: Accounts;
    readonly journal: Journal;
    readonly sender: TweetSender;
    readonly drafts: ActionContext['drafts'];
    readonly post: Tweets['post'];
  },
): TweetEntries {
  /** @throws AppError `bad_input` for an entry that holds no tweet. */
  async function getEntry(id: number): Promise<JournalEntry & { readonly parts: string[] }> {
    const entry = await journal.find(id);
    if (entry?.parts === undefined) throw new AppError('bad_input', { field: 'id' });
    return { ...entry, parts: entry.parts };
  }

  /**
   * The tweets that an entry of a backup names may be any: of another text, under somebody's tweet.
   * @throws AppError `bad_input` as `getEntry`, and for one of a backup.
   */
  async function getOwnEntry(id: number): ReturnType<typeof getEntry> {
    const entry = await getEntry(id);
    if (entry.isRestored === true) throw new AppError('bad_input', { field: 'id' });
    return entry;
  }

  /** What goes on from here is the composer's draft no more, unless the person has made another text of it. */
  async function dropDraft(under: string, rest: readonly string[]): Promise<void> {
    const { replyTo, text = '', account = '' } = (await drafts.read('tweet')) ?? {};
    if (replyTo === under && splitSections(text).join() === rest.join())
      await drafts.save('tweet', { text: '', account });
  }

  async function check(account: string, text: string) {
    const id = await sender.check(account, text);
    return { found: id === undefined ? undefined : { id, url: buildTweetUrl(id) } };
  }

  async function remove(account: string, tweet: string): Promise<void> {
    const owner = await accounts.find(account);
    const note = (error?: AppError) =>
      noteAccount(
        ports,
        journal,
        {
          action: deletion,
          provider: owner?.provider ?? '',
          account,
          name: owner?.name ?? '',
          target: deletionTarget(tweet),
          posted: [tweet],
        },
        error,
      );
    try {
      await sender.remove(account, tweet);
    } catch (thrown) {
      const error = toAppError(thrown);
      await note(error.code === 'tweet_not_found' ? undefined : error);
      throw error;
    }
    await note();
  }

  return {
    check: ({ account, text }) => check(account, text),

    async checkEntry(id) {
      const { account, parts, posted = [] } = await getEntry(id);
      return check(account, parts[posted.length] ?? '');
    },

    async resume({ id, request, seen }) {
      const { account, parts, posted = [], replyTo } = await getOwnEntry(id);
      const under = posted.at(-1) ?? replyTo;
      const rest = parts.slice(posted.length);
      if (under !== undefined) await dropDraft(under, rest);
      return post({
        request,
        account,
        parts: rest,
        ...(under !== undefined && { replyTo: under }),
        ...(seen !== undefined && { seen }),
      });
    },

    remove: ({ account, tweet }) => remove(account, tweet),

    async removeEntry(id) {
      const { account, posted = [] } = await getOwnEntry(id);
      const deleted = await journal.listDone(posted.map(deletionTarget));
      const left = posted.filter((tweet) => !deleted.has(deletionTarget(tweet)));
      for (const tweet of left.toReversed()) {
        await remove(account, tweet).catch((thrown: unknown) => {
          // Gone is what was wanted.
          if (toAppError(thrown).code !== 'tweet_not_found') throw thrown;
        });
      }
      return left.length;
    },
  };
}
