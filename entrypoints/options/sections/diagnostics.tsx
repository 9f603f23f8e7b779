import { useState } from 'preact/hooks';
import { FailureNote } from '../../../lib/ui/failure-note.tsx';
import { TaskOutcome } from '../../../lib/ui/task-outcome.tsx';
import { useQuery } from '../../../lib/ui/use-query.ts';
import { type Task, useTask } from '../../../lib/ui/use-task.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import { DiagnosticsAccounts } from './diagnostics-accounts.tsx';
import { DiagnosticsFacts } from './diagnostics-facts.tsx';
import { DiagnosticsReport } from './diagnostics-report.tsx';
import { MissingHosts } from './missing-hosts.tsx';
import { SetAsideRecords } from './set-aside-records.tsx';

/** Everything that is stored, set and allowed, as it is now. */
export function Diagnostics() {
  const { t } = useView();
  const [round, setRound] = useState(0);
  const task = useTask();
  return (
    <section class="card diagnostics" aria-labelledby="diagnostics-title">
      <div class="card-head">
        <h3 id="diagnostics-title">{t('diagnostics_title')}</h3>
        <button
          type="button"
          onClick={() => {
            task.say(undefined);
            setRound(round + 1);
          }}
        >
          {t('diagnostics_again')}
        </button>
      </div>
      <p class="hint">{t('diagnostics_hint')}</p>
      <TaskOutcome task={task} />
      <Findings key={round} task={task} onChanged={() => setRound(round + 1)} />
    </section>
  );
}

interface FindingsProps {
  /** What is done about them; told outside, since these are drawn anew. */
  readonly task: Task;
  /** Called where the findings are not true any more. */
  readonly onChanged: () => void;
}

function Findings({ task, onChanged }: FindingsProps) {
  const { t } = useView();
  const { value, failure } = useQuery('health.read', {}, []);
  if (failure !== undefined) return <FailureNote failure={failure} />;
  if (value === undefined) return <p class="hint">{t('diagnostics_running')}</p>;
  const { facts, report } = value;
  return (
    <>
      {facts.troubles.map(({ code, message }) => (
        <FailureNote key={code} failure={{ message }} />
      ))}
      <MissingHosts hosts={facts.missingHosts} task={task} onGranted={onChanged} />
      <SetAsideRecords
        records={facts.setAside}
        count={facts.setAsideCount}
        task={task}
        onRemoved={onChanged}
      />
      <DiagnosticsFacts facts={facts} />
      <DiagnosticsAccounts accounts={facts.accounts} />
      <DiagnosticsReport report={report} />
    </>
  );
}
