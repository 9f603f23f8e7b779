import type { ComponentChildren } from 'preact';
import type { VotePreview } from '../../../lib/actions/vote.ts';
import { ExternalLink } from '../../../lib/ui/external-link.tsx';
import { formatAmount, formatDay, formatNumber, formatTimeLeft } from '../../../lib/ui/format.ts';
import { Icon } from '../../../lib/ui/icon.tsx';
import { useView } from '../../../lib/ui/view-context.ts';
import { findPreview, findWeight, type VoteState } from '../vote-state.ts';

interface Props {
  readonly state: VoteState;
  readonly onRetry: () => void;
}

/** What the chain says of the post and of the account, as far as it is known; announced when it arrives. */
export function VoteFacts({ state, onRetry }: Props) {
  const { t } = useView();
  const { facts } = state;
  const preview = findPreview(state);
  if (facts.state === 'none') return null;
  return (
    <section
      class="facts"
      aria-label={t('vote_facts')}
      aria-live="polite"
      aria-busy={facts.state === 'loading'}
    >
      {preview !== undefined && (
        <>
          <Title preview={preview} />
          <dl>
            <Payout preview={preview} />
            {preview.voter !== undefined && (
              <Voter voter={preview.voter} isDownvote={(findWeight(state.weight) ?? 0) < 0} />
            )}
          </dl>
        </>
      )}
      {preview === undefined && facts.state === 'loading' && <p class="hint">{t('vote_facts_loading')}</p>}
      {facts.state === 'failed' && facts.failure.field !== 'post' && (
        <p>
          {t('vote_facts_failed')} {facts.failure.message}{' '}
          <button type="button" class="link" onClick={onRetry}>
            {t('load_again')}
          </button>
        </p>
      )}
      {preview !== undefined && preview.warnings.length > 0 && (
        <ul class="warnings">
          {preview.warnings.map((warning) => (
            <li key={warning}>
              <Icon name="warning" />
              {t(`warning_${warning}`)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Title({ preview: { post } }: { readonly preview: VotePreview }) {
  const { t } = useView();
  const reputation = formatNumber(t('language_tag'), post.authorReputation);
  return (
    <>
      <h2 class="title">
        <ExternalLink href={post.url}>
          {post.title || t(post.kind === 'comment' ? 'vote_untitled_comment' : 'vote_untitled_post')}
        </ExternalLink>
      </h2>
      <p class="byline">{t('vote_author', { name: post.author, reputation })}</p>
    </>
  );
}

function Payout({ preview: { post } }: { readonly preview: VotePreview }) {
  const { t, now } = useView();
  const language = t('language_tag');
  const { amount, currency, isPaid, at } = post.payout;
  return (
    <Fact title={isPaid ? t('vote_paid_out') : t('vote_payout')}>
      {formatAmount(language, amount, currency)}{' '}
      <small>{isPaid ? formatDay(language, at) : formatTimeLeft(language, at - now())}</small>
    </Fact>
  );
}

interface VoterProps {
  readonly voter: NonNullable<VotePreview['voter']>;
  readonly isDownvote: boolean;
}

function Voter({ voter, isDownvote }: VoterProps) {
  const { t } = useView();
  const language = t('language_tag');
  const power = isDownvote ? voter.downvotePowerPercent : voter.powerPercent;
  return (
    <>
      <Fact title={isDownvote ? t('vote_downvote_power') : t('vote_power')}>
        {t('percent', { value: formatNumber(language, power) })}
      </Fact>
      <Fact title={t('vote_own')}>
        {voter.currentWeight === undefined || voter.currentWeight === 0
          ? t('vote_own_none')
          : t('percent', { value: formatNumber(language, voter.currentWeight) })}
      </Fact>
    </>
  );
}

function Fact({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}
