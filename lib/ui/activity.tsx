import { useState } from 'preact/hooks';
import type { JournalEntryView } from '../actions/journal.ts';
import { ActivityEntry, isTweet } from './activity-entry.tsx';
import { ActivityFilter, type JournalFilter } from './activity-filter.tsx';
import { askEveryPiece } from '../bus/ask-every-piece.ts';
import { askUntilDone } from '../bus/ask-until-done.ts';
import { Confirm } from './confirm.tsx';
import { FailureNote } from './failure-note.tsx';
import { Icon } from './icon.tsx';
import { readEntryPost } from './read-entry-post.ts';
import { TaskOutcome } from './task-outcome.tsx';
import { useQuery } from './use-query.ts';
import { useTask, type Task } from './use-task.ts';
import { useTweetEntry } from './use-tweet-entry.tsx';
import { useView } from './view-context.ts';
import { VoteResult } from './vote-result.tsx';
import { Waiting } from './waiting.tsx';

const pageSize = 20;

/** What was done and how it ended, newest first. */
export function Activity() {
  return <BatchActivity batch={undefined} />;
}

/** The same, narrowed to the votes of one batch until the person wants all. */
export function BatchActivity({ batch }: { readonly batch: string | undefined }) {
  const { t, invoke, newId } = useView();
  const task = useTask();
  const [filter, setFilter] = useState<JournalFilter>(batch === undefined ? {} : { batch });
  // Where each page begins, the one on show last. One page at a time keeps 100,000 entries as quick as ten.
  const [pages, setPages] = useState<readonly number[]>([]);
  const before = pages.at(-1);
  const { value, failure } = useQuery(
    'journal.list',
    { filter, limit: pageSize, ...(before !== undefined && { before }) },
    ['journal'],
  );
  const change = (changed: JournalFilter) => {
    setFilter(changed);
    setPages([]);
  };
  const tweets = useTweetEntry(task);
  const entries = value?.entries ?? [];
  const tryVoteAgain = (entry: JournalEntryView) => {
    const request = newId();
    // The entry asked before it called.
    const confirmed = entry.weight !== undefined && entry.weight < 0 ? { isConfirmed: true } : {};
    void task.run(
      async () => {
        const result = await askUntilDone(
          () => invoke('journal.try-again', { id: entry.id, request, ...confirmed }),
          () => task.say(t('vote_waiting')),
        );
        return <VoteResult result={result} post={readEntryPost(entry)} />;
      },
      t('vote_sending', { post: readEntryPost(entry) }),
    );
  };
  return (
    <div class="view">
      <Waiting />
      <ActivityFilter filter={filter} accounts={value?.accounts ?? []} onChange={change} />
      {filter.batch !== undefined && (
        <p class="notice">
          {t('activity_of_batch')}
          <button type="button" onClick={() => change(withoutBatch(filter))}>
            {t('activity_show_all')}
          </button>
        </p>
      )}
      <TaskOutcome task={task} />
      {failure !== undefined && <FailureNote failure={failure} />}
      {value !== undefined && entries.length === 0 && (
        <NoEntries isFiltered={Object.keys(filter).length > 0} />
      )}
      {entries.length > 0 && (
        <ul class="rows" aria-label={t('tab_activity')}>
          {entries.map((entry) => (
            <ActivityEntry
              key={entry.id}
              entry={entry}
              isBusy={task.isRunning}
              onReview={(isReviewed) =>
                void task.run(async () => {
                  await invoke('journal.review', { id: entry.id, isReviewed });
                  return undefined;
                })
              }
              isMissing={tweets.isMissing(entry)}
              onTryAgain={() => (isTweet(entry) ? tweets.tryAgain(entry) : tryVoteAgain(entry))}
              onCheck={() => tweets.check(entry)}
              onDelete={() => tweets.remove(entry)}
            />
          ))}
        </ul>
      )}
      <Pager next={value?.next} pages={pages} onTurn={setPages} />
      <ActivityTools filter={filter} isEmpty={entries.length === 0} task={task} />
    </div>
  );
}

function withoutBatch({ batch: _batch, ...filter }: JournalFilter): JournalFilter {
  return filter;
}

interface PagerProps {
  readonly next: number | undefined;
  readonly pages: readonly number[];
  readonly onTurn: (pages: readonly number[]) => void;
}

function Pager({ next, pages, onTurn }: PagerProps) {
  const { t } = useView();
  if (next === undefined && pages.length === 0) return null;
  return (
    <div class="buttons pager">
      {pages.length > 0 && (
        <button type="button" onClick={() => onTurn(pages.slice(0, -1))}>
          {t('activity_newer')}
        </button>
      )}
      {next !== undefined && (
        <button type="button" onClick={() => onTurn([...pages, next])}>
          {t('activity_older')}
        </button>
      )}
    </div>
  );
}

/** Takes the Activity out as a file, or forgets it. */
function ActivityTools({ filter, isEmpty, task }: { filter: JournalFilter; isEmpty: boolean; task: Task }) {
  const { t, invoke, saveFile } = useView();
  const [isClearing, setIsClearing] = useState(false);
  const save = (format: 'csv' | 'json') =>
    void task.run(async () => {
      const pieces = await askEveryPiece((before) => invoke('journal.export', { format, filter, ...before }));
      const name = pieces[0]?.name ?? '';
      saveFile(name, ...pieces.map(({ text }) => text));
      return t('activity_exported', { name });
    }, t('activity_exporting'));
  if (isEmpty) return null;
  if (isClearing) {
    return (
      <Confirm
        question={t('activity_clear_question')}
        onConfirm={() => {
          setIsClearing(false);
          void task.run(async () => {
            await invoke('journal.clear', {});
            return t('activity_cleared');
          });
        }}
        onCancel={() => setIsClearing(false)}
      />
    );
  }
  return (
    <div class="buttons tools">
      <button type="button" class="link" disabled={task.isRunning} onClick={() => save('csv')}>
        {t('activity_export_csv')}
      </button>
      <button type="button" class="link" disabled={task.isRunning} onClick={() => save('json')}>
        {t('activity_export_json')}
      </button>
      <button type="button" class="link" onClick={() => setIsClearing(true)}>
        {t('activity_clear')}
      </button>
    </div>
  );
}

function NoEntries({ isFiltered }: { readonly isFiltered: boolean }) {
  const { t } = useView();
  return (
    <div class="empty">
      <Icon name="activity" />
      <h2>{isFiltered ? t('activity_none_found') : t('activity_empty_title')}</h2>
      {!isFiltered && <p>{t('activity_empty')}</p>}
    </div>
  );
}
