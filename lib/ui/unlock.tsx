import { useState } from 'preact/hooks';
import { Field } from './field.tsx';
import { TaskOutcome } from './task-outcome.tsx';
import { useFocusOnError } from './use-focus-on-error.ts';
import { useTask } from './use-task.ts';
import { useView } from './view-context.ts';

/** Asks for the passphrase; whoever shows it takes it away when the vault is unlocked. */
export function Unlock() {
  const { t, invoke } = useView();
  const task = useTask();
  const form = useFocusOnError(task.failure);
  const [passphrase, setPassphrase] = useState('');
  const unlock = async () => {
    await invoke('lock.unlock', { passphrase });
    setPassphrase('');
    return undefined;
  };
  return (
    <form
      ref={form}
      class="card unlock"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!task.isRunning) void task.run(unlock);
      }}
    >
      <h2>{t('lock_locked_title')}</h2>
      <p>{t('lock_locked')}</p>
      <Field label={t('lock_passphrase')} name="passphrase" failure={task.failure}>
        {(control) => (
          <input
            {...control}
            type="password"
            autoComplete="current-password"
            autoFocus
            value={passphrase}
            onInput={({ currentTarget }) => setPassphrase(currentTarget.value)}
          />
        )}
      </Field>
      <div class="buttons">
        <button type="submit" class="primary" disabled={task.isRunning}>
          {t('lock_unlock')}
        </button>
      </div>
      <TaskOutcome task={task} shownAtFields={['passphrase']} />
    </form>
  );
}
