import { FailureNote } from './failure-note.tsx';
import type { Task } from './use-task.ts';

/**
 * How a task ended. The status line is there from the start, since a screen reader only announces what changes inside
 * a region it already knows. A failure that belongs to one of `shownAtFields` is shown there and not here.
 */
export function TaskOutcome({ task, shownAtFields = [] }: { task: Task; shownAtFields?: readonly string[] }) {
  const { failure } = task;
  const isShownElsewhere = failure?.field !== undefined && shownAtFields.includes(failure.field);
  return (
    <>
      <div role="status" class="status">
        {task.notice}
      </div>
      {failure !== undefined && !isShownElsewhere && <FailureNote failure={failure} />}
    </>
  );
}
