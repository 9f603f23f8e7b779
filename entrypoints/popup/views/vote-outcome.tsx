import { useEffect, useRef } from 'preact/hooks';
import { Confirm } from '../../../lib/ui/confirm.tsx';
import { FailureNote } from '../../../lib/ui/failure-note.tsx';
import { useView } from '../../../lib/ui/view-context.ts';
import { VoteResult } from '../../../lib/ui/vote-result.tsx';
import { KeptNote } from './kept-note.tsx';
import type { VoteForm } from '../vote-form.ts';
import type { Step, VoteState } from '../vote-state.ts';

const fields = ['post', 'account', 'weight'];

interface Props {
  readonly form: VoteForm;
  readonly state: VoteState;
  /** A time is chosen, and what is wrong with it is told there. */
  readonly isLater: boolean;
  readonly onSeeActivity: () => void;
}

/** How the vote stands: the question, the countdown, the wait, the result or the failure. */
export function VoteOutcome({ form, state, isLater, onSeeActivity }: Props) {
  const { t } = useView();
  const { step } = state;
  const shownElsewhere = isLater ? [...fields, 'schedule'] : fields;
  return (
    <>
      <div role="status" class="status">
        {step.state === 'kept' ? (
          <KeptNote kept={step.kept} onSeeActivity={onSeeActivity} />
        ) : (
          <Progress step={step} />
        )}
      </div>
      {step.state === 'counting' && <Undo secondsLeft={step.secondsLeft} onUndo={form.undo} />}
      {step.state === 'confirming' && (
        <Confirm
          question={t('vote_confirm_downvote', { weight: step.order.weight, post: step.order.postName })}
          onConfirm={() => void form.confirm()}
          onCancel={form.undo}
        />
      )}
      {step.state === 'failed' && !shownElsewhere.includes(step.failure.field ?? '') && (
        <FailureNote failure={step.failure} />
      )}
    </>
  );
}

function Progress({ step }: { readonly step: Exclude<Step, { state: 'kept' }> }) {
  const { t } = useView();
  switch (step.state) {
    case 'counting':
      return <p>{t('vote_counting', { post: step.order.postName })}</p>;
    case 'sending':
      return <p class="busy">{t('vote_sending', { post: step.order.postName })}</p>;
    case 'waiting':
      return <p class="busy">{t('vote_waiting')}</p>;
    case 'handed-off':
      return <p class="done">{t('vote_handed_off', { host: new URL(step.url).host })}</p>;
    case 'done':
      return <VoteResult result={step.result} post={step.order.postName} />;
    case 'editing':
    case 'confirming':
    case 'failed':
      return null;
  }
}

/** The seconds tick on the button, outside the live region, which would else speak each of them. */
function Undo({ secondsLeft, onUndo }: { readonly secondsLeft: number; readonly onUndo: () => void }) {
  const { t } = useView();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <button type="button" class="wide" ref={button} onClick={onUndo}>
      {t('undo')} <span aria-hidden="true">· {secondsLeft}</span>
    </button>
  );
}
