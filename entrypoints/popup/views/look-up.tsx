import { useEffect, useId, useRef } from 'preact/hooks';
import { FailureNote } from '../../../lib/ui/failure-note.tsx';
import { formatDollars } from '../../../lib/ui/format.ts';
import { Icon } from '../../../lib/ui/icon.tsx';
import { useFocusOnError } from '../../../lib/ui/use-focus-on-error.ts';
import { useStore } from '../../../lib/ui/use-store.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import type { LookupForm } from '../lookup-form.ts';
import { findAccount, findLookup, findLooseFailure, isUnderWay, type LookupState } from '../lookup-state.ts';
import { LookUpAnswer } from './look-up-answer.tsx';
import { LookUpChoices } from './look-up-choices.tsx';
import { LookUpConfirm } from './look-up-confirm.tsx';
import { LookUpParams } from './look-up-params.tsx';
import { LookUpStatus } from './look-up-status.tsx';

interface Props {
  readonly form: LookupForm;
  /** The view has a tab of its own, with room for a wide table. */
  readonly isInTab: boolean;
}

/** Draws the form from the params of a look-up and the table from its answer; it knows none of them by name. */
export function LookUpView({ form, isInTab }: Props) {
  const state = useStore(form.store);
  useEffect(() => void form.open(), [form]);
  if (!state.isOpen) return <Opening form={form} state={state} />;
  if (state.accounts.length === 0) return <NoLookups />;
  return (
    <div class="view look-up">
      <Ask form={form} state={state} isInTab={isInTab} />
      <LookUpStatus state={state} />
      {state.answer !== undefined && (state.answer.effect === undefined || state.answer.rows.length > 0) && (
        <LookUpAnswer form={form} state={state} answer={state.answer} />
      )}
    </div>
  );
}

interface PartProps {
  readonly form: LookupForm;
  readonly state: LookupState;
}

function Opening({ form, state }: PartProps) {
  const { t } = useView();
  const failure = findLooseFailure(state);
  if (failure === undefined) return <p class="busy">{t('loading')}</p>;
  return (
    <div class="view">
      <FailureNote failure={failure} />
      <div class="buttons">
        <button type="button" onClick={() => void form.open()}>
          {t('try_again')}
        </button>
      </div>
    </div>
  );
}

function NoLookups() {
  const { t, openOptions } = useView();
  return (
    <div class="view empty">
      <Icon name="lookup" />
      <h2>{t('look_up_empty_title')}</h2>
      <p>{t('look_up_empty')}</p>
      <button type="button" onClick={() => void openOptions()}>
        {t('set_up_service')}
      </button>
    </div>
  );
}

function Ask({ form, state, isInTab }: PartProps & Props) {
  const failure = state.step.state === 'failed' ? state.step.failure : undefined;
  const element = useFocusOnError(failure);
  const lookup = findLookup(state);
  const id = useId();
  const isAsking = state.step.state === 'confirming';
  const hasAsked = useRef(false);
  useEffect(() => {
    if (isAsking) hasAsked.current = true;
  }, [isAsking]);
  return (
    <form
      ref={element}
      class="ask"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void form.submit();
      }}
    >
      <div class="asked">
        <LookUpChoices form={form} state={state} />
        <LookUpParams form={form} state={state} />
      </div>
      {lookup?.missing !== undefined && <MissingRight id={id} form={form} state={state} />}
      {state.step.state === 'confirming' ? (
        <LookUpConfirm form={form} state={state} step={state.step} />
      ) : (
        <Buttons form={form} state={state} isInTab={isInTab} missingId={id} hasAsked={hasAsked.current} />
      )}
    </form>
  );
}

interface ButtonsProps extends PartProps, Props {
  readonly missingId: string;
  /** They come back after a question. */
  readonly hasAsked: boolean;
}

function Buttons({ form, state, isInTab, missingId, hasAsked }: ButtonsProps) {
  const { t, openLookUp } = useView();
  const { step } = state;
  const lookup = findLookup(state);
  const isMissing = lookup?.missing !== undefined;
  const button = useRef<HTMLButtonElement>(null);
  // The question stood in the place of the buttons and had the focus.
  useEffect(() => {
    if (hasAsked) button.current?.focus();
  }, [hasAsked]);
  const id = useId();
  const price = isMissing ? undefined : lookup?.pricePerRow;
  return (
    <div class="buttons">
      <button
        ref={button}
        type="submit"
        class={lookup?.effect === 'delete' ? 'danger' : 'primary'}
        aria-disabled={isUnderWay(state) || isMissing}
        aria-describedby={isMissing ? missingId : price === undefined ? undefined : id}
      >
        {lookup?.effect === undefined ? t('look_up_button') : lookup.title}
      </button>
      {step.state === 'running' && !step.isMore && step.effect === undefined && (
        <button type="button" onClick={form.cancel}>
          {t('cancel')}
        </button>
      )}
      {price !== undefined && (
        <p class="hint" id={id}>
          {t('look_up_price', { price: formatDollars(t('language_tag'), price) })}
        </p>
      )}
      {!isInTab && (
        <button type="button" class="link aside" onClick={() => void openLookUp()}>
          {t('look_up_in_tab')}
        </button>
      )}
    </div>
  );
}

/** Said before the click: the look-up needs a right that the person has not given yet. */
function MissingRight({ id, form, state }: PartProps & { readonly id: string }) {
  const { t } = useView();
  return (
    <div class="notice">
      <p id={id}>{t('look_up_missing', { name: findAccount(state)?.name ?? '' })}</p>
      <div class="buttons">
        <button type="button" aria-disabled={isUnderWay(state)} onClick={() => void form.allow()}>
          {t('look_up_allow')}
        </button>
      </div>
    </div>
  );
}
