import { useId } from 'preact/hooks';
import { peopleColumns } from '../../../lib/people/people-columns.ts';
import { TaskOutcome } from '../../../lib/ui/task-outcome.tsx';
import { useTask } from '../../../lib/ui/use-task.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import { readTyped } from './read-typed.ts';

/** The register as a file: out, and in again. A file with an error changes nothing. */
export function PeopleFile() {
  const { t, invoke, saveFile } = useView();
  const task = useTask();
  const id = useId();
  const take = async (file: File) => {
    const [text, { readPeopleCsv }] = await Promise.all([
      file.text(),
      import('../../../lib/people/people-csv.ts'),
    ]);
    const people = readTyped(t, () => readPeopleCsv(text));
    return t('people_imported', await invoke('people.import', { people }));
  };
  return (
    <div class="card">
      <div class="field">
        <label for={id}>{t('people_import')}</label>
        <input
          id={id}
          type="file"
          accept=".csv,text/csv"
          aria-describedby={`${id}-hint`}
          disabled={task.isRunning}
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            if (file === undefined) return;
            void task.run(() => take(file));
            // So that the same file, mended, can be chosen again.
            currentTarget.value = '';
          }}
        />
        <p class="hint" id={`${id}-hint`}>
          {t('people_import_hint', { columns: peopleColumns.join(', ') })}
        </p>
      </div>
      <div class="buttons">
        <button
          type="button"
          disabled={task.isRunning}
          onClick={() =>
            void task.run(async () => {
              const { name, text } = await invoke('people.export', {});
              saveFile(name, text);
              return '';
            })
          }
        >
          {t('people_export')}
        </button>
      </div>
      <TaskOutcome task={task} />
    </div>
  );
}
