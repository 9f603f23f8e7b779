import { useEffect, useRef, useState } from 'preact/hooks';
import { listParams } from '../../../lib/lookup/custom-address.ts';
import { Field } from '../../../lib/ui/field.tsx';
import { TaskOutcome } from '../../../lib/ui/task-outcome.tsx';
import { useFocusOnError } from '../../../lib/ui/use-focus-on-error.ts';
import { useTask } from '../../../lib/ui/use-task.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import { CustomLookupTrial } from './custom-lookup-trial.tsx';

export interface DraftLookup {
  /** Missing for one that is not kept yet. */
  readonly id?: string;
  readonly name: string;
  readonly address: string;
  readonly rows: string;
}

interface Props {
  readonly provider: string;
  readonly draft: DraftLookup;
  /** By which it can be tried. */
  readonly accounts: readonly { readonly id: string; readonly name: string }[];
  /** @param notice tells what became of it; undefined when nothing did. */
  readonly onClose: (notice?: string) => void;
}

const example = '/v1/items/{id}?limit={limit}';

/** Writes or changes a look-up; what is wrong is said at its field, and what is typed stays. */
export function CustomLookupEditor({ provider, draft, accounts, onClose }: Props) {
  const { t, invoke } = useView();
  const [typed, setTyped] = useState(draft);
  const task = useTask();
  const form = useFocusOnError(task.failure);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const { name, address, rows } = typed;
  const params = listParams({ path: address });
  const save = async () => {
    const { lookup } = await invoke('custom-lookups.save', {
      ...{ provider, name, address, rows },
      ...(draft.id !== undefined && { id: draft.id }),
    });
    onClose(t('custom_saved', { name: lookup.name }));
    return undefined;
  };
  const text = (key: 'name' | 'address' | 'rows') => ({
    type: 'text' as const,
    autoComplete: 'off',
    spellcheck: false,
    value: typed[key],
    onInput: ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) =>
      setTyped({ ...typed, [key]: currentTarget.value }),
  });
  return (
    <form
      ref={form}
      class="card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!task.isRunning) void task.run(save);
      }}
    >
      <Field label={t('custom_name')} name="name" failure={task.failure}>
        {(control) => <input {...control} {...text('name')} ref={first} />}
      </Field>
      <Field
        label={t('custom_address')}
        name="address"
        failure={task.failure}
        hint={t('custom_address_hint', { example })}
      >
        {(control) => <input {...control} {...text('address')} inputMode="url" />}
      </Field>
      <Field label={t('custom_rows')} name="rows" failure={task.failure} hint={t('custom_rows_hint')}>
        {(control) => <input {...control} {...text('rows')} />}
      </Field>
      <CustomLookupTrial
        accounts={accounts}
        params={params.map((param) => param.name)}
        task={task}
        ask={(account, values) =>
          invoke('custom-lookups.try', { provider, address, rows, account, params: values })
        }
      />
      <TaskOutcome
        task={task}
        shownAtFields={['name', 'address', 'rows', ...params.map((param) => param.name)]}
      />
      <div class="buttons">
        <button type="submit" class="primary" disabled={task.isRunning}>
          {t('custom_save')}
        </button>
        <button type="button" onClick={() => onClose()}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
