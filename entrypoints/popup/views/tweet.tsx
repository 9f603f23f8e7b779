import { useEffect } from 'preact/hooks';
import { useFocusOnError } from '../../../lib/ui/use-focus-on-error.ts';
import { useStore } from '../../../lib/ui/use-store.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import type { TweetForm } from '../tweet-form.ts';
import { findReplyTo, isUnderWay, readTweet } from '../tweet-state.ts';
import { HandOffNotice } from './hand-off-notice.tsx';
import { PosterField } from './poster-field.tsx';
import { TweetOutcome } from './tweet-outcome.tsx';
import { TweetPrice } from './tweet-price.tsx';
import { TweetText } from './tweet-text.tsx';
import { TweetThread } from './tweet-thread.tsx';

/** Writes a tweet, or a thread; says what it costs by the API, beside the free way. */
export function TweetView({ form }: { readonly form: TweetForm }) {
  const { t } = useView();
  const state = useStore(form.store);
  const { step, account, isOpen } = state;
  const failure = step.state === 'failed' ? step.failure : undefined;
  const element = useFocusOnError(failure);
  const tweet = readTweet(state);
  const isResumed = findReplyTo(state) !== undefined;
  useEffect(() => void form.open(), [form]);
  return (
    <form
      ref={element}
      class="view tweet"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void form.submit();
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
      <div class="dock">
        <TweetOutcome form={form} state={state} />
        {account !== '' && !(step.state === 'done' && state.text === '') && (
          <TweetPrice parts={tweet.parts} />
        )}
        <div class="ways">
          <button type="submit" class="primary" aria-disabled={!isOpen || isUnderWay(state)}>
            {isResumed
              ? t('tweet_rest')
              : tweet.parts.length > 1
                ? t('tweet_thread', { count: tweet.parts.length })
                : t('tweet_button')}
          </button>
          {account !== '' && (
            <button type="button" aria-disabled={isUnderWay(state)} onClick={() => void form.handOff()}>
              {t('tweet_free')}
            </button>
          )}
        </div>
      </div>
    </form>
  );
}
