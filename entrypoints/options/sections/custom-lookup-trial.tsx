import { useId, useState } from 'preact/hooks';
import type { LookupResult } from '../../../lib/actions/lookup.ts';
import { Field } from '../../../lib/ui/field.tsx';
import { LookUpTable } from '../../../lib/ui/look-up-table.tsx';
import type { Task } from '../../../lib/ui/use-task.ts';
import { useView } from '../../../lib/ui/view-context.ts';

interface Props {
  readonly accounts: readonly { readonly id: string; readonly name: string }[];
  /** Names of what the address leaves open. */
  readonly params: readonly string[];
  readonly task: Task;
  readonly ask: (account: string, values: Record<string, string>) => Promise<LookupResult>;
}

/** As many rows tell whether it works. */
const shownRows = 5;

/** Asks the service what is being written, with an account and values to try. */
export function CustomLookupTrial({ accounts, params, task, ask }: Props) {
  const { t } = useView();
  const [account, setAccount] = useState(accounts[0]?.id ?? '');
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [answer, setAnswer] = useState<LookupResult>();
  const id = useId();
  if (accounts.length === 0) return <p class="hint">{t('custom_try_needs_account')}</p>;
  const run = () =>
    task.run(async () => {
      setAnswer(undefined);
      const typed = Object.fromEntries(params.map((name) => [name, values[name] ?? '']));
      const found = await ask(account, typed);
      setAnswer(found);
      return found.rows.length === 0 ? t('look_up_none') : t('look_up_rows', { count: found.rows.length });
    }, t('look_up_running'));
  return (
    <div class="trial">
      {params.map((name) => (
        <Field key={name} label={t('custom_try_value', { name })} name={name} failure={task.failure}>
          {(control) => (
            <input
              {...control}
              type="text"
              autoComplete="off"
              spellcheck={false}
              value={values[name] ?? ''}
              onInput={({ currentTarget }) => setValues({ ...values, [name]: currentTarget.value })}
            />
          )}
        </Field>
      ))}
      <div class="with-button">
        <select
          aria-label={t('custom_try_as')}
          value={account}
          onChange={({ currentTarget }) => setAccount(currentTarget.value)}
        >
          {accounts.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
        <button type="button" id={id} disabled={task.isRunning} onClick={() => void run()}>
          {t('custom_try')}
        </button>
      </div>
      {answer !== undefined && answer.rows.length > 0 && (
        <div class="table-region" role="region" aria-labelledby={id} tabIndex={0}>
          <LookUpTable columns={answer.columns} rows={answer.rows.slice(0, shownRows)} labelId={id} />
        </div>
      )}
    </div>
  );
}
