import { BatchProgress } from './batch-progress.tsx';
import { useQuery } from './use-query.ts';

/** The batches under way. */
export function BatchBar() {
  const { value } = useQuery('batch.list', {}, ['batches', 'outbox', 'journal']);
  return (
    <>
      {value?.batches.map(
        (batch) => batch.state !== 'ended' && <BatchProgress key={batch.id} batch={batch} />,
      )}
    </>
  );
}
