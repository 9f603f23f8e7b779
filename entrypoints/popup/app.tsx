import { useEffect, useState } from 'preact/hooks';
import logo from '../../assets/icons/latchkey.svg';
import { Accounts } from '../../lib/ui/accounts.tsx';
import { Activity } from '../../lib/ui/activity.tsx';
import { Icon } from '../../lib/ui/icon.tsx';
import { Tabs, type Tab } from '../../lib/ui/tabs.tsx';
import { useQuery } from '../../lib/ui/use-query.ts';
import { useView } from '../../lib/ui/view-context.ts';
import { LookUpView } from './views/look-up.tsx';
import { TweetView } from './views/tweet.tsx';
import { VoteView } from './views/vote.tsx';
import { createLookupForm, type LookupForm } from './lookup-form.ts';
import { createTweetForm, type TweetForm } from './tweet-form.ts';
import { createVoteForm, type VoteForm } from './vote-form.ts';

type TabId = 'vote' | 'tweet' | 'lookup' | 'accounts' | 'activity';

/** The toolbar popup, or the same view in a tab of its own, which begins with Look up. */
export function App({ isInTab = false }: { readonly isInTab?: boolean }) {
  const { t, openOptions } = useView();
  const [selected, setSelected] = useState<TabId>(isInTab ? 'lookup' : 'vote');
  const voteForm = useVoteForm();
  const tweetForm = useTweetForm();
  const lookupForm = useLookupForm();
  return (
    <>
      <header class="brand">
        <img src={logo} alt="" />
        <h1>{t('extension_name')}</h1>
        <button
          type="button"
          class="icon-button"
          aria-label={t('options')}
          title={t('options')}
          onClick={() => void openOptions()}
        >
          <Icon name="settings" />
        </button>
      </header>
      <main>
        <Tabs label={t('extension_name')} tabs={useTabs()} selected={selected} onSelect={setSelected}>
          {selected === 'vote' && <VoteView form={voteForm} />}
          {selected === 'tweet' && <TweetView form={tweetForm} />}
          {selected === 'lookup' && <LookUpView form={lookupForm} isInTab={isInTab} />}
          {selected === 'accounts' && <Accounts onSetUp={() => void openOptions()} />}
          {selected === 'activity' && <Activity />}
        </Tabs>
      </main>
    </>
  );
}

function useTabs(): Tab<TabId>[] {
  const { t } = useView();
  const { value: journal } = useQuery('journal.list', { limit: 1 }, ['journal']);
  const { value } = useQuery('accounts.list', {}, ['accounts']);
  const waiting = value?.accounts.filter(({ health }) => health.state === 'needs_sign_in').length ?? 0;
  const open = journal?.openCount ?? 0;
  const plain = { count: 0, countTitle: '' };
  return [
    { id: 'vote', title: t('tab_vote'), icon: 'vote', ...plain },
    { id: 'tweet', title: t('tab_tweet'), icon: 'tweet', ...plain },
    { id: 'lookup', title: t('tab_look_up'), icon: 'lookup', ...plain },
    {
      id: 'accounts',
      title: t('tab_accounts'),
      icon: 'accounts',
      count: waiting,
      countTitle: t('accounts_waiting', { count: waiting }),
    },
    {
      id: 'activity',
      title: t('tab_activity'),
      icon: 'activity',
      count: open,
      countTitle: t('activity_open', { count: open }),
    },
  ];
}

/** A form lives as long as the popup, so a look at another tab loses nothing and stops nothing. */
function useVoteForm(): VoteForm {
  const ports = useView();
  const [form] = useState(() => createVoteForm(ports));
  useEffect(() => {
    const life = new AbortController();
    ports.onChange((topic) => {
      // A failed look leaves what is there.
      if (topic === 'accounts' || topic === 'settings') form.reload().catch(() => undefined);
    }, life.signal);
    void form.open();
    return () => life.abort();
  }, [form, ports]);
  return form;
}

/** Opened by its tab, since most people come to vote. */
function useTweetForm(): TweetForm {
  const ports = useView();
  const [form] = useState(() => createTweetForm(ports));
  useEffect(() => {
    const life = new AbortController();
    ports.onChange((topic) => {
      if (topic === 'accounts') form.reload().catch(() => undefined);
    }, life.signal);
    return () => life.abort();
  }, [form, ports]);
  return form;
}

/** Opened by its tab; what was looked up stays while other tabs are looked at. */
function useLookupForm(): LookupForm {
  const ports = useView();
  const [form] = useState(() => createLookupForm(ports));
  useEffect(() => {
    const life = new AbortController();
    ports.onChange((topic) => {
      if (topic === 'accounts') form.reload().catch(() => undefined);
    }, life.signal);
    return () => life.abort();
  }, [form, ports]);
  return form;
}
