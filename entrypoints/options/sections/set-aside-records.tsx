import { useState } from 'preact/hooks';
import type { HealthFacts } from '../../../lib/actions/health.ts';
import { Confirm } from '../../../lib/ui/confirm.tsx';
import type { Task } from '../../../lib/ui/use-task.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import { sayStore } from './say-store.ts';

type Record = HealthFacts['setAside'][number];

interface Props {
  readonly records: readonly Record[];
  /** In all. */
  readonly count: number;
  readonly task: Task;
  readonly onRemoved: () => void;
}

/** Records that can't be read. They are kept until the person takes them away. */
export function SetAsideRecords({ records, count, task, onRemoved }: Props) {
  const { t, invoke } = useView();
  if (count === 0) return null;
  const remove = ({ store, key }: Record) =>
    void task.run(async () => {
      await invoke('health.remove-record', { store, key });
      onRemoved();
      return t('diagnostics_removed');
    });
  return (
    <div class="finding bad">
      <h4>{t('diagnostics_set_aside', { count })}</h4>
      <p>{t('diagnostics_set_aside_hint')}</p>
      <ul class="rows">
        {records.map((record) => (
          <SetAsideRow
            key={`${record.store} ${record.key}`}
            record={record}
            task={task}
            onRemove={() => remove(record)}
          />
        ))}
      </ul>
    </div>
  );
}

interface RowProps {
  readonly record: Record;
  readonly task: Task;
  readonly onRemove: () => void;
}

function SetAsideRow({ record, task, onRemove }: RowProps) {
  const { t, copy } = useView();
  const [isAsking, setIsAsking] = useState(false);
  const name = t('diagnostics_record', { store: sayStore(record.store, t), key: record.key });
  return (
    <li>
      <p>{name}</p>
      <details>
        <summary>{t('details')}</summary>
        <pre tabIndex={0} aria-label={name}>
          {record.text}
        </pre>
      </details>
      {isAsking ? (
        <Confirm
          question={t('diagnostics_remove_question', { name })}
          onConfirm={onRemove}
          onCancel={() => setIsAsking(false)}
        />
      ) : (
        <div class="buttons">
          <button
            type="button"
            aria-label={`${t('copy')}: ${name}`}
            disabled={task.isRunning}
            onClick={() =>
              void task.run(async () => {
                await copy(record.text);
                return t('copied');
              })
            }
          >
            {t('copy')}
          </button>
          <button
            type="button"
            aria-label={`${t('diagnostics_remove')}: ${name}`}
            disabled={task.isRunning}
            onClick={() => setIsAsking(true)}
          >
            {t('diagnostics_remove')}
          </button>
        </div>
      )}
    </li>
  );
}
