import type { Actions } from '../actions/index.ts';
import { useQuery } from './use-query.ts';
import { useView } from './view-context.ts';

export type JournalFilter = NonNullable<Actions['journal.list']['input']['filter']>;

interface Props {
  readonly filter: JournalFilter;
  /** Names of the accounts that entries exist of. */
  readonly accounts: readonly string[];
  readonly onChange: (filter: JournalFilter) => void;
}

const outcomes = ['done', 'failed', 'unknown'] as const;

/** Narrows the Activity by service, account, outcome and text. */
export function ActivityFilter({ filter, accounts, onChange }: Props) {
  const { t } = useView();
  const { value } = useQuery('services.list', {}, ['services']);
  const { isOpen, outcome, ...others } = filter;
  return (
    <div class="filter" role="search">
      <select
        aria-label={t('filter_service')}
        value={filter.provider ?? ''}
        onChange={({ currentTarget: { value: provider } }) =>
          onChange(withChoice(filter, 'provider', provider))
        }
      >
        <option value="">{t('filter_all_services')}</option>
        {value?.services.map(({ provider, title }) => (
          <option key={provider} value={provider}>
            {title}
          </option>
        ))}
      </select>
      <select
        aria-label={t('filter_account')}
        value={filter.account ?? ''}
        onChange={({ currentTarget: { value: account } }) => onChange(withChoice(filter, 'account', account))}
      >
        <option value="">{t('filter_all_accounts')}</option>
        {accounts.map((account) => (
          <option key={account} value={account}>
            {account}
          </option>
        ))}
      </select>
      <select
        aria-label={t('filter_outcome')}
        value={isOpen === true ? 'open' : (outcome ?? '')}
        onChange={({ currentTarget: { value: choice } }) => {
          const chosen = outcomes.find((known) => known === choice);
          onChange({
            ...others,
            ...(choice === 'open' && { isOpen: true }),
            ...(chosen !== undefined && { outcome: chosen }),
          });
        }}
      >
        <option value="">{t('filter_all_outcomes')}</option>
        <option value="open">{t('filter_open')}</option>
        {outcomes.map((known) => (
          <option key={known} value={known}>
            {t(`outcome_${known}`)}
          </option>
        ))}
      </select>
      <input
        type="search"
        aria-label={t('filter_text')}
        placeholder={t('filter_text')}
        value={filter.text ?? ''}
        onInput={({ currentTarget: { value: text } }) => onChange(withChoice(filter, 'text', text))}
      />
    </div>
  );
}

/** The filter with one choice changed; an empty one is left out, since the action takes it for a value. */
function withChoice(
  filter: JournalFilter,
  name: 'provider' | 'account' | 'text',
  value: string,
): JournalFilter {
  const changed: JournalFilter = { ...filter, [name]: value };
  if (value === '') Reflect.deleteProperty(changed, name);
  return changed;
}
