import { useCallback, useEffect, useState } from 'preact/hooks';
import logo from '../../assets/icons/latchkey.svg?no-inline';
import { Icon } from '../../lib/ui/icon.tsx';
import { tabElementId, Tabs, type Tab } from '../../lib/ui/tabs.tsx';
import { useQuery } from '../../lib/ui/use-query.ts';
import { useView } from '../../lib/ui/view-context.ts';
import { useBatchBar } from './use-batch-bar.ts';
import { useUnlock } from './use-unlock.ts';
import { useLater } from './use-later.ts';
import { useLazyTabs } from './use-lazy-tabs.ts';
import { useVoteTweet } from './use-vote-tweet.ts';
import { VoteView } from './views/vote.tsx';
import type { Place, TabId } from './read-place.ts';
import { createVoteForm, type VoteForm } from './vote-form.ts';

/** The toolbar popup, or the same view in a browser tab of its own. */
export function App({ isInTab, tab }: Place) {
  const { t, openOptions } = useView();
  const [selected, setSelected] = useState<TabId>(tab);
  // A function that stays the same: the code of the tabs is told it once.
  const onSeeActivity = useCallback(() => {
    setSelected('activity');
    document.getElementById(tabElementId('activity'))?.focus();
  }, []);
  const voteForm = useVoteForm();
  const tweet = useVoteTweet(voteForm);
  const later = useLater();
  const { views, load } = useLazyTabs({ isInTab, onSeeActivity });
  const View = views[selected];
  const tabs = useTabs();
  const BatchBar = useBatchBar();
  const { isLocked, View: Unlock } = useUnlock();
  useEffect(() => load(selected), [load, selected]);
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
        {isLocked ? (
          Unlock !== undefined && <Unlock next={tabElementId(selected)} />
        ) : (
          <Tabs
            label={t('extension_name')}
            tabs={tabs}
            selected={selected}
            onSelect={setSelected}
            onApproach={load}
          >
            {selected === 'vote' ? (
              <>
                {BatchBar !== undefined && <BatchBar />}
                <VoteView form={voteForm} tweet={tweet} later={later} onSeeActivity={onSeeActivity} />
              </>
            ) : View === undefined ? (
              <p class="busy late">{t('loading')}</p>
            ) : (
              <View />
            )}
          </Tabs>
        )}
      </main>
    </>
  );
}

function useTabs(): Tab<TabId>[] {
  const { t } = useView();
  const { value: journal } = useQuery('journal.list', { limit: 1 }, ['journal']);
  const { value } = useQuery('accounts.list', {}, ['accounts']);
  const { value: outbox } = useQuery('outbox.list', {}, ['outbox']);
  const waiting = value?.accounts.filter(({ health }) => health.state === 'needs_sign_in').length ?? 0;
  const open = journal?.openCount ?? 0;
  const missed = outbox?.entries.filter(({ waitsFor }) => waitsFor === 'missed').length ?? 0;
  const activity = [
    missed > 0 && t('activity_missed', { count: missed }),
    open > 0 && t('activity_open', { count: open }),
  ];
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
      count: missed + open,
      countTitle: activity.filter(Boolean).join(', '),
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
