import { useId } from 'preact/hooks';
import type { BatchView } from '../../../lib/actions/batch.ts';
import { formatMoment } from '../../../lib/ui/format.ts';
import { TaskOutcome } from '../../../lib/ui/task-outcome.tsx';
import { useTask } from '../../../lib/ui/use-task.ts';
import { useView } from '../../../lib/ui/view-context.ts';

const counts = ['done', 'wasThere', 'failed', 'unknown', 'cancelled'] as const;
const textOf = {
  done: 'batch_done',
  wasThere: 'batch_was_there',
  failed: 'batch_failed',
  unknown: 'batch_unknown',
  cancelled: 'batch_cancelled',
} as const;

/** How a batch ended, in numbers and reasons. */
export function BatchSummary({ batch }: { readonly batch: BatchView }) {
  const { t, invoke, newId } = useView();
  const task = useTask();
  const id = useId();
  const time = formatMoment(t('language_tag'), batch.createdAt);
  // The Activity may have been cleared: then nobody knows any more how the rest ended.
  const known = counts.reduce((sum, name) => sum + batch[name], 0);
  return (
    <section class="card batch" aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>
        {t('batch_ended_title', { name: batch.name, chain: t(`chain_${batch.chain}`), time })}
      </h3>
      <ul class="plain">
        {counts.map(
          (name) => batch[name] > 0 && <li key={name}>{t(textOf[name], { count: batch[name] })}</li>,
        )}
        {known < batch.total && <li>{t('batch_forgotten', { count: batch.total - known })}</li>}
      </ul>
      {batch.reasons.length > 0 && (
        <ul class="plain hint">
          {batch.reasons.map(({ code, count, message }) => (
            <li key={code}>{t('batch_reason', { number: count, message })}</li>
          ))}
        </ul>
      )}
      <TaskOutcome task={task} />
      <div class="buttons">
        {batch.failed > 0 && !batch.isTriedAgain && (
          <button
            type="button"
            disabled={task.isRunning}
            onClick={() =>
              void task.run(async () => {
                const started = await invoke('batch.try-again', { batch: batch.id, next: newId() });
                return t('batch_started', { count: started.batch.total });
              })
            }
          >
            {t('batch_try_again')}
          </button>
        )}
        {known > 0 && <a href={`#activity/${batch.id}`}>{t('batch_show')}</a>}
      </div>
    </section>
  );
}
