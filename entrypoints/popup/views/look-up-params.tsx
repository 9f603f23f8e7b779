import { type ControlProps, Field } from '../../../lib/ui/field.tsx';
import type { LookupForm } from '../lookup-form.ts';
import { findLookup, isUnderWay, readParam, type LookupParam, type LookupState } from '../lookup-state.ts';

interface Props {
  readonly form: LookupForm;
  readonly state: LookupState;
}

/** One field for each param of the chosen look-up, each with its own error. */
export function LookUpParams({ form, state }: Props) {
  const failure = state.step.state === 'failed' ? state.step.failure : undefined;
  return findLookup(state)?.params.map((param) => (
    <div key={`${state.lookup} ${param.id}`} class={param.kind}>
      <Field label={param.title} name={param.id} failure={failure}>
        {(control) => (
          <ParamControl
            control={control}
            param={param}
            value={readParam(state, param)}
            isFixed={isUnderWay(state)}
            onInput={(value) => form.type(param.id, value)}
          />
        )}
      </Field>
    </div>
  ));
}

interface ControlParts {
  readonly control: ControlProps;
  readonly param: LookupParam;
  readonly value: string;
  readonly isFixed: boolean;
  readonly onInput: (value: string) => void;
}

function ParamControl({ control, param, value, isFixed, onInput }: ControlParts) {
  const { kind, isRequired, choices = [] } = param;
  if (kind === 'choice')
    return (
      <select
        {...control}
        value={value}
        disabled={isFixed}
        onChange={({ currentTarget }) => onInput(currentTarget.value)}
      >
        {!choices.some((choice) => choice.value === value) && <option value={value} />}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.title}
          </option>
        ))}
      </select>
    );
  const shared = {
    ...control,
    required: isRequired,
    readOnly: isFixed,
    value,
    onInput: ({ currentTarget }: { readonly currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
      onInput(currentTarget.value),
  };
  if (kind === 'long-text') return <textarea {...shared} rows={4} spellcheck={false} />;
  if (kind === 'password')
    // No password of another site may be filled in here, nor this one be kept by the browser.
    return <input {...shared} type="password" autoComplete="new-password" />;
  return (
    <input
      {...shared}
      type="text"
      inputMode={kind === 'number' ? 'decimal' : 'text'}
      autoComplete="off"
      spellcheck={false}
    />
  );
}
