import { useId, useState } from 'preact/hooks';
import type { ServiceView } from '../../../lib/actions/registrations.ts';
import type { Failure } from '../../../lib/ui/failure.ts';
import { type ControlProps, Field } from '../../../lib/ui/field.tsx';
import { useFocusOnError } from '../../../lib/ui/use-focus-on-error.ts';
import { useView } from '../../../lib/ui/view-context.ts';

export type TypedForm = ServiceView['forms'][number];
type Param = TypedForm['params'][number];
type Typed = Readonly<Record<string, string>>;

interface Props {
  readonly form: TypedForm;
  readonly failure: Failure | undefined;
  readonly isRunning: boolean;
  readonly onSubmit: (typed: Typed) => void;
  readonly onClose: () => void;
}

/** What a person types instead of going to a sign-in page, drawn from the record. It lives in this view alone. */
export function TypedFormView({ form, failure, isRunning, onSubmit, onClose }: Props) {
  const { t } = useView();
  const element = useFocusOnError(failure);
  const id = useId();
  const [typed, setTyped] = useState<Typed>({});
  const read = ({ id: param, initial }: Param) => typed[param] ?? initial;
  return (
    <form
      ref={element}
      class="typed-form"
      aria-labelledby={id}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(Object.fromEntries(form.params.map((param) => [param.id, read(param)])));
      }}
    >
      <h4 id={id}>{form.title}</h4>
      {form.hint !== undefined && <p class="hint">{form.hint}</p>}
      {form.params.map((param) => (
        <Field key={param.id} label={param.title} name={param.id} failure={failure}>
          {(control) => (
            <ParamControl
              control={control}
              param={param}
              value={read(param)}
              onInput={(value) => setTyped({ ...typed, [param.id]: value })}
            />
          )}
        </Field>
      ))}
      <div class="buttons">
        <button type="submit" class="primary" disabled={isRunning}>
          {t('form_go')}
        </button>
        <button type="button" disabled={isRunning} onClick={onClose}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}

interface ControlParts {
  readonly control: ControlProps;
  readonly param: Param;
  readonly value: string;
  readonly onInput: (value: string) => void;
}

function ParamControl({ control, param, value, onInput }: ControlParts) {
  const { kind, choices = [] } = param;
  if (kind === 'choice')
    return (
      <select {...control} value={value} onChange={({ currentTarget }) => onInput(currentTarget.value)}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.title}
          </option>
        ))}
      </select>
    );
  const shared = {
    ...control,
    value,
    onInput: ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) =>
      onInput(currentTarget.value),
  };
  if (kind === 'password')
    // No password of another site may be filled in here, nor this one be kept by the browser.
    return <input {...shared} type="password" autoComplete="new-password" />;
  return <input {...shared} type="text" autoComplete="off" spellcheck={false} />;
}
