/** Vote and tweet: the tweet's part, which comes when it is first wanted. Each of the two is done, told and tried again apart. */
import type { FunctionComponent } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Failure } from '../../lib/ui/failure.ts';
import { useStore } from '../../lib/ui/use-store.ts';
import { useView } from '../../lib/ui/view-context.ts';
import type { ViewPorts } from '../../lib/ui/view-ports.ts';
import { createTweetForm } from './tweet-form.ts';
import { isUnderWay, readTweet, type Step as TweetStep } from './tweet-state.ts';
import { PosterField } from './views/poster-field.tsx';
import { LaterButton } from './views/later-button.tsx';
import { HandOffNotice } from './views/hand-off-notice.tsx';
import { TweetOutcome } from './views/tweet-outcome.tsx';
import { TweetPrice } from './views/tweet-price.tsx';
import { TweetText } from './views/tweet-text.tsx';
import { TweetThread } from './views/tweet-thread.tsx';
import type { LaterPart } from './use-later.ts';
import type { Step as VoteStep } from './vote-state.ts';
import type { VoteForm, Wishes } from './vote-form.ts';

export interface VoteTweet {
  /** The post it is about, as in the Vote tab's field. */
  readonly post: string;
  /** Does what is left to do of the two. @param wishes their time; undefined for now. */
  readonly submit: (wishes: Pick<Wishes, 'schedule'>) => Promise<void>;
  readonly Panel: FunctionComponent;
  readonly Dock: FunctionComponent<DockProps>;
}

interface DockProps {
  /** Undefined where only now is possible. */
  readonly later: LaterPart | undefined;
  readonly onSeeActivity: () => void;
  readonly onEnd: () => void;
}

/** What the background says of the time. */
function findTimeFailure(step: VoteStep | TweetStep): Failure | undefined {
  return step.state === 'failed' && step.failure.field === 'schedule' ? step.failure : undefined;
}

const ended = ['done', 'kept', 'handed-off'];

/** @param post what the Post field holds, and the post's own link. */
export function createVoteTweet(
  ports: ViewPorts,
  voteForm: VoteForm,
  { post, link }: { readonly post: string; readonly link: string },
): VoteTweet {
  const tweetForm = createTweetForm(ports, link);
  /** A vote from before is not this one. */
  const before = voteForm.store.get().step;
  void tweetForm.open();

  const isVoted = () => {
    const { step } = voteForm.store.get();
    return step !== before && ended.includes(step.state);
  };
  const isTweeted = () => ended.includes(tweetForm.store.get().step.state);

  /** X's own composer comes to the front and closes the popup, so it waits for the vote. */
  function handOffAfterVote(): void {
    const stop = voteForm.store.subscribe(() => {
      const { state } = voteForm.store.get().step;
      if (state === 'sending' || state === 'waiting') return;
      stop();
      if (state === 'done' || state === 'kept') void tweetForm.handOff();
    });
  }

  async function submit({ schedule }: Pick<Wishes, 'schedule'>): Promise<void> {
    if (isUnderWay(tweetForm.store.get())) return;
    if (isTweeted()) {
      if (!isVoted()) await voteForm.submit({ schedule });
      return;
    }
    // What is wrong with the tweet is told before the vote leaves.
    if (!tweetForm.isReady()) return;
    if (isVoted()) {
      await tweetForm.submit(schedule);
      return;
    }
    const alongside = (isHandedOff: boolean) => {
      if (tweetForm.store.get().account === '' && !isHandedOff) handOffAfterVote();
      else void tweetForm.submit(schedule);
    };
    await voteForm.submit({ alongside, schedule });
  }

  function Panel() {
    const { t } = useView();
    const state = useStore(tweetForm.store);
    const failure = state.step.state === 'failed' ? state.step.failure : undefined;
    const tweet = readTweet(state);
    const section = useRef<HTMLElement>(null);
    // Again when it has its text: before that it is too short to come to the top.
    useEffect(() => section.current?.scrollIntoView(), [state.isOpen, state.isFilling]);
    return (
      <section ref={section} class="view tweet-part" aria-label={t('tweet_button')}>
        {state.accounts.length > 0 && <PosterField form={tweetForm} state={state} label={t('tweet_as')} />}
        <TweetText form={tweetForm} state={state} tweet={tweet} failure={failure} />
        <TweetThread parts={tweet.parts} />
        {state.isOpen && state.account === '' && (
          <HandOffNotice text={t('vote_tweet_hand_off')} hasAccounts={state.accounts.length > 0} />
        )}
      </section>
    );
  }

  function Dock({ later, onSeeActivity, onEnd }: DockProps) {
    const { t } = useView();
    const state = useStore(tweetForm.store);
    const { step } = useStore(voteForm.store);
    const vote = step.state;
    if (vote === 'confirming' || vote === 'counting') return null;
    const isBusy = vote === 'sending' || vote === 'waiting' || isUnderWay(state) || !state.isOpen;
    const [voted, tweeted] = [isVoted(), isTweeted()];
    const left = voted ? t('vote_tweet_tweet') : tweeted ? t('vote_tweet_vote') : t('vote_and_tweet');
    const label = isBusy ? t('vote_and_tweet') : left;
    const hasEnded = voted && tweeted;
    const chosen = hasEnded ? undefined : later?.part;
    const isPartDone = voted || tweeted;
    return (
      <>
        {state.step.state !== 'editing' && <h2 class="part-title">{t('tweet_button')}</h2>}
        <TweetOutcome
          form={tweetForm}
          state={state}
          isLater={chosen !== undefined}
          onSeeActivity={onSeeActivity}
        />
        {state.account !== '' && !tweeted && <TweetPrice parts={readTweet(state).parts} />}
        {chosen !== undefined && (
          <chosen.Panel
            failure={findTimeFailure(step) ?? findTimeFailure(state.step)}
            end={t('later_now')}
            isBusy={isBusy}
            {...(isPartDone && !isBusy && { label: left })}
            onEnd={() => later?.end()}
          >
            {state.account === '' && <p class="notice">{t('later_only_vote')}</p>}
          </chosen.Panel>
        )}
        <div class="ways">
          {!hasEnded && chosen === undefined && (
            <button type="submit" class="primary" aria-disabled={isBusy}>
              {label}
            </button>
          )}
          {!isBusy && (
            <button type="button" onClick={onEnd}>
              {isPartDone ? t('page_close') : t('vote_only')}
            </button>
          )}
          {!hasEnded && chosen === undefined && later !== undefined && (
            <LaterButton isBusy={isBusy} onLater={later.begin} />
          )}
        </div>
      </>
    );
  }

  return { post, submit, Panel, Dock };
}
