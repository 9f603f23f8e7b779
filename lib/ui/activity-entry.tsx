import { useId } from 'preact/hooks';
import type { JournalEntryView } from '../actions/journal.ts';
import { chains } from '../steem/chain.ts';
import { ExternalLink } from './external-link.tsx';
import { formatMoment } from './format.ts';
import { readEntryPost } from './read-entry-post.ts';
import { useView } from './view-context.ts';

interface Props {
  readonly entry: JournalEntryView;
  readonly isBusy: boolean;
  readonly onReview: (isReviewed: boolean) => void;
  readonly onTryAgain: () => void;
}

/** One thing that was done, or that did not work out. */
export function ActivityEntry({ entry, isBusy, onReview, onTryAgain }: Props) {
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
      {(entry.canTryAgain || outcome !== 'done') && (
        <div class="buttons">
          {entry.canTryAgain && (
            <button type="button" disabled={isBusy} aria-describedby={id} onClick={onTryAgain}>
              {t('try_again')}
            </button>
          )}
          {outcome !== 'done' && (
            <label class="check">
              <input
                type="checkbox"
                checked={isReviewed}
                disabled={isBusy}
                aria-describedby={id}
                onChange={({ currentTarget }) => onReview(currentTarget.checked)}
              />
              {t('reviewed')}
            </label>
          )}
        </div>
      )}
    </li>
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
