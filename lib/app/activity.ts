/** The journal as people read it and take it away. */
import type { ActionContext } from '../actions/context.ts';
import type { JournalEntryView } from '../actions/journal.ts';
import { findProvider } from '../providers/index.ts';
import type { Clock } from '../ports.ts';
import type { Journal, JournalEntry } from '../journal/journal.ts';
import { buildCsv } from '../journal/csv.ts';
import { buildTweetUrl } from '../twitter/tweet-link.ts';
import { findTransactionUrl } from './transaction-url.ts';
import { deletionTarget } from './tweet-entries.ts';

const usualPage = 30;

/** The tweets of an entry, and which of them were deleted since. */
async function listTweets(journal: Journal, { action, posted = [] }: JournalEntry) {
  if (action !== 'tweet.post') return undefined;
  const deletions = await Promise.all(posted.map((id) => journal.countDone(deletionTarget(id))));
  return posted.map((id, index) => ({ id, url: buildTweetUrl(id), isDeleted: deletions[index] !== 0 }));
}

function mayTryAgain({ action, outcome, author, isReviewed }: JournalEntry): boolean {
  // A vote that is there is not cast twice; a tweet that is settled might be posted twice.
  return action === 'tweet.post'
    ? outcome === 'failed' && !isReviewed
    : outcome !== 'done' && author !== undefined;
}

async function view(journal: Journal, entry: JournalEntry): Promise<JournalEntryView> {
  const { id, request, at, action, provider, name, chain, author, permlink, weight, outcome, code, message } =
    entry;
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
    posted: await listTweets(journal, entry),
    isReviewed: entry.isReviewed,
    canTryAgain: mayTryAgain(entry),
  };
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

async function toRow(journal: Journal, entry: JournalEntry) {
  const { at, parts = [], posted = [], ...rest } = await view(journal, entry);
  return {
    ...rest,
    time: new Date(at).toISOString(),
    text: parts.join('\n---\n'),
    tweets: posted.map(({ url }) => url).join(' '),
  };
}

export function createActivity(journal: Journal, clock: Clock): ActionContext['journal'] {
  return {
    async list({ filter = {}, before, limit = usualPage }) {
      const [page, openCount, accounts] = await Promise.all([
        journal.page(filter, limit, before),
        journal.openCount(),
        journal.names(),
      ]);
      const entries = await Promise.all(page.entries.map((entry) => view(journal, entry)));
      return { entries, next: page.next, openCount, accounts };
    },
    review: (id, isReviewed) => journal.review(id, isReviewed),
    async export(format, filter = {}) {
      const rows = [];
      for await (const entry of journal.all(filter)) rows.push(await toRow(journal, entry));
      const day = new Date(clock.now()).toISOString().slice(0, 10);
      return {
        name: `latchkey-activity-${day}.${format}`,
        text: format === 'csv' ? buildCsv(columns, rows) : `${JSON.stringify(rows, columns.slice(), 2)}\n`,
      };
    },
    clear: () => journal.clear(),
  };
}
