import { Field } from '../../../lib/ui/field.tsx';
import { useView } from '../../../lib/ui/view-context.ts';
import type { TweetForm } from '../tweet-form.ts';
import { isUnderWay, type TweetState } from '../tweet-state.ts';

interface Props {
  readonly form: Pick<TweetForm, 'choose' | 'allow'>;
  readonly state: TweetState;
  readonly label: string;
}

/** Who tweets, and the way to allow it where that was not asked for yet. */
export function PosterField({ form, state, label }: Props) {
  const { t } = useView();
  const { accounts, account, step } = state;
  const failure = step.state === 'failed' ? step.failure : undefined;
  const chosen = accounts.find(({ id }) => id === account);
  const needsLeave = chosen !== undefined && (!chosen.canPost || failure?.code === 'scope_missing');
  return (
    <>
      <Field label={label} name="account" failure={failure}>
        {(control) => (
          <select
            {...control}
            value={account}
            onChange={({ currentTarget }) => form.choose(currentTarget.value)}
          >
            {accounts.map(({ id, name, service }) => (
              <option key={id} value={id}>
                {`${name} · ${service}`}
              </option>
            ))}
            <option value="">{t('tweet_no_account')}</option>
          </select>
        )}
      </Field>
      {needsLeave && (
        <div class="notice">
          <p>{t('tweet_reads_only', { name: chosen.name })}</p>
          <div class="buttons">
            <button type="button" aria-disabled={isUnderWay(state)} onClick={() => void form.allow()}>
              {t('tweet_allow')}
            </button>
          </div>
        </div>
      )}
    </>
  );
}
