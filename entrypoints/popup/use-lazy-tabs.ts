import type { FunctionComponent } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { useView } from '../../lib/ui/view-context.ts';
import type { CreateTab, TabPlace } from './tabs/tab-code.ts';

/** Most people come to vote, so the code of everything else comes later. */
const codeOf = {
  tweet: () => import('./tabs/tweet-tab.tsx'),
  lookup: () => import('./tabs/look-up-tab.tsx'),
  accounts: () => import('./tabs/accounts-tab.tsx'),
  activity: () => import('./tabs/activity-tab.tsx'),
} satisfies Record<string, () => Promise<{ readonly createTab: CreateTab }>>;

type LazyId = keyof typeof codeOf;

export interface LazyTabs {
  /** The views whose code has come. */
  readonly views: Readonly<Partial<Record<string, FunctionComponent>>>;
  /** Loads the code of a tab, once; of a tab that is there from the start nothing. */
  readonly load: (id: string) => void;
}

/** The tabs whose code is not there when the popup opens. It comes as soon as nothing else is to be done. */
export function useLazyTabs({ isInTab, onSeeActivity }: TabPlace): LazyTabs {
  const ports = useView();
  const [views, setViews] = useState<LazyTabs['views']>({});
  const [life] = useState(() => new AbortController());
  const load = useMemo(() => {
    const asked = new Set<string>();
    return (id: string) => {
      if (!isLazy(id) || asked.has(id)) return;
      asked.add(id);
      codeOf[id]().then(
        ({ createTab }) => {
          if (life.signal.aborted) return;
          const view = createTab(ports, life.signal, { isInTab, onSeeActivity });
          setViews((before) => ({ ...before, [id]: view }));
        },
        // The next who wants it asks again.
        () => asked.delete(id),
      );
    };
  }, [ports, life, isInTab, onSeeActivity]);
  useEffect(() => {
    ports.whenIdle(() => Object.keys(codeOf).forEach(load), life.signal);
    return () => life.abort();
  }, [ports, load, life]);
  return { views, load };
}

function isLazy(id: string): id is LazyId {
  return Object.hasOwn(codeOf, id);
}
