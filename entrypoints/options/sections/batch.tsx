import type { AccountView } from '../../../lib/actions/accounts.ts';
import { BatchBar } from '../../../lib/ui/batch-bar.tsx';
import { FailureNote } from '../../../lib/ui/failure-note.tsx';
import { useQuery } from '../../../lib/ui/use-query.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import { BatchForm } from './batch-form.tsx';
import { BatchSummary } from './batch-summary.tsx';

export type VoterView = AccountView & { readonly chain: NonNullable<AccountView['chain']> };

const isVoter = (account: AccountView): account is VoterView =>
  account.actsFor === 'vote' && account.chain !== undefined;

/** Votes on many posts: those under way, a new list, and those that ended. */
export function BatchSection() {
  const { t } = useView();
  const { value: known } = useQuery('accounts.list', {}, ['accounts']);
  const { value, failure } = useQuery('batch.list', {}, ['batches', 'outbox', 'journal']);
  const batches = value?.batches ?? [];
  const voters = known?.accounts.filter(isVoter) ?? [];
  return (
    <>
      <p class="lead">{t('batch_lead')}</p>
      {failure !== undefined && <FailureNote failure={failure} />}
      <BatchBar />
      {known !== undefined &&
        (voters.length === 0 ? (
          <p class="notice">
            {t('batch_no_account')} <a href="#services">{t('connect_account')}</a>
          </p>
        ) : (
          <BatchForm voters={voters} isUnderWay={batches.some(({ state }) => state !== 'ended')} />
        ))}
      {batches.map((batch) => batch.state === 'ended' && <BatchSummary key={batch.id} batch={batch} />)}
    </>
  );
}
