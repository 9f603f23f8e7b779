/** The journal as people read it and take it away. */
import type { ActionContext } from '../actions/context.ts';
import type { JournalEntryView } from '../actions/journal.ts';
import { findProvider } from '../providers/index.ts';
import type { Clock } from '../ports.ts';
import type { Journal, JournalEntry, JournalFilter, JournalPage } from '../journal/journal.ts';
import { buildCsv, buildCsvLines } from '../journal/csv.ts';
import { buildTweetUrl } from '../twitter/tweet-link.ts';
import { findTransactionUrl } from './transaction-url.ts';
import { deletionTarget } from './tweet-entries.ts';

const usualPage = 30;

/**
 * A piece of an export ends at whichever is reached first. Chromium ends a message at 64 MiB; one entry is a few hundred
 * characters, and at most what a service answered.
 */
const mostEntries = 2000;
const manyCharacters = 4_000_000;

function mayTryAgain({ action, outcome, account, author, isReviewed, isRestored }: JournalEntry): boolean {
  // A vote that is there is not cast twice; a tweet that is settled might be posted twice.
  return action === 'tweet.post'
    ? outcome === 'failed' && !isReviewed && isRestored !== true
    : outcome !== 'done' && author !== undefined && account !== '';
}

/** @param deleted the deletions that were done, as targets. */
function view(entry: JournalEntry, deleted: ReadonlySet<string>): JournalEntryView {
  const { id, request, at, action, provider, name, chain, author, permlink, weight, outcome, code, message } =
    entry;
  const { posted = [] } = entry;
  return {
    id,
    request,
    at,
    action,
    title: entry.title,
    provider,
    service: findProvider(provider)?.title ?? provider,
    account: name,
    chain,
    author,
    permlink,
    weight,
    outcome,
    code,
    message,
    details: entry.details,
    transactionId: entry.transactionId,
    transactionUrl: findTransactionUrl(entry),
    parts: entry.parts,
    posted:
      action === 'tweet.post'
        ? posted.map((tweet) => ({
            id: tweet,
            url: buildTweetUrl(tweet),
            isDeleted: deleted.has(deletionTarget(tweet)),
          }))
        : undefined,
    isReviewed: entry.isReviewed,
    canTryAgain: mayTryAgain(entry),
    isRestored: entry.isRestored ?? false,
  };
}

/** As people read them; which tweets were deleted since is looked up for all of them in one go. */
async function viewAll(journal: Journal, entries: readonly JournalEntry[]): Promise<JournalEntryView[]> {
  const tweets = entries.flatMap(({ action, posted = [] }) => (action === 'tweet.post' ? posted : []));
  const deleted = await journal.listDone(tweets.map(deletionTarget));
  return entries.map((entry) => view(entry, deleted));
}

const columns = [
  'time',
  'action',
  'title',
  'service',
  'account',
  'chain',
  'author',
  'permlink',
  'weight',
  'outcome',
  'code',
  'message',
  'details',
  'transactionId',
  'text',
  'tweets',
  'isReviewed',
] as const;

/** No column tells whether a tweet was deleted since, so that nothing is looked up for a row. */
function toRow(entry: JournalEntry) {
  const { at, parts = [], posted = [], ...rest } = view(entry, new Set());
  return {
    ...rest,
    time: new Date(at).toISOString(),
    text: parts.join('\n---\n'),
    tweets: posted.map(({ url }) => url).join(' '),
  };
}

/** Entries newest first that fit into one message, and where the next piece begins. */
async function readPiece(journal: Journal, filter: JournalFilter, before?: number): Promise<JournalPage> {
  const entries: JournalEntry[] = [];
  let size = 0;
  for await (const entry of journal.all(filter, before)) {
    if (entries.length === mostEntries || size > manyCharacters) return { entries, next: entries.at(-1)?.id };
    entries.push(entry);
    size += JSON.stringify(entry).length;
  }
  return { entries, next: undefined };
}

type Row = ReturnType<typeof toRow>;
interface Place {
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** Pieces that make one file when they are joined. A piece that is not the first comes after at least one row. */
const buildPiece = {
  csv: (rows: readonly Row[], { isFirst }: Place) => (isFirst ? buildCsv : buildCsvLines)(columns, rows),
  json(rows: readonly Row[], { isFirst, isLast }: Place): string {
    // Without the brackets of its own list.
    const inner = rows.length === 0 ? '' : JSON.stringify(rows, columns.slice(), 2).slice(1, -2);
    const start = isFirst ? '[' : inner && ',';
    const end = isFirst && inner === '' ? ']\n' : '\n]\n';
    return start + inner + (isLast ? end : '');
  },
};

export function createActivity(journal: Journal, clock: Clock): ActionContext['journal'] {
  return {
    async list({ filter = {}, before, limit = usualPage }) {
      const [page, openCount, accounts] = await Promise.all([
        journal.page(filter, limit, before),
        journal.openCount(),
        journal.names(),
      ]);
      return { entries: await viewAll(journal, page.entries), next: page.next, openCount, accounts };
    },
    review: (id, isReviewed) => journal.review(id, isReviewed),
    async export({ format, filter = {}, before }) {
      const { entries, next } = await readPiece(journal, filter, before);
      const day = new Date(clock.now()).toISOString().slice(0, 10);
      return {
        name: `latchkey-activity-${day}.${format}`,
        text: buildPiece[format](entries.map(toRow), {
          isFirst: before === undefined,
          isLast: next === undefined,
        }),
        next,
      };
    },
    clear: () => journal.clear(),
  };
}
