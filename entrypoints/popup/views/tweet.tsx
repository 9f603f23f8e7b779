import { useEffect } from 'preact/hooks';
import { useFocusOnError } from '../../../lib/ui/use-focus-on-error.ts';
import { useStore } from '../../../lib/ui/use-store.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import type { TweetForm } from '../tweet-form.ts';
import { findReplyTo, isUnderWay, readTweet, type ReadTweet, type TweetState } from '../tweet-state.ts';
import { useLater } from '../use-later.ts';
import { sendOnce } from '../send-once.ts';
import { LaterButton } from './later-button.tsx';
import { HandOffNotice } from './hand-off-notice.tsx';
import { PosterField } from './poster-field.tsx';
import { TweetOutcome } from './tweet-outcome.tsx';
import { TweetPrice } from './tweet-price.tsx';
import { TweetText } from './tweet-text.tsx';
import { TweetThread } from './tweet-thread.tsx';

interface Props {
  readonly form: TweetForm;
  readonly onSeeActivity: () => void;
}

/** Writes a tweet, or a thread; says what it costs by the API, beside the free way. */
export function TweetView({ form, onSeeActivity }: Props) {
  const { t } = useView();
  const state = useStore(form.store);
  const { step, account, isOpen } = state;
  const failure = step.state === 'failed' ? step.failure : undefined;
  const element = useFocusOnError(failure);
  const tweet = readTweet(state);
  const isResumed = findReplyTo(state) !== undefined;
  useEffect(() => void form.open(), [form]);
  const later = useLater();
  // X's own composer posts when the person is there.
  const chosen = account === '' ? undefined : later.part;
  const isBusy = !isOpen || isUnderWay(state);
  useEffect(() => {
    if (step.state === 'kept') later.end();
  }, [step.state]);
  return (
    <form
      ref={element}
      class="view tweet"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const schedule = chosen?.read();
        if (chosen === undefined || schedule !== undefined) void form.submit(schedule);
      }}
    >
      <div class="view fields">
        {state.accounts.length > 0 && <PosterField form={form} state={state} label={t('account')} />}
        {isResumed && <p class="notice">{t('tweet_resumed')}</p>}
        <TweetText form={form} state={state} tweet={tweet} failure={failure} />
        <TweetThread parts={tweet.parts} />
        {isOpen && account === '' && (
          <HandOffNotice text={t('tweet_hand_off')} hasAccounts={state.accounts.length > 0} />
        )}
      </div>
      <div class="dock" onClick={sendOnce}>
        <TweetOutcome
          form={form}
          state={state}
          isLater={chosen !== undefined}
          onSeeActivity={onSeeActivity}
        />
        {account !== '' && !(step.state === 'done' && state.text === '') && (
          <TweetPrice parts={tweet.parts} />
        )}
        {chosen !== undefined ? (
          <chosen.Panel failure={failure} isBusy={isBusy} end={t('later_now')} onEnd={later.end} />
        ) : (
          <Ways form={form} state={state} tweet={tweet} onLater={later.begin} />
        )}
      </div>
    </form>
  );
}

interface WaysProps {
  readonly form: TweetForm;
  readonly state: TweetState;
  readonly tweet: ReadTweet;
  readonly onLater: () => void;
}

function Ways({ form, state, tweet, onLater }: WaysProps) {
  const { t } = useView();
  const isBusy = isUnderWay(state);
  const count = tweet.parts.length;
  const isResumed = findReplyTo(state) !== undefined;
  return (
    <div class="ways">
      <button type="submit" class="primary" aria-disabled={!state.isOpen || isBusy}>
        {isResumed ? t('tweet_rest') : count > 1 ? t('tweet_thread', { count }) : t('tweet_button')}
      </button>
      {state.account !== '' && (
        <>
          <button type="button" aria-disabled={isBusy} onClick={() => void form.handOff()}>
            {t('tweet_free')}
          </button>
          <LaterButton isBusy={isBusy} onLater={onLater} />
        </>
      )}
    </div>
  );
}
