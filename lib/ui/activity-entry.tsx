import { useId, useState } from 'preact/hooks';
import type { JournalEntryView } from '../actions/journal.ts';
import { chains } from '../steem/chain.ts';
import { prices } from '../twitter/prices.ts';
import { ActivityTweet } from './activity-tweet.tsx';
import { Confirm } from './confirm.tsx';
import { ExternalLink } from './external-link.tsx';
import { formatDollars, formatMoment } from './format.ts';
import { readEntryPost } from './read-entry-post.ts';
import { useView } from './view-context.ts';

interface Props {
  readonly entry: JournalEntryView;
  readonly isBusy: boolean;
  readonly onReview: (isReviewed: boolean) => void;
  /** A tweet whose answer did not arrive was looked for and is not there. */
  readonly isMissing: boolean;
  readonly onTryAgain: () => void;
  readonly onCheck: () => void;
  readonly onDelete: () => void;
}

/** The newest five tweets, US dollars. */
const priceOfCheck = (5 * prices.read.tweet) / 1000;

export function isTweet({ action }: JournalEntryView): boolean {
  return action === 'tweet.post';
}

/** One thing that was done, or that did not work out. */
export function ActivityEntry(props: Props) {
  const { entry } = props;
  const { t } = useView();
  const id = useId();
  const { outcome, isReviewed } = entry;
  return (
    <li class={`card entry ${outcome}${isReviewed ? ' reviewed' : ''}`} aria-labelledby={id}>
      <div class="card-head">
        <p class="name" id={id}>
          <What entry={entry} />
        </p>
        <span class={`chip ${outcome}`}>{t(`outcome_${outcome}`)}</span>
      </div>
      <p class="byline">
        {[entry.account, entry.service, formatMoment(t('language_tag'), entry.at)]
          .filter((fact) => fact !== '')
          .join(' · ')}
      </p>
      {entry.message !== undefined && <p class="message">{entry.message}</p>}
      <Details entry={entry} />
      <ActivityTweet entry={entry} />
      <Buttons {...props} labelId={id} />
    </li>
  );
}

function Buttons(props: Props & { readonly labelId: string }) {
  const { entry, isBusy, isMissing, labelId, onReview, onTryAgain, onCheck } = props;
  const { t } = useView();
  const { outcome, isReviewed } = entry;
  const isUnclear = isTweet(entry) && outcome === 'unknown' && !isReviewed;
  const canDelete = entry.posted?.some(({ isDeleted }) => !isDeleted) === true;
  if (outcome === 'done' && !canDelete) return null;
  return (
    <div class="buttons">
      {isUnclear && !isMissing && (
        <button type="button" disabled={isBusy} aria-describedby={labelId} onClick={onCheck}>
          {t('tweet_check', { price: formatDollars(t('language_tag'), priceOfCheck) })}
        </button>
      )}
      {(entry.canTryAgain || (isUnclear && isMissing)) && (
        <button type="button" disabled={isBusy} aria-describedby={labelId} onClick={onTryAgain}>
          {t('try_again')}
        </button>
      )}
      {outcome !== 'done' && (
        <label class="check">
          <input
            type="checkbox"
            checked={isReviewed}
            disabled={isBusy}
            aria-describedby={labelId}
            onChange={({ currentTarget }) => onReview(currentTarget.checked)}
          />
          {t('reviewed')}
        </label>
      )}
      {canDelete && <Delete {...props} />}
    </div>
  );
}

/** X charges for deleting too, so it is asked with its price. */
function Delete({ entry, isBusy, labelId, onDelete }: Props & { readonly labelId: string }) {
  const { t } = useView();
  const [isAsking, setIsAsking] = useState(false);
  const count = entry.posted?.filter(({ isDeleted }) => !isDeleted).length ?? 0;
  if (isAsking) {
    return (
      <Confirm
        question={t('tweet_delete_question', {
          count,
          price: formatDollars(t('language_tag'), (prices.delete * count) / 1000),
        })}
        onConfirm={() => {
          setIsAsking(false);
          onDelete();
        }}
        onCancel={() => setIsAsking(false)}
      />
    );
  }
  return (
    <button
      type="button"
      class="link"
      disabled={isBusy}
      aria-describedby={labelId}
      onClick={() => setIsAsking(true)}
    >
      {t('tweet_delete')}
    </button>
  );
}

function What({ entry }: { readonly entry: JournalEntryView }) {
  const { t } = useView();
  const { action, weight, chain, author, permlink } = entry;
  const title =
    weight === undefined ? (entry.title ?? readActionTitle(action, t)) : t('entry_vote', { weight });
  return (
    <>
      {title}{' '}
      {chain !== undefined && author !== undefined && permlink !== undefined && (
        <ExternalLink href={chains[chain].postUrl(author, permlink)}>{readEntryPost(entry)}</ExternalLink>
      )}
    </>
  );
}

function readActionTitle(action: string, t: ReturnType<typeof useView>['t']): string {
  if (action.startsWith('vote.')) return t('vote_button');
  if (action === 'tweet.delete') return t('entry_tweet_deleted');
  if (action.startsWith('tweet.')) return t('tweet_button');
  if (action === 'accounts.sign-in') return t('sign_in');
  if (action === 'accounts.sign-out') return t('sign_out');
  if (action === 'accounts.refresh') return t('activity_renewal');
  return action;
}

function Details({ entry }: { readonly entry: JournalEntryView }) {
  const { t } = useView();
  const { details, transactionId, transactionUrl } = entry;
  return (
    <>
      {transactionId !== undefined && (
        <p class="transaction">
          {t('transaction')}{' '}
          {transactionUrl === undefined ? (
            transactionId
          ) : (
            <ExternalLink href={transactionUrl}>{transactionId}</ExternalLink>
          )}
        </p>
      )}
      {details !== undefined && details !== '' && (
        <details>
          <summary>{t('details')}</summary>
          <pre>{details}</pre>
        </details>
      )}
    </>
  );
}
