import { useEffect } from 'preact/hooks';
import { sendOnce } from '../send-once.ts';
import { Field } from '../../../lib/ui/field.tsx';
import { useFocusOnError } from '../../../lib/ui/use-focus-on-error.ts';
import { useStore } from '../../../lib/ui/use-store.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import type { LaterPart } from '../use-later.ts';
import type { VoteTweetPart } from '../use-vote-tweet.ts';
import type { VoteForm } from '../vote-form.ts';
import { findPreview, findWeight, type VoteState } from '../vote-state.ts';
import { LaterButton } from './later-button.tsx';
import { VoteFacts } from './vote-facts.tsx';
import { VoteOutcome } from './vote-outcome.tsx';
import { VoteWeight } from './vote-weight.tsx';

interface Props {
  readonly form: VoteForm;
  readonly tweet: VoteTweetPart;
  readonly later: LaterPart;
  readonly onSeeActivity: () => void;
}

export function VoteView({ form, tweet, later, onSeeActivity }: Props) {
  const { t, openOptions } = useView();
  const state = useStore(form.store);
  const { step, facts } = state;
  const failure = step.state === 'failed' ? step.failure : undefined;
  const element = useFocusOnError(failure);
  const factsFailure = facts.state === 'failed' ? facts.failure : undefined;
  const post = state.post.trim();
  // A tweet about another post than the one in the field is none that goes with this vote.
  const together = tweet.part?.post === post ? tweet.part : undefined;
  const isHandOff = state.isOpen && state.account === '';
  // The signer's page casts a vote when the person is there.
  const chosen = isHandOff ? undefined : later.part;
  const submit = () => {
    const schedule = chosen?.read();
    if (chosen !== undefined && schedule === undefined) return;
    void (together ?? form).submit({ schedule });
  };
  const isKept = step.state === 'kept';
  useEffect(() => {
    if (isKept && together === undefined) later.end();
  }, [isKept]);
  return (
    <form
      ref={element}
      class="view vote"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div class="view fields">
        {state.hasSiteChanged && <p class="notice">{t('vote_site_changed', { site: state.site ?? '' })}</p>}
        <AccountField form={form} state={state} />
        {isHandOff && <HandOffNotice state={state} />}
        <Field
          label={t('vote_post')}
          name="post"
          failure={failure?.field === 'post' ? failure : factsFailure}
          hint={state.post === '' ? t('vote_post_hint') : undefined}
        >
          {(control) => (
            <input
              {...control}
              type="text"
              inputMode="url"
              autoComplete="off"
              spellcheck={false}
              value={state.post}
              onInput={(event) => form.edit('post', event.currentTarget.value)}
            />
          )}
        </Field>
        <VoteFacts state={state} onRetry={() => void form.lookUp()} />
        <VoteWeight
          state={state}
          failure={failure}
          onChange={(weight) => form.edit('weight', weight)}
          onTouch={form.touchWeight}
        />
        {together !== undefined && <together.Panel />}
        {!isHandOff && (
          <button type="button" class="link" onClick={() => void openOptions('batch')}>
            {t('batch_many')}
          </button>
        )}
      </div>
      <div class="dock" onClick={sendOnce}>
        {together !== undefined && step.state !== 'editing' && <h2 class="part-title">{t('vote_button')}</h2>}
        <VoteOutcome form={form} state={state} isLater={chosen !== undefined} onSeeActivity={onSeeActivity} />
        {together !== undefined ? (
          <together.Dock
            later={isHandOff ? undefined : later}
            onSeeActivity={onSeeActivity}
            onEnd={() => {
              tweet.end();
              later.end();
            }}
          />
        ) : chosen !== undefined ? (
          <chosen.Panel failure={failure} isBusy={isBusy(state)} end={t('later_now')} onEnd={later.end} />
        ) : (
          <VoteButtons
            state={state}
            onTweet={(link) => tweet.begin({ post, link })}
            onLater={isHandOff ? undefined : later.begin}
          />
        )}
      </div>
    </form>
  );
}

interface ButtonsProps {
  readonly state: VoteState;
  readonly onTweet: (link: string) => void;
  /** Undefined where only now is possible. */
  readonly onLater: (() => void) | undefined;
}

function VoteButtons({ state, onTweet, onLater }: ButtonsProps) {
  const { t } = useView();
  const { step } = state;
  if (step.state === 'confirming' || step.state === 'counting') return null;
  const busy = isBusy(state);
  const removes = removesVote(state);
  const link = findPreview(state)?.post.url;
  return (
    <div class="ways">
      <button type="submit" class="primary" aria-disabled={busy}>
        {removes ? t('vote_remove') : t('vote_button')}
      </button>
      {!removes && link !== undefined && (
        <button type="button" aria-disabled={busy} onClick={() => !busy && onTweet(link)}>
          {t('vote_and_tweet')}
        </button>
      )}
      {onLater !== undefined && <LaterButton isBusy={busy} onLater={onLater} />}
    </div>
  );
}

function isBusy({ isOpen, step }: VoteState): boolean {
  return !isOpen || step.state === 'sending' || step.state === 'waiting';
}

function removesVote(state: VoteState): boolean {
  return findWeight(state.weight) === 0 && (findPreview(state)?.voter?.currentWeight ?? 0) !== 0;
}

function AccountField({ form, state }: { form: VoteForm; state: VoteState }) {
  const { t } = useView();
  const chain = findPreview(state)?.post.chain;
  const failure = state.step.state === 'failed' ? state.step.failure : undefined;
  const none =
    state.accounts.length === 0 || chain === undefined
      ? t('vote_no_account')
      : t('vote_no_account_on', { chain: t(`chain_${chain}`) });
  return (
    <Field label={t('account')} name="account" failure={failure}>
      {(control) => (
        <select
          {...control}
          value={state.account}
          onChange={(event) => form.edit('account', event.currentTarget.value)}
        >
          {state.account === '' && <option value="">{state.isOpen ? none : t('loading')}</option>}
          {state.accounts.map((account) => (
            <option key={account.id} value={account.id}>
              {`${account.name} · ${account.service}`}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** Said before the click: what the button does while no account can vote by itself. */
function HandOffNotice({ state }: { readonly state: VoteState }) {
  const { t, openOptions } = useView();
  const isHive = findPreview(state)?.post.chain === 'hive';
  return (
    <div class="notice">
      <p>{isHive ? t('vote_hand_off_hive') : t('vote_hand_off')}</p>
      <button type="button" class="link" onClick={() => void openOptions()}>
        {t('connect_account')}
      </button>
    </div>
  );
}
