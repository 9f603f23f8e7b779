import { useEffect, useRef, useState } from 'preact/hooks';
import { Field } from './field.tsx';
import { TaskOutcome } from './task-outcome.tsx';
import { useFocusOnError } from './use-focus-on-error.ts';
import { useTask } from './use-task.ts';
import { useView } from './view-context.ts';

export interface UnlockProps {
  /** Id of the element that takes the focus when this goes. */
  readonly next: string;
}

/** Asks for the passphrase; whoever shows it takes it away when the vault is unlocked. */
export function Unlock({ next }: UnlockProps) {
  const { t, invoke } = useView();
  const task = useTask();
  const form = useFocusOnError(task.failure);
  const [passphrase, setPassphrase] = useState('');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    // What comes instead is drawn by then.
    return () => queueMicrotask(() => document.getElementById(next)?.focus());
  }, [next]);
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
            ref={input}
            type="password"
            autoComplete="current-password"
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
