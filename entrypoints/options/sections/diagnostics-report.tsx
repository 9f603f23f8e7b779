import { TaskOutcome } from '../../../lib/ui/task-outcome.tsx';
import { useTask } from '../../../lib/ui/use-task.ts';
import { useView } from '../../../lib/ui/view-context.ts';

/** The report that names nobody: shown to the letter before it is copied. */
export function DiagnosticsReport({ report }: { readonly report: string }) {
  const { t, copy } = useView();
  const task = useTask();
  return (
    <div class="finding">
      <h4 id="report-title">{t('diagnostics_report')}</h4>
      <p>{t('diagnostics_report_hint')}</p>
      <pre class="report" tabIndex={0} role="region" aria-labelledby="report-title">
        {report}
      </pre>
      <div class="buttons">
        <button
          type="button"
          onClick={() =>
            void task.run(async () => {
              await copy(report);
              return t('copied');
            })
          }
        >
          {t('diagnostics_copy')}
        </button>
      </div>
      <TaskOutcome task={task} />
    </div>
  );
}
