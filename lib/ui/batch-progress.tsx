import { useState } from 'preact/hooks';
import type { BatchView } from '../actions/batch.ts';
import { Confirm } from './confirm.tsx';
import type { TypedTranslate } from '../locale/translate.ts';
import { formatDuration } from './format.ts';
import { readWait } from './read-wait.ts';
import { TaskOutcome } from './task-outcome.tsx';
import { useTask } from './use-task.ts';
import { useView } from './view-context.ts';

/** A batch under way: how far it is and how long it takes yet, with the buttons that hold it, go on or end it. */
export function BatchProgress({ batch }: { readonly batch: BatchView }) {
  const { t, invoke } = useView();
  const task = useTask();
  const [isCancelling, setIsCancelling] = useState(false);
  const { total, left, state } = batch;
  const title = t('batch_title', { name: batch.name, chain: t(`chain_${batch.chain}`) });
  const isPaused = state === 'paused';
  const act = (action: 'batch.pause' | 'batch.resume' | 'batch.cancel') =>
    void task.run(async () => {
      await invoke(action, { batch: batch.id });
      return '';
    });
  return (
    <section class="card batch" aria-label={title}>
      <h3>{title}</h3>
      <progress max={total} value={total - left} aria-label={title} />
      <p>
        {t(isPaused ? 'batch_progress_paused' : 'batch_progress', {
          ended: total - left,
          total,
          time: formatDuration(t('language_tag'), batch.leftMs),
        })}
      </p>
      <p role="status" class="hint">
        {readStandstill(batch, t)}
      </p>
      <TaskOutcome task={task} />
      {isCancelling ? (
        <Confirm
          question={t('batch_cancel_question', { count: left })}
          onConfirm={() => {
            setIsCancelling(false);
            act('batch.cancel');
          }}
          onCancel={() => setIsCancelling(false)}
        />
      ) : (
        <div class="buttons">
          <button type="button" onClick={() => act(isPaused ? 'batch.resume' : 'batch.pause')}>
            {t(isPaused ? 'batch_resume' : 'batch_pause')}
          </button>
          <button type="button" onClick={() => setIsCancelling(true)}>
            {t('cancel')}
          </button>
        </div>
      )}
    </section>
  );
}

/** Why nothing goes out just now; nothing where it does. A plain pause is in the line above. */
function readStandstill({ stopped, waitsFor, until }: BatchView, t: TypedTranslate): string {
  if (stopped !== undefined) return `${t('batch_stopped')} ${stopped.message}`;
  return waitsFor === undefined || waitsFor === 'paused' ? '' : readWait({ waitsFor, until }, t);
}
