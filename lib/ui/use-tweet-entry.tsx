import { useState } from 'preact/hooks';
import type { JournalEntryView } from '../actions/journal.ts';
import { askUntilDone } from '../bus/ask-until-done.ts';
import { ExternalLink } from './external-link.tsx';
import type { Task } from './use-task.ts';
import { useView } from './view-context.ts';

export interface TweetEntryActions {
  /** Posts what is left of it. */
  readonly tryAgain: (entry: JournalEntryView) => void;
  /** Looks on the timeline for the tweet whose answer did not arrive. */
  readonly check: (entry: JournalEntryView) => void;
  readonly remove: (entry: JournalEntryView) => void;
  /** It was looked for and is not there: it may be sent. */
  readonly isMissing: (entry: JournalEntryView) => boolean;
}

/** What can be done with the tweets of the Activity. */
export function useTweetEntry(task: Task): TweetEntryActions {
  const { t, invoke, newId } = useView();
  const [missing, setMissing] = useState<readonly number[]>([]);
  return {
    isMissing: ({ id }) => missing.includes(id),

    tryAgain({ id, account }) {
      const request = newId();
      let seen: number | undefined;
      void task.run(async () => {
        const reply = await askUntilDone(
          () => invoke('tweet.resume', { id, request, ...(seen !== undefined && { seen }) }),
          ({ posted, of }) => {
            seen = posted;
            task.say(t('tweet_posting_thread', { number: Math.min(posted + 1, of), of }));
          },
        );
        setMissing((before) => before.filter((other) => other !== id));
        if (reply.state === 'queued') return t(`queued_${reply.reason}`);
        if (reply.state === 'done') return t('tweet_done', { name: account });
        const { posted, rest, message } = reply;
        const counts = { posted: posted.length, of: posted.length + rest.length };
        return `${t('activity_tweet_stopped', counts)} ${message}`;
      }, t('tweet_posting'));
    },

    check({ id }) {
      void task.run(async () => {
        const { found } = await invoke('tweet.check-entry', { id });
        if (found === undefined) {
          setMissing((before) => [...before, id]);
          return t('tweet_not_there');
        }
        return (
          <>
            {t('tweet_there')} <ExternalLink href={found.url}>{t('tweet_see')}</ExternalLink>
          </>
        );
      }, t('tweet_checking'));
    },

    remove({ id }) {
      void task.run(async () => {
        const { count } = await invoke('tweet.delete-entry', { id });
        return t('tweet_undone', { count });
      }, t('tweet_undoing'));
    },
  };
}
