import { useId } from 'preact/hooks';
import type { VoterView } from './batch.tsx';
import { TaskOutcome } from '../../../lib/ui/task-outcome.tsx';
import { useQuery } from '../../../lib/ui/use-query.ts';
import { useTask } from '../../../lib/ui/use-task.ts';
import { useView } from '../../../lib/ui/view-context.ts';

/** A list of a thousand links is far smaller. */
const maxFileBytes = 1_000_000;

interface Props {
  /** Posts of the other chain are no use to the chosen account. */
  readonly chain: VoterView['chain'];
  readonly onAdd: (text: string) => void;
}

/** Where posts come from besides the keyboard: a file, and what was collected on pages. */
export function BatchSources({ chain, onAdd }: Props) {
  const { t, invoke } = useView();
  const task = useTask();
  const id = useId();
  const { value } = useQuery('batch.collected', {}, ['batches']);
  const collected = value?.posts.filter((post) => post.chain === chain) ?? [];
  return (
    <>
      <div class="field">
        <label for={id}>{t('batch_file')}</label>
        <input
          id={id}
          type="file"
          accept=".txt,.csv,text/plain,text/csv"
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            if (file === undefined) return;
            void task.run(async () => {
              if (file.size > maxFileBytes) return t('batch_file_large');
              onAdd(await file.text());
              return undefined;
            });
            // So that the same file, mended, can be chosen again.
            currentTarget.value = '';
          }}
        />
      </div>
      <TaskOutcome task={task} />
      {collected.length > 0 && (
        <div class="buttons">
          <button type="button" onClick={() => onAdd(collected.map(({ url }) => url).join('\n'))}>
            {t('batch_take_collected', { count: collected.length })}
          </button>
          <button
            type="button"
            class="link"
            onClick={() =>
              void task.run(async () => {
                await invoke('batch.clear-collected', { chain });
                return t('batch_collected_forgotten');
              })
            }
          >
            {t('batch_forget_collected')}
          </button>
        </div>
      )}
    </>
  );
}
