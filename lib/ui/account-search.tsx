import { useId } from 'preact/hooks';
import { useView } from './view-context.ts';

interface Props {
  readonly text: string;
  /** How many accounts fit it. */
  readonly count: number;
  readonly onChange: (text: string) => void;
}

/** Finds an account among many by its name or service. */
export function AccountSearch({ text, count, onChange }: Props) {
  const { t } = useView();
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{t('accounts_search')}</label>
      <input
        id={id}
        type="search"
        value={text}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <p class="hint" role="status">
        {t('accounts_found', { count })}
      </p>
    </div>
  );
}
