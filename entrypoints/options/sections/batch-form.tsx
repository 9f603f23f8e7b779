import { useEffect } from 'preact/hooks';
import { parseWeight } from '../../../lib/steem/weight.ts';
import type { Failure } from '../../../lib/ui/failure.ts';
import { Field } from '../../../lib/ui/field.tsx';
import { TaskOutcome } from '../../../lib/ui/task-outcome.tsx';
import { useTask } from '../../../lib/ui/use-task.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import type { VoterView } from './batch.tsx';
import { BatchChoice } from './batch-choice.tsx';
import { BatchSources } from './batch-sources.tsx';
import { readTyped } from './read-typed.ts';
import { useBatchDraft } from './use-batch-draft.ts';
import { useBatchLook } from './use-batch-look.ts';

interface Props {
  readonly voters: readonly VoterView[];
  /** Some batch has not ended. */
  readonly isUnderWay: boolean;
}

/** A list of posts, looked at before anything is sent. */
export function BatchForm({ voters, isUnderWay }: Props) {
  const { t } = useView();
  const first = voters.find(({ defaultFor }) => defaultFor.includes('vote')) ?? voters[0];
  const { fields, read, change, forget } = useBatchDraft(first?.id ?? '');
  const { weight, list } = fields;
  const voter = voters.find(({ id }) => id === fields.account) ?? first;
  const task = useTask();
  const { look, start, stop, choose } = useBatchLook();
  // That votes are on their way is true no longer once all have ended.
  useEffect(() => (isUnderWay ? () => task.say(undefined) : undefined), [isUnderWay]);
  /** What was looked at is no longer what stands here. */
  const edit = (changes: Parameters<typeof change>[0]) => {
    change(changes);
    stop();
  };
  const add = (text: string) =>
    edit(({ list: before }) => ({ list: before.trim() === '' ? text : `${before.trimEnd()}\n${text}` }));
  if (voter === undefined) return null;
  return (
    <>
      <form
        class="card"
        noValidate
        aria-label={t('batch_new')}
        onSubmit={(event) => {
          event.preventDefault();
          if (task.isRunning) return;
          void task.run(async () => {
            const percent = readTyped(
              t,
              () => parseWeight(weight.trim() === '' ? NaN : Number(weight)) / 100,
            );
            await start({ account: voter.id, text: list, weight: percent });
            return undefined;
          });
        }}
      >
        <h3>{t('batch_new')}</h3>
        <div class="columns">
          <Field label={t('account')} name="account" failure={task.failure}>
            {(control) => (
              <select
                {...control}
                value={voter.id}
                onChange={({ currentTarget }) => edit(() => ({ account: currentTarget.value }))}
              >
                {voters.map(({ id, name, service }) => (
                  <option key={id} value={id}>
                    {`${name} · ${service}`}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <WeightField
            value={weight}
            failure={task.failure}
            onChange={(value) => edit(() => ({ weight: value }))}
          />
        </div>
        <Field label={t('batch_list')} name="list" hint={t('batch_list_hint')} failure={task.failure}>
          {(control) => (
            <textarea
              {...control}
              rows={8}
              spellcheck={false}
              value={list}
              onInput={({ currentTarget }) => edit(() => ({ list: currentTarget.value }))}
            />
          )}
        </Field>
        <BatchSources chain={voter.chain} onAdd={add} />
        <div class="buttons">
          <button type="submit" class="primary" aria-disabled={task.isRunning}>
            {t('batch_preview')}
          </button>
        </div>
        {look.state === 'looking' && <Looking done={look.done} total={look.total} onStop={stop} />}
        <TaskOutcome task={task} shownAtFields={['account', 'list', 'weight']} />
      </form>
      {look.state === 'looked' && (
        <BatchChoice
          look={look}
          account={voter.id}
          readSent={read}
          onSend={(sent) => change(() => sent)}
          onChoose={choose}
          onStarted={(count) => {
            stop();
            forget();
            task.say(t('batch_started', { count }));
          }}
        />
      )}
    </>
  );
}

function WeightField(props: {
  readonly value: string;
  readonly failure: Failure | undefined;
  readonly onChange: (value: string) => void;
}) {
  const { t } = useView();
  const { value, failure, onChange } = props;
  return (
    <Field label={t('batch_weight')} name="weight" failure={failure}>
      {(control) => (
        <input
          {...control}
          type="number"
          min="-100"
          max="100"
          step="0.01"
          value={value}
          onInput={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )}
    </Field>
  );
}

function Looking({
  done,
  total,
  onStop,
}: {
  readonly done: number;
  readonly total: number;
  readonly onStop: () => void;
}) {
  const { t } = useView();
  return (
    <div class="batch-looking">
      <progress max={total} value={done} aria-label={t('batch_looking')} />
      <p>{t('batch_looked_at', { done, total })}</p>
      <button type="button" onClick={onStop}>
        {t('batch_stop')}
      </button>
    </div>
  );
}
