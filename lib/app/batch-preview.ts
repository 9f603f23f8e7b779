/** What a person sees of a list before they vote on it. */
import type * as z from 'zod/mini';
import type { Accounts } from '../accounts/accounts.ts';
import type { ActionContext } from '../actions/context.ts';
import type { previewBatchOutput } from '../actions/batch.ts';
import { isBadRow, readList } from '../batch/read-list.ts';
import { AppError } from '../errors.ts';
import type { Journal } from '../journal/journal.ts';
import type { Ports, Translate } from '../ports.ts';
import type { ChainReader } from '../steem/chain-reader.ts';
import type { ChainPreview } from '../steem/vote-preview.ts';
import type { SettingsStore } from './settings.ts';
import { voteTarget } from './vote-sender.ts';
import { findVoter } from './voters.ts';

type PreviewOutput = z.input<typeof previewBatchOutput>;
type PreviewedVote = PreviewOutput['votes'][number];

/** An error as a code and a sentence. */
export function describeTrouble({ code, params }: AppError, translate: Translate) {
  return { code, message: translate(`error_${code}`, params) };
}

function judge({ post, voter, warnings }: ChainPreview, weight: number): PreviewedVote['state'] {
  const { currentWeight } = voter ?? {};
  if (warnings.includes('votes_off')) return 'votes_off';
  if (weight === 0 && (currentWeight ?? 0) === 0) return 'nothing';
  if (currentWeight === weight) return 'same';
  if (post.payout.isPaid) return 'paid_out';
  return (currentWeight ?? 0) === 0 ? 'ready' : 'change';
}

export function createBatchPreview(
  { translate }: Pick<Ports, 'translate'>,
  {
    accounts,
    chainReader,
    journal,
    settings,
  }: {
    readonly accounts: Accounts;
    readonly chainReader: ChainReader;
    readonly journal: Journal;
    readonly settings: SettingsStore;
  },
): Pick<ActionContext['batches'], 'read' | 'preview'> {
  return {
    async read({ account, text }) {
      const { chain } = await findVoter(accounts, account);
      const rows = readList(text, chain).map((row) => {
        const { line, text: raw } = row;
        return isBadRow(row)
          ? { line, text: raw, trouble: describeTrouble(row.error, translate) }
          : { line, text: raw, post: row.post, weight: row.weight };
      });
      return { chain, rows };
    },

    async preview({ account, votes }) {
      const voter = await findVoter(accounts, account);
      const { chain } = voter;
      const { name } = voter.account;
      const posts = await Promise.all(
        votes.map(async ({ author, permlink }) => {
          const done = await journal.countDone(voteTarget(name, { chain, author, permlink }));
          return { author, permlink, changesByUs: Math.max(0, done - 1) };
        }),
      );
      const found = await chainReader.previews({ chain, voter: name, posts });
      const readable = found.find((preview) => 'post' in preview);
      return {
        basis: readable?.voter?.basis,
        floorPercent: (await settings.read()).manaFloorPercent,
        votes: votes.map(({ author, permlink, weight }, index): PreviewedVote => {
          const preview = found[index] ?? new AppError('bad_answer');
          const own = { author, permlink, isOwn: author === name };
          return preview instanceof AppError
            ? { ...own, state: 'failed', warnings: [], trouble: describeTrouble(preview, translate) }
            : {
                ...own,
                state: judge(preview, weight),
                post: preview.post,
                currentWeight: preview.voter?.currentWeight,
                warnings: preview.warnings,
              };
        }),
      };
    },
  };
}
