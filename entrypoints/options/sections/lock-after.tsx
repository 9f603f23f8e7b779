import { useId } from 'preact/hooks';
import { useView } from '../../../lib/ui/view-context.ts';

const choices = [0, 5, 15, 60, 240];

/** After how long without use the passphrase is asked for again. */
export function LockAfter({ minutes }: { readonly minutes: number }) {
  const { t, invoke } = useView();
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{t('lock_after')}</label>
      <select
        id={id}
        value={String(minutes)}
        onChange={({ currentTarget }) => void invoke('lock.after', { minutes: Number(currentTarget.value) })}
      >
        {choices.map((count) => (
          <option key={count} value={String(count)}>
            {count === 0 ? t('lock_after_never') : t('lock_after_minutes', { count })}
          </option>
        ))}
      </select>
    </div>
  );
}
