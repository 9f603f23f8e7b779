import { useState } from 'preact/hooks';
import { FailureNote } from '../../../lib/ui/failure-note.tsx';
import { TaskOutcome } from '../../../lib/ui/task-outcome.tsx';
import { useQuery } from '../../../lib/ui/use-query.ts';
import { useTask } from '../../../lib/ui/use-task.ts';
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
  return (
    <section class="card diagnostics" aria-labelledby="diagnostics-title">
      <div class="card-head">
        <h3 id="diagnostics-title">{t('diagnostics_title')}</h3>
        <button type="button" onClick={() => setRound(round + 1)}>
          {t('diagnostics_again')}
        </button>
      </div>
      <p class="hint">{t('diagnostics_hint')}</p>
      <Findings key={round} onChanged={() => setRound(round + 1)} />
    </section>
  );
}

/** @param onChanged called where the findings are not true any more. */
function Findings({ onChanged }: { readonly onChanged: () => void }) {
  const { t } = useView();
  const task = useTask();
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
      <TaskOutcome task={task} />
      <DiagnosticsFacts facts={facts} />
      <DiagnosticsAccounts accounts={facts.accounts} />
      <DiagnosticsReport report={report} />
    </>
  );
}
