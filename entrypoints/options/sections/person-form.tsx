import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Field } from '../../../lib/ui/field.tsx';
import { TaskOutcome } from '../../../lib/ui/task-outcome.tsx';
import { useFocusOnError } from '../../../lib/ui/use-focus-on-error.ts';
import { useTask } from '../../../lib/ui/use-task.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import { readTyped } from './read-typed.ts';

export interface TypedPerson {
  /** E.164, or empty. */
  readonly telephone: string;
  readonly name: string;
}

interface Props {
  readonly initial: TypedPerson;
  /** True where an entry may do without a number. */
  readonly isTelephoneOptional?: boolean;
  readonly hint?: string;
  readonly children?: ComponentChildren;
  /** Resolves with what to tell the person. */
  readonly onSave: (typed: TypedPerson) => Promise<string>;
  readonly onCancel: () => void;
}

/** Number and name of a person. A number is checked where it is typed, by a library that comes only then. */
export function PersonForm({ initial, isTelephoneOptional, hint, children, onSave, onCancel }: Props) {
  const { t } = useView();
  const task = useTask();
  const form = useFocusOnError(task.failure);
  const [typed, setTyped] = useState(initial);
  const save = async () => {
    const text = typed.telephone.trim();
    if (text === '' && isTelephoneOptional === true) return onSave({ ...typed, telephone: '' });
    const { parseTelephone } = await import('../../../lib/people/telephone.ts');
    return onSave({ ...typed, telephone: readTyped(t, () => parseTelephone(text)) });
  };
  return (
    <form
      ref={form}
      noValidate
      class="person"
      onSubmit={(event) => {
        event.preventDefault();
        void task.run(save);
      }}
    >
      <Field
        label={t('person_telephone')}
        name="telephone"
        failure={task.failure}
        hint={t('person_telephone_hint')}
      >
        {(control) => (
          <input
            {...control}
            type="tel"
            autoComplete="off"
            value={typed.telephone}
            onInput={({ currentTarget }) => setTyped({ ...typed, telephone: currentTarget.value })}
          />
        )}
      </Field>
      <Field label={t('person_name')} name="name" failure={task.failure}>
        {(control) => (
          <input
            {...control}
            type="text"
            autoComplete="off"
            value={typed.name}
            onInput={({ currentTarget }) => setTyped({ ...typed, name: currentTarget.value })}
          />
        )}
      </Field>
      {children}
      {hint !== undefined && <p class="hint">{hint}</p>}
      <div class="buttons">
        <button type="submit" class="primary" disabled={task.isRunning}>
          {t('save')}
        </button>
        <button type="button" onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
      <TaskOutcome task={task} shownAtFields={['telephone', 'name']} />
    </form>
  );
}
