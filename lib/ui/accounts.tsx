import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { AccountView } from '../actions/accounts.ts';
import { AccountRow } from './account-row.tsx';
import { AccountSearch } from './account-search.tsx';
import { FailureNote } from './failure-note.tsx';
import { Icon } from './icon.tsx';
import { SignInWaiting } from './sign-in-waiting.tsx';
import { SignOutResult } from './sign-out-result.tsx';
import { TaskOutcome } from './task-outcome.tsx';
import { useQuery } from './use-query.ts';
import { useTask, type Task } from './use-task.ts';
import { useView } from './view-context.ts';

interface Props {
  /** Leads to where services are set up. */
  readonly onSetUp: () => void;
  /** What a view has to add to an account. */
  readonly more?: (account: AccountView) => ComponentChildren;
}

/** More rows than these nobody looks through. */
const pageSize = 20;

const isWithoutKey = ({ health }: AccountView) => health.state === 'needs_sign_in' && health.isKeyMissing;

function fits({ name, service }: AccountView, search: string): boolean {
  return `${name} ${service}`.toLowerCase().includes(search.trim().toLowerCase());
}

/** The connected accounts and what can be done with each, as in the popup's Accounts tab and in Options. */
export function Accounts({ onSetUp, more }: Props) {
  const { t } = useView();
  const task = useTask();
  const { value, failure } = useQuery('accounts.list', {}, ['accounts', 'services']);
  const signIn = useQuery('accounts.find-sign-in', {}, ['accounts']).value;
  return (
    <div class="view">
      {failure !== undefined && <FailureNote failure={failure} />}
      {value?.accounts.length === 0 && <NoAccounts />}
      {value?.accounts.some(isWithoutKey) === true && <p class="notice">{t('accounts_key_missing')}</p>}
      {value !== undefined && value.accounts.length > 0 && (
        <AccountList accounts={value.accounts} task={task} more={more} />
      )}
      <SignInWaiting running={signIn?.running} />
      <TaskOutcome task={task} />
      <AddAccount task={task} onSetUp={onSetUp} />
    </div>
  );
}

interface ListProps {
  readonly more: Props['more'] | undefined;
  readonly accounts: readonly AccountView[];
  readonly task: Task;
}

function AccountList({ accounts, task, more }: ListProps) {
  const { t, invoke } = useView();
  const [leaving, setLeaving] = useState<string>();
  const [search, setSearch] = useState('');
  const [shown, setShown] = useState(pageSize);
  const found = accounts.filter((account) => fits(account, search));
  const signOut = (account: AccountView) => {
    setLeaving(undefined);
    void task.run(async () => {
      const signedOut = await invoke('accounts.sign-out', { account: account.id });
      return <SignOutResult account={account} {...signedOut} />;
    });
  };
  return (
    <>
      {accounts.length > pageSize && (
        <AccountSearch text={search} count={found.length} onChange={setSearch} />
      )}
      <ul class="rows">
        {found.slice(0, shown).map((account) => (
          <AccountRow
            key={account.id}
            account={account}
            isBusy={task.isRunning}
            more={more?.(account)}
            isLeaving={leaving === account.id}
            isChoice={accounts.some((other) => other !== account && isForTheSame(other, account))}
            onLeave={(isLeaving) => setLeaving(isLeaving ? account.id : undefined)}
            onSignOut={() => signOut(account)}
            onRefresh={() =>
              void task.run(async () => {
                await invoke('accounts.refresh', { account: account.id });
                return t('account_refreshed', { name: account.name });
              }, t('health_refreshing'))
            }
            onSignIn={() =>
              void task.run(async () => {
                await invoke('accounts.sign-in', { provider: account.provider, account: account.id });
                return t('signed_in', { name: account.name });
              }, t('sign_in_running'))
            }
            onMakeDefault={() =>
              void task.run(async () => {
                await invoke('accounts.set-default', {
                  account: account.id,
                  action: account.actsFor,
                });
                return t('account_default_set', { name: account.name });
              })
            }
          />
        ))}
      </ul>
      {found.length > shown && (
        <div class="buttons">
          <button type="button" onClick={() => setShown(shown + pageSize)}>
            {t('accounts_more', { count: found.length - shown })}
          </button>
        </div>
      )}
    </>
  );
}

/** Votes go by chain: an account of the other chain is no choice. */
function isForTheSame(one: AccountView, other: AccountView): boolean {
  return one.actsFor === other.actsFor && one.chain === other.chain;
}

function NoAccounts() {
  const { t } = useView();
  return (
    <div class="empty">
      <Icon name="key" />
      <h2>{t('accounts_empty_title')}</h2>
      <p>{t('accounts_empty')}</p>
    </div>
  );
}

/** One button for each service that is set up, and the way to set up more. */
function AddAccount({ task, onSetUp }: { readonly task: Task; readonly onSetUp: () => void }) {
  const { t, invoke } = useView();
  const { value } = useQuery('services.list', {}, ['services']);
  const ready = value?.services.filter(({ isSetUp }) => isSetUp) ?? [];
  return (
    <div class="buttons">
      {ready.map(({ provider, title }) => (
        <button
          type="button"
          key={provider}
          disabled={task.isRunning}
          onClick={() =>
            void task.run(async () => {
              const { account } = await invoke('accounts.sign-in', { provider });
              return t('signed_in', { name: account.name });
            }, t('sign_in_running'))
          }
        >
          {t('account_add', { service: title })}
        </button>
      ))}
      {value !== undefined && (
        <button type="button" class={ready.length === 0 ? 'primary' : 'link'} onClick={onSetUp}>
          {t('set_up_service')}
        </button>
      )}
    </div>
  );
}
