import { prices } from '../../../lib/twitter/prices.ts';
import { ExternalLink } from '../../../lib/ui/external-link.tsx';
import { FailureNote } from '../../../lib/ui/failure-note.tsx';
import { formatDollars } from '../../../lib/ui/format.ts';
import { Icon } from '../../../lib/ui/icon.tsx';
import { useView } from '../../../lib/ui/view-context.ts';
import { KeptNote } from './kept-note.tsx';
import type { TweetForm } from '../tweet-form.ts';
import type { Posted, Step, TweetState } from '../tweet-state.ts';

const fields = ['text', 'account'];

/** The newest five tweets, US dollars. */
const priceOfCheck = (5 * prices.read.tweet) / 1000;

interface Props {
  readonly form: TweetForm;
  readonly state: TweetState;
  /** A time is chosen, and what is wrong with it is told there. */
  readonly isLater: boolean;
  readonly onSeeActivity: () => void;
}

/** How the tweet stands: how far it is, what was posted and how to take it back, or what went wrong. */
export function TweetOutcome({ form, state, isLater, onSeeActivity }: Props) {
  const { t } = useView();
  const { step } = state;
  const shownElsewhere = isLater ? [...fields, 'schedule'] : fields;
  return (
    <>
      <div role="status" class="status">
        {step.state === 'kept' ? (
          <KeptNote kept={step.kept} onSeeActivity={onSeeActivity} onTakenBack={form.giveBack} />
        ) : (
          <Progress step={step} />
        )}
      </div>
      {step.state === 'done' && step.secondsLeft > 0 && <Undo step={step} onUndo={() => void form.undo()} />}
      {step.state === 'done' && step.failure !== undefined && <FailureNote failure={step.failure} />}
      {step.state === 'stopped' && (
        <FailureNote
          failure={{
            ...step.failure,
            message: `${t('tweet_stopped', { posted: step.posted.length, of: step.order.parts.length })} ${step.failure.message}`,
          }}
        />
      )}
      {step.state === 'failed' && !shownElsewhere.includes(step.failure.field ?? '') && (
        <FailureNote failure={step.failure} />
      )}
      {'failure' in step && step.failure.code === 'tweet_unknown' && (
        <button type="button" onClick={() => void form.check()}>
          {t('tweet_check', { price: formatDollars(t('language_tag'), priceOfCheck) })}
        </button>
      )}
    </>
  );
}

function Progress({ step }: { readonly step: Exclude<Step, { state: 'kept' }> }) {
  const { t } = useView();
  switch (step.state) {
    case 'allowing':
      return <p class="busy">{t('sign_in_running')}</p>;
    case 'posting':
      return <Posting posted={step.posted} count={step.order.parts.length} />;
    case 'checking':
      return <p class="busy">{t('tweet_checking')}</p>;
    case 'undoing':
      return <p class="busy">{t('tweet_undoing')}</p>;
    case 'undone':
      return <p>{t('tweet_undone', { count: step.count })}</p>;
    case 'done':
      return (
        <div class="done">
          <p>
            <Icon name="done" />
            {step.order.parts.length > 1
              ? t('tweet_thread_done', { count: step.order.parts.length, name: step.order.name })
              : t('tweet_done', { name: step.order.name })}
          </p>
          <Links posted={step.posted} />
        </div>
      );
    case 'stopped':
      return step.posted.length === 0 ? null : <Links posted={step.posted} />;
    case 'handed-off':
      return <p class="done">{t('tweet_handed_off', { host: new URL(step.url).host })}</p>;
    case 'editing':
    case 'failed':
      return null;
  }
}

function Posting({ posted, count }: { readonly posted: number; readonly count: number }) {
  const { t } = useView();
  if (count < 2) return <p class="busy">{t('tweet_posting')}</p>;
  const text = t('tweet_posting_thread', { number: Math.min(posted + 1, count), of: count });
  return (
    <>
      <p>{text}</p>
      <progress aria-label={text} value={posted} max={count} />
    </>
  );
}

function Links({ posted }: { readonly posted: readonly Posted[] }) {
  const { t } = useView();
  const [only, ...others] = posted;
  if (only !== undefined && others.length === 0)
    return (
      <p>
        <ExternalLink href={only.url}>{t('tweet_see')}</ExternalLink>
      </p>
    );
  return (
    <ul class="links">
      {posted.map(({ id, url }, index) => (
        <li key={id}>
          <ExternalLink href={url}>{t('tweet_number', { number: index + 1 })}</ExternalLink>
        </li>
      ))}
    </ul>
  );
}

interface UndoProps {
  readonly step: Extract<Step, { state: 'done' }>;
  readonly onUndo: () => void;
}

/** Beside the live region, which would else speak each second. X charges for deleting too. */
function Undo({ step: { posted, secondsLeft }, onUndo }: UndoProps) {
  const { t } = useView();
  const price = formatDollars(t('language_tag'), (prices.delete * posted.length) / 1000);
  return (
    <div class="undo">
      <button type="button" onClick={onUndo}>
        {t('undo')}
        <span aria-hidden="true"> · {secondsLeft}</span>
      </button>
      <span class="hint">{t('tweet_undo_price', { price })}</span>
    </div>
  );
}
