import { useRef } from 'preact/hooks';
import type { OutboxEntryView } from '../actions/outbox.ts';
import { BatchBar } from './batch-bar.tsx';
import { FailureNote } from './failure-note.tsx';
import { TaskOutcome } from './task-outcome.tsx';
import { useQuery } from './use-query.ts';
import { useTask } from './use-task.ts';
import { useView } from './view-context.ts';
import { WaitingEntry } from './waiting-entry.tsx';

/** What was accepted and has not ended, in the order in which it goes out; nothing where nothing waits. */
export function Waiting() {
  const { t } = useView();
  const task = useTask();
  const heading = useRef<HTMLHeadingElement>(null);
  const { value, failure } = useQuery('outbox.list', {}, ['outbox']);
  const entries = value?.entries ?? [];
  // What asks for a decision comes first.
  const single = entries
    .filter(({ batch }) => batch === undefined)
    .toSorted((one, other) => isMissed(other) - isMissed(one));
  if (failure !== undefined) return <FailureNote failure={failure} />;
  if (entries.length === 0 && task.notice === undefined && task.failure === undefined) return null;
  return (
    <section class="view waiting-list" aria-labelledby="waiting-title">
      <h3 id="waiting-title" ref={heading} tabIndex={-1}>
        {t('waiting_title')}
      </h3>
      <TaskOutcome task={task} shownAtFields={['schedule']} />
      <ul class="rows" aria-labelledby="waiting-title">
        {single.map((entry) => (
          <WaitingEntry
            key={entry.request}
            entry={entry}
            task={task}
            // Its row and the button in it may be gone.
            onDone={() => heading.current?.focus()}
          />
        ))}
      </ul>
      <BatchBar />
    </section>
  );
}

/** 1 for what missed its time, else 0. */
function isMissed({ waitsFor }: OutboxEntryView): number {
  return Number(waitsFor === 'missed');
}
