import type { HealthFacts } from '../../../lib/actions/health.ts';
import type { Task } from '../../../lib/ui/use-task.ts';
import { useView } from '../../../lib/ui/view-context.ts';

interface Props {
  /** Undefined where the browser could not be asked. */
  readonly hosts: HealthFacts['missingHosts'];
  readonly task: Task;
  readonly onGranted: () => void;
}

/** Hosts that Latchkey needs and the browser does not let it reach. */
export function MissingHosts({ hosts: known, task, onGranted }: Props) {
  const { t, requestHosts } = useView();
  const hosts = known ?? [];
  const isMissing = hosts.length > 0;
  return (
    <div class={isMissing ? 'finding bad' : 'finding'}>
      <h4>{t('diagnostics_permissions')}</h4>
      {isMissing && <p>{t('diagnostics_permissions_missing')}</p>}
      {!isMissing && (
        <p>{t(known === undefined ? 'diagnostics_permissions_unknown' : 'diagnostics_permissions_none')}</p>
      )}
      <ul class="plain">
        {hosts.map(({ host, pattern }) => (
          <li key={pattern}>
            <code>{host}</code>
          </li>
        ))}
      </ul>
      {isMissing && (
        <div class="buttons">
          <button
            type="button"
            class="primary"
            disabled={task.isRunning}
            onClick={() => {
              // Before anything else: browsers ask only while the press lasts.
              const answer = requestHosts(hosts.map(({ pattern }) => pattern));
              void task.run(async () => {
                const isGranted = await answer;
                if (isGranted) onGranted();
                return t(isGranted ? 'diagnostics_granted' : 'diagnostics_not_granted');
              });
            }}
          >
            {t('diagnostics_grant')}
          </button>
        </div>
      )}
    </div>
  );
}
