import { useState } from 'preact/hooks';
import type { Actions } from '../actions/index.ts';
import type { JournalEntryView } from '../actions/journal.ts';
import type { Schedule } from './local-time.ts';
import { readEntryPost } from './read-entry-post.ts';
import { readFailure } from './failure.ts';
import { readWait } from './read-wait.ts';
import { useQuery } from './use-query.ts';
import { useView } from './view-context.ts';
import { VoteResult } from './vote-result.tsx';

type Queued = Extract<Actions['vote.cast']['output'], { state: 'queued' }>;

/** Something that was accepted and has not left. */
export interface KeptRequest {
  readonly request: string;
  /** How it stood when it was accepted. */
  readonly wait: Queued;
  readonly schedule: Schedule | undefined;
}

export interface KeptProps {
  readonly kept: KeptRequest;
  readonly onSeeActivity: () => void;
  /** It was taken back in time. */
  readonly onTakenBack?: (() => void) | undefined;
}

/** The newest of the journal, among which is what has just ended. */
const glance = 20;

/** Why something waits and until when, with the way to take it back; then what became of it. Put it into a live region. */
export function Kept({ kept, onSeeActivity, onTakenBack }: KeptProps) {
  const { t, invoke } = useView();
  const { request, wait, schedule } = kept;
  const [isBusy, setIsBusy] = useState(false);
  /** Why it could not be taken back. */
  const [trouble, setTrouble] = useState<string>();
  const waiting = useQuery('outbox.list', {}, ['outbox']).value?.entries;
  const ended = useQuery('journal.list', { limit: glance }, ['journal']).value?.entries;
  const entry = waiting?.find((one) => one.request === request);
  const end = entry === undefined ? ended?.find((one) => one.request === request) : undefined;
  const known = { waitsFor: wait.reason, until: wait.until, schedule };
  const cancel = async () => {
    setIsBusy(true);
    try {
      const { wasInTime } = await invoke('outbox.cancel', { request });
      if (wasInTime) onTakenBack?.();
      setTrouble(wasInTime ? undefined : t('waiting_too_late'));
    } catch (thrown) {
      setTrouble(readFailure(thrown, t).message);
    }
    setIsBusy(false);
  };
  const canCancel = end === undefined && entry?.waitsFor !== 'answer';
  return (
    <>
      {end === undefined ? <p>{readWait(entry ?? known, t)}</p> : <Ended entry={end} />}
      {trouble !== undefined && <p>{trouble}</p>}
      <div class="buttons tools">
        <button type="button" class="link" onClick={onSeeActivity}>
          {t('kept_see')}
        </button>
        {canCancel && (
          <button type="button" class="link" disabled={isBusy} onClick={() => void cancel()}>
            {t('cancel')}
          </button>
        )}
      </div>
    </>
  );
}

function Ended({ entry }: { readonly entry: JournalEntryView }) {
  const { t } = useView();
  const { account: name, weight = 0, transactionId, transactionUrl } = entry;
  if (entry.outcome !== 'done') return <p>{entry.message}</p>;
  if (entry.action === 'tweet.post') return <p>{t('tweet_done', { name })}</p>;
  const result = { state: 'done', wasThere: false, name, weight, transactionId, transactionUrl } as const;
  return <VoteResult result={result} post={readEntryPost(entry)} />;
}
