/** The journal as people read it and take it away. */
import type { ActionContext } from '../actions/context.ts';
import type { JournalEntryView } from '../actions/journal.ts';
import { findProvider } from '../providers/index.ts';
import type { Clock } from '../ports.ts';
import type { Journal, JournalEntry } from '../journal/journal.ts';
import { buildCsv } from '../journal/csv.ts';
import { findTransactionUrl } from './transaction-url.ts';

const usualPage = 30;

function view(entry: JournalEntry): JournalEntryView {
  const { id, at, action, provider, name, chain, author, permlink, weight, outcome, code, message } = entry;
  return {
    id,
    at,
    action,
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
    isReviewed: entry.isReviewed,
    canTryAgain: outcome !== 'done' && author !== undefined,
  };
}

const columns = [
  'time',
  'action',
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
  'isReviewed',
] as const;

function toRow(entry: JournalEntry) {
  const { at, ...rest } = view(entry);
  return { ...rest, time: new Date(at).toISOString() };
}

export function createActivity(journal: Journal, clock: Clock): ActionContext['journal'] {
  return {
    async list({ filter = {}, before, limit = usualPage }) {
      const [page, openCount, accounts] = await Promise.all([
        journal.page(filter, limit, before),
        journal.openCount(),
        journal.names(),
      ]);
      return { entries: page.entries.map(view), next: page.next, openCount, accounts };
    },
    review: (id, isReviewed) => journal.review(id, isReviewed),
    async export(format, filter = {}) {
      const rows = [];
      for await (const entry of journal.all(filter)) rows.push(toRow(entry));
      const day = new Date(clock.now()).toISOString().slice(0, 10);
      return {
        name: `latchkey-activity-${day}.${format}`,
        text: format === 'csv' ? buildCsv(columns, rows) : `${JSON.stringify(rows, columns.slice(), 2)}\n`,
      };
    },
    clear: () => journal.clear(),
  };
}
