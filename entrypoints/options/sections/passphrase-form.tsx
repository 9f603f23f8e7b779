import { useState } from 'preact/hooks';
import { TaskOutcome } from '../../../lib/ui/task-outcome.tsx';
import { useFocusOnError } from '../../../lib/ui/use-focus-on-error.ts';
import { useTask } from '../../../lib/ui/use-task.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import { NewPassphrase, noPassphrase } from './new-passphrase.tsx';
import { PassphraseField } from './passphrase-field.tsx';

/** Sets a passphrase or, where there is one, changes it or takes it away. */
export function PassphraseForm({ isSet }: { readonly isSet: boolean }) {
  const { t, invoke } = useView();
  const task = useTask();
  const form = useFocusOnError(task.failure);
  const [current, setCurrent] = useState('');
  const [typed, setTyped] = useState(noPassphrase);

  const save = () => {
    const { next, repeated } = typed;
    if (next !== repeated) {
      task.fail({ message: t('lock_repeat_differs'), field: 'repeated' });
      return;
    }
    void task.run(async () => {
      if (isSet) await invoke('lock.change', { passphrase: current, next });
      else await invoke('lock.set', { passphrase: next });
      setCurrent('');
      setTyped(noPassphrase);
      return t(isSet ? 'lock_was_changed' : 'lock_was_set');
    });
  };
  const remove = () =>
    void task.run(async () => {
      await invoke('lock.remove', { passphrase: current });
      setCurrent('');
      setTyped(noPassphrase);
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
          onInput={setCurrent}
        />
      )}
      <NewPassphrase
        label={t('lock_new')}
        // The first passphrase of all goes by the name of the field it is checked against later.
        name={isSet ? 'next' : 'passphrase'}
        failure={task.failure}
        typed={typed}
        onInput={setTyped}
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
