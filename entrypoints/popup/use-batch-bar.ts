import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useQuery } from '../../lib/ui/use-query.ts';

/** What shows the batches under way. Most people have none, so its code comes when there is one: with that of the Activity, which shows it too. */
export function useBatchBar(): FunctionComponent | undefined {
  const { value } = useQuery('batch.list', {}, ['batches']);
  const isGoing = value?.batches.some(({ state }) => state !== 'ended') ?? false;
  const [view, setView] = useState<{ readonly BatchBar: FunctionComponent }>();
  useEffect(() => {
    if (isGoing) void import('./tabs/activity-tab.tsx').then(setView);
  }, [isGoing]);
  return view?.BatchBar;
}
