import { useId } from 'preact/hooks';
import { TaskOutcome } from '../../../lib/ui/task-outcome.tsx';
import { useTask } from '../../../lib/ui/use-task.ts';
import { useView } from '../../../lib/ui/view-context.ts';

interface Props {
  readonly address: string;
  /** Where at the service it goes. */
  readonly hint: string;
}

/** The address that a service must know before it sends anyone back to us. */
export function RedirectAddress({ address, hint }: Props) {
  const { t, copy } = useView();
  const task = useTask();
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{t('redirect_address')}</label>
      <div class="with-button">
        <input
          id={id}
          type="text"
          readOnly
          aria-describedby={`${id}-hint`}
          value={address}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
        <button
          type="button"
          aria-describedby={id}
          onClick={() =>
            void task.run(async () => {
              await copy(address);
              return t('copied');
            })
          }
        >
          {t('copy')}
        </button>
      </div>
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
      <TaskOutcome task={task} />
    </div>
  );
}
