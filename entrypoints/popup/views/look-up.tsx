import { useEffect, useId } from 'preact/hooks';
import { FailureNote } from '../../../lib/ui/failure-note.tsx';
import { Field } from '../../../lib/ui/field.tsx';
import { formatDollars } from '../../../lib/ui/format.ts';
import { Icon } from '../../../lib/ui/icon.tsx';
import { useFocusOnError } from '../../../lib/ui/use-focus-on-error.ts';
import { useStore } from '../../../lib/ui/use-store.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import type { LookupForm } from '../lookup-form.ts';
import {
  findAccount,
  findLookup,
  findLooseFailure,
  isUnderWay,
  readParam,
  type LookupState,
} from '../lookup-state.ts';
import { LookUpAnswer } from './look-up-answer.tsx';
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
      {state.answer !== undefined && <LookUpAnswer form={form} state={state} answer={state.answer} />}
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
  const { t, openLookUp } = useView();
  const failure = state.step.state === 'failed' ? state.step.failure : undefined;
  const element = useFocusOnError(failure);
  const lookup = findLookup(state);
  const isFirstPage = state.step.state === 'running' && !state.step.isMore;
  const id = useId();
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
        <Choices form={form} state={state} />
        <Params form={form} state={state} />
      </div>
      {lookup?.missing !== undefined && <MissingRight id={id} form={form} state={state} />}
      <div class="buttons">
        <button
          type="submit"
          class="primary"
          aria-disabled={isUnderWay(state) || lookup?.missing !== undefined}
          aria-describedby={id}
        >
          {t('look_up_button')}
        </button>
        {isFirstPage && (
          <button type="button" onClick={form.cancel}>
            {t('cancel')}
          </button>
        )}
        {lookup?.missing === undefined && lookup?.pricePerRow !== undefined && (
          <p class="hint" id={id}>
            {t('look_up_price', { price: formatDollars(t('language_tag'), lookup.pricePerRow) })}
          </p>
        )}
        {!isInTab && (
          <button type="button" class="link aside" onClick={() => void openLookUp()}>
            {t('look_up_in_tab')}
          </button>
        )}
      </div>
    </form>
  );
}

/** Account and What. While something is under way they stay as they are. */
function Choices({ form, state }: PartProps) {
  const { t } = useView();
  const failure = state.step.state === 'failed' ? state.step.failure : undefined;
  return (
    <>
      <Field label={t('account')} name="account" failure={failure}>
        {(control) => (
          <select
            {...control}
            value={state.account}
            disabled={isUnderWay(state)}
            onChange={({ currentTarget }) => form.chooseAccount(currentTarget.value)}
          >
            {state.accounts.map(({ id, name, service }) => (
              <option key={id} value={id}>
                {`${name} · ${service}`}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('look_up_what')} name="lookup" failure={failure}>
        {(control) => (
          <select
            {...control}
            value={state.lookup}
            disabled={isUnderWay(state)}
            onChange={({ currentTarget }) => form.chooseLookup(currentTarget.value)}
          >
            {findAccount(state)?.lookups.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        )}
      </Field>
    </>
  );
}

function Params({ form, state }: PartProps) {
  const failure = state.step.state === 'failed' ? state.step.failure : undefined;
  return findLookup(state)?.params.map((param) => (
    <Field key={`${state.lookup} ${param.id}`} label={param.title} name={param.id} failure={failure}>
      {(control) => (
        <input
          {...control}
          type="text"
          inputMode={param.kind === 'number' ? 'decimal' : 'text'}
          autoComplete="off"
          spellcheck={false}
          required={param.isRequired}
          readOnly={isUnderWay(state)}
          value={readParam(state, param)}
          onInput={({ currentTarget }) => form.type(param.id, currentTarget.value)}
        />
      )}
    </Field>
  ));
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
