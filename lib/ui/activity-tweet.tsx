import type { JournalEntryView } from '../actions/journal.ts';
import { ExternalLink } from './external-link.tsx';
import { useView } from './view-context.ts';

interface Props {
  readonly entry: Pick<JournalEntryView, 'parts' | 'posted'>;
}

/** What was to be tweeted, and where on X that of it is which was posted. */
export function ActivityTweet({ entry }: Props) {
  const { parts = [], posted = [] } = entry;
  if (parts.length === 0) return null;
  const rows = parts.map((part, index) => ({ part, tweet: posted[index] }));
  return (
    <ol class={parts.length > 1 ? 'tweets' : 'tweets single'}>
      {rows.map(({ part, tweet }, index) => (
        // Parts have no names but their places.
        <li key={index}>
          <p>{part}</p>
          {tweet !== undefined && <Where {...tweet} />}
        </li>
      ))}
    </ol>
  );
}

function Where({ url, isDeleted }: NonNullable<JournalEntryView['posted']>[number]) {
  const { t } = useView();
  return isDeleted ? (
    <small>{t('tweet_deleted')}</small>
  ) : (
    <ExternalLink href={url}>{t('tweet_see')}</ExternalLink>
  );
}
