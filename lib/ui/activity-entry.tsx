import { useId } from 'preact/hooks';
import type { JournalEntryView } from '../actions/journal.ts';
import { chains } from '../steem/chain.ts';
import { priceOfPost, prices } from '../twitter/prices.ts';
import { ActivityTweet } from './activity-tweet.tsx';
import { AskingButton } from './asking-button.tsx';
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
  /** Called for a downvote once it was confirmed. */
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
  // Nothing went wrong with what the person took back.
  const isTakenBack = entry.code === 'taken_back';
  return (
    <li class={`card entry ${outcome}${isReviewed ? ' reviewed' : ''}`} aria-labelledby={id}>
      <div class="card-head">
        <p class="name" id={id}>
          <What entry={entry} />
        </p>
        <span class={isTakenBack ? 'chip' : `chip ${outcome}`}>
          {t(isTakenBack ? 'outcome_taken_back' : `outcome_${outcome}`)}
        </span>
      </div>
      <p class="byline">
        {[entry.account, entry.service, formatMoment(t('language_tag'), entry.at)]
          .filter((fact) => fact !== '')
          .join(' · ')}
      </p>
      {entry.message !== undefined && <p class="message">{entry.message}</p>}
      <Details entry={entry} />
      <ActivityTweet entry={entry} />
      {isTweet(entry) && entry.isRestored && <p class="hint">{t('entry_restored')}</p>}
      <Buttons {...props} labelId={id} />
    </li>
  );
}

/** What can be done with a tweet: looked for, deleted. Neither with one that a backup names. */
function readTweet({ action, outcome, isReviewed, isRestored, posted = [] }: JournalEntryView) {
  const isOurs = action === 'tweet.post' && !isRestored;
  return {
    isUnclear: isOurs && outcome === 'unknown' && !isReviewed,
    canDelete: isOurs && posted.some(({ isDeleted }) => !isDeleted),
  };
}

function Buttons(props: Props & { readonly labelId: string }) {
  const { entry, isBusy, isMissing, labelId, onReview, onCheck } = props;
  const { t } = useView();
  const { outcome, isReviewed } = entry;
  const { isUnclear, canDelete } = readTweet(entry);
  if (outcome === 'done' && !canDelete) return null;
  return (
    <div class="buttons">
      {isUnclear && !isMissing && (
        <button type="button" disabled={isBusy} aria-describedby={labelId} onClick={onCheck}>
          {t('tweet_check', { price: formatDollars(t('language_tag'), priceOfCheck) })}
        </button>
      )}
      {(entry.canTryAgain || (isUnclear && isMissing)) && <TryAgain {...props} />}
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

/** A downvote is asked for as it was the first time, and a tweet says its price. */
function TryAgain({ entry, isBusy, labelId, onTryAgain }: Props & { readonly labelId: string }) {
  const { t } = useView();
  const { weight = 0, parts, posted = [] } = entry;
  const left = parts?.slice(posted.length);
  const price = left?.reduce((sum, part) => sum + priceOfPost(part), 0);
  return (
    <>
      <AskingButton
        label={t('try_again')}
        question={weight < 0 ? t('vote_confirm_downvote', { weight, post: readEntryPost(entry) }) : undefined}
        isBusy={isBusy}
        labelId={labelId}
        onConfirm={onTryAgain}
      />
      {price !== undefined && (
        <span class="hint">{t('tweet_price', { price: formatDollars(t('language_tag'), price) })}</span>
      )}
    </>
  );
}

/** X charges for deleting too, so it is asked with its price. */
function Delete({ entry, isBusy, labelId, onDelete }: Props & { readonly labelId: string }) {
  const { t } = useView();
  const count = entry.posted?.filter(({ isDeleted }) => !isDeleted).length ?? 0;
  const price = formatDollars(t('language_tag'), (prices.delete * count) / 1000);
  return (
    <AskingButton
      class="link"
      label={t('tweet_delete')}
      question={t('tweet_delete_question', { count, price })}
      isBusy={isBusy}
      labelId={labelId}
      onConfirm={onDelete}
    />
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
  if (action.startsWith('tweet.')) return t('tab_tweet');
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
