import type { HealthFacts } from '../../../lib/actions/health.ts';
import { formatMoment } from '../../../lib/ui/format.ts';
import { useView } from '../../../lib/ui/view-context.ts';

type AccountFacts = HealthFacts['accounts'][number];

/** Rows on show; the report says of how many more. */
const shown = 50;

/** Those that need somebody first, then those that are due first. */
function compare(one: AccountFacts, other: AccountFacts): number {
  const isWell = ({ state }: AccountFacts) => Number(state === 'fresh' || state === 'ends');
  return isWell(one) - isWell(other) || (one.dueAt ?? Infinity) - (other.dueAt ?? Infinity) || 0;
}

/** When each account was refreshed, how that ended, and when it is next. */
export function DiagnosticsAccounts({ accounts }: { readonly accounts: readonly AccountFacts[] }) {
  const { t } = useView();
  const moment = (time: number | undefined) =>
    time === undefined ? t('diagnostics_none') : formatMoment(t('language_tag'), time);
  if (accounts.length === 0) return null;
  const rest = accounts.length - shown;
  return (
    <>
      <table class="diagnostics-table">
        <caption>{t('diagnostics_refreshes')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('diagnostics_account')}</th>
            <th scope="col">{t('diagnostics_state')}</th>
            <th scope="col">{t('diagnostics_last')}</th>
            <th scope="col">{t('diagnostics_next')}</th>
          </tr>
        </thead>
        <tbody>
          {accounts
            .toSorted(compare)
            .slice(0, shown)
            .map((account, index) => (
              <tr key={index}>
                <th scope="row">
                  {account.name} <small>{account.service}</small>
                </th>
                <td>
                  {t(`diagnostics_state_${account.state}`)}
                  {account.trouble !== undefined && (
                    <>
                      {' '}
                      <code>{account.trouble}</code>
                    </>
                  )}
                </td>
                <td>{moment(account.refreshedAt)}</td>
                <td>{moment(account.dueAt)}</td>
              </tr>
            ))}
        </tbody>
      </table>
      {rest > 0 && <p class="hint">{t('diagnostics_more_accounts', { count: rest })}</p>}
    </>
  );
}
