import { useId, useState } from 'preact/hooks';
import { Confirm } from '../../../lib/ui/confirm.tsx';
import { TaskOutcome } from '../../../lib/ui/task-outcome.tsx';
import { useTask } from '../../../lib/ui/use-task.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import { BatchForecast } from './batch-forecast.tsx';
import { BatchTable } from './batch-table.tsx';
import type { BatchFields } from './use-batch-draft.ts';
import type { Looked } from './use-batch-look.ts';

type Sent = Pick<BatchFields, 'batch' | 'votes'>;

interface Props {
  readonly look: Looked;
  readonly account: string;
  /** What was sent before and not answered for: the same votes are not sent as two batches. */
  readonly readSent: () => Sent;
  readonly onSend: (sent: Sent) => void;
  readonly onChoose: (isChosen: boolean, line?: number) => void;
  readonly onStarted: (count: number) => void;
}

/** What was found, what of it is to be voted on, and what that costs. */
export function BatchChoice({ look, account, readSent, onSend, onChoose, onStarted }: Props) {
  const { t, invoke, newId } = useView();
  const task = useTask();
  const id = useId();
  const [isAsking, setIsAsking] = useState(false);
  const chosen = look.good.filter(({ isChosen }) => isChosen);
  const downvotes = chosen.filter(({ weight }) => weight < 0).length;
  const send = () => {
    const votes = chosen.map(({ weight, preview: { author, permlink } }) => ({ author, permlink, weight }));
    const text = JSON.stringify([account, votes]);
    const sent = readSent();
    const batch = sent.votes === text ? sent.batch : newId();
    onSend({ batch, votes: text });
    const order = { batch, account, votes, isConfirmed: downvotes > 0 };
    void task.run(async () => {
      await invoke('batch.start', order);
      onStarted(votes.length);
      return undefined;
    });
  };
  return (
    <section class="card" aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>{t('batch_found')}</h3>
      <p role="status">
        {[
          t('batch_found_good', { count: look.good.length }),
          ...(look.bad.length === 0 ? [] : [t('batch_found_bad', { count: look.bad.length })]),
        ].join(' ')}
      </p>
      <BatchTable look={look} labelId={`${id}-title`} onChoose={onChoose} />
      <BatchForecast look={look} />
      <TaskOutcome task={task} />
      {isAsking ? (
        <Confirm
          question={t('batch_downvotes_question', { count: downvotes })}
          onConfirm={() => {
            setIsAsking(false);
            send();
          }}
          onCancel={() => setIsAsking(false)}
        />
      ) : (
        <div class="buttons">
          <button
            type="button"
            class="primary"
            disabled={chosen.length === 0 || task.isRunning}
            onClick={() => (downvotes > 0 ? setIsAsking(true) : send())}
          >
            {t('batch_vote', { count: chosen.length })}
          </button>
        </div>
      )}
    </section>
  );
}
