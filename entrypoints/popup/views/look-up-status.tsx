import { FailureNote } from '../../../lib/ui/failure-note.tsx';
import { useView } from '../../../lib/ui/view-context.ts';
import { findLooseFailure, type LookupAnswer, type LookupState } from '../lookup-state.ts';

/** How the look-up stands. The line is there from the start, since a screen reader announces only what changes in it. */
export function LookUpStatus({ state }: { readonly state: LookupState }) {
  const { answer, step } = state;
  const failure = findLooseFailure(state);
  return (
    <>
      <div role="status" class="status">
        <Busy state={state} />
        {step.state === 'idle' && step.notice !== undefined && <p>{step.notice}</p>}
        {step.state === 'idle' && step.notice === undefined && answer !== undefined && (
          <Count answer={answer} />
        )}
      </div>
      {failure !== undefined && <FailureNote failure={failure} />}
    </>
  );
}

function Busy({ state: { step } }: { readonly state: LookupState }) {
  const { t } = useView();
  if (step.state === 'running')
    return <p class="busy">{step.effect === undefined ? t('look_up_running') : t('look_up_changing')}</p>;
  return step.state === 'allowing' ? <p class="busy">{t('sign_in_running')}</p> : null;
}

function Count({ answer: { rows, limit, effect, title } }: { readonly answer: LookupAnswer }) {
  const { t } = useView();
  const clock = new Intl.DateTimeFormat(t('language_tag'), { timeStyle: 'short' });
  return (
    <p>
      {effect === undefined
        ? rows.length === 0
          ? t('look_up_none')
          : t('look_up_rows', { count: rows.length })
        : t('look_up_done', { title })}
      {limit !== undefined &&
        ` · ${t('look_up_limit', { count: limit.remaining, time: clock.format(limit.resetsAt) })}`}
    </p>
  );
}
