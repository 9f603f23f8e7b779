import type { JournalEntryView } from '../actions/journal.ts';

/** author/permlink of what an entry was about; empty when it was about no post. */
export function readEntryPost({ author, permlink }: JournalEntryView): string {
  return author === undefined || permlink === undefined ? '' : `${author}/${permlink}`;
}
