import { useState } from 'preact/hooks';
import type { Failure } from '../../../lib/ui/failure.ts';
import { Field } from '../../../lib/ui/field.tsx';
import { TaskOutcome } from '../../../lib/ui/task-outcome.tsx';
import { useFocusOnError } from '../../../lib/ui/use-focus-on-error.ts';
import { useTask } from '../../../lib/ui/use-task.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import { useStrength } from './use-strength.ts';

const nothing = { current: '', next: '', repeated: '' };

/** Sets a passphrase or, where there is one, changes it or takes it away. */
export function PassphraseForm({ isSet }: { readonly isSet: boolean }) {
  const { t, invoke } = useView();
  const task = useTask();
  const form = useFocusOnError(task.failure);
  const [typed, setTyped] = useState(nothing);
  const { current, next, repeated } = typed;
  const strength = useStrength(next);
  // The first passphrase of all goes by the name of the field it is checked against later.
  const nextName = isSet ? 'next' : 'passphrase';

  const save = () => {
    if (next !== repeated) {
      task.fail({ message: t('lock_repeat_differs'), field: 'repeated' });
      return;
    }
    void task.run(async () => {
      if (isSet) await invoke('lock.change', { passphrase: current, next });
      else await invoke('lock.set', { passphrase: next });
      setTyped(nothing);
      return t(isSet ? 'lock_was_changed' : 'lock_was_set');
    });
  };
  const remove = () =>
    void task.run(async () => {
      await invoke('lock.remove', { passphrase: current });
      return t('lock_was_removed');
    });

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {isSet && (
        <PassphraseField
          label={t('lock_current')}
          name="passphrase"
          failure={task.failure}
          value={current}
          onInput={(value) => setTyped({ ...typed, current: value })}
        />
      )}
      <PassphraseField
        isNew
        label={t('lock_new')}
        name={nextName}
        failure={task.failure}
        hint={strength === undefined ? undefined : t('lock_strength', { strength: t(strength) })}
        value={next}
        onInput={(value) => setTyped({ ...typed, next: value })}
      />
      <PassphraseField
        isNew
        label={t('lock_repeat')}
        name="repeated"
        failure={task.failure}
        value={repeated}
        onInput={(value) => setTyped({ ...typed, repeated: value })}
      />
      <div class="buttons">
        <button type="submit" class={isSet ? undefined : 'primary'} disabled={task.isRunning}>
          {t(isSet ? 'lock_change' : 'lock_set')}
        </button>
        {isSet && (
          <button type="button" disabled={task.isRunning} onClick={remove}>
            {t('lock_remove')}
          </button>
        )}
      </div>
      <TaskOutcome task={task} shownAtFields={['passphrase', 'next', 'repeated']} />
    </form>
  );
}

interface FieldProps {
  readonly label: string;
  readonly name: string;
  readonly failure: Failure | undefined;
  readonly hint?: string | undefined;
  readonly isNew?: boolean;
  readonly value: string;
  readonly onInput: (value: string) => void;
}

function PassphraseField({ label, name, failure, hint, isNew = false, value, onInput }: FieldProps) {
  return (
    <Field label={label} name={name} failure={failure} hint={hint}>
      {(control) => (
        <input
          {...control}
          type="password"
          autoComplete={isNew ? 'new-password' : 'current-password'}
          value={value}
          onInput={({ currentTarget }) => onInput(currentTarget.value)}
        />
      )}
    </Field>
  );
}
