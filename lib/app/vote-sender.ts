/**
 * Takes votes from the outbox to the chain: one after another for an account, spaced as the chain wants it, and each at
 * most once. A vote whose answer did not arrive is looked up on the chain before anything else happens to it.
 */
import type { Access, Accounts } from '../accounts/accounts.ts';
import { AppError, type ErrorCode, toAppError } from '../errors.ts';
import type { Journal } from '../journal/journal.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Ports } from '../ports.ts';
import { readBroadcastError } from '../steem/broadcast-error.ts';
import { buildVoteRequest, readTransactionId } from '../steem/broadcast.ts';
import { chains } from '../steem/chain.ts';
import type { ChainReader } from '../steem/chain-reader.ts';
import { parseWeight } from '../steem/weight.ts';
import type { JournalRecord, VoteEntry } from '../vault/schema.ts';
import { buildFailureFields } from './failure-fields.ts';
import { createServiceCall } from './service-call.ts';

/** Failures that do not tell whether the vote was taken, unless the service explained itself in its own words. */
const unclear: ReadonlySet<ErrorCode> = new Set([
  'bad_answer',
  'internal',
  'network',
  'service_busy',
  'service_error',
  'timeout',
]);

/** How often a vote that came too soon after another is sent again. */
const soonRetries = 2;
/** How often the chain is asked for a vote whose answer is missing; blocks come every 3 s. */
const lookUps = 3;
const blockMs = 3000;

/** What a vote is of, to find its history. */
export function voteTarget(
  name: string,
  { chain, author, permlink }: Pick<VoteEntry, 'chain' | 'author' | 'permlink'>,
) {
  return `vote:${name}:${chain}:${author}/${permlink}`;
}

interface End {
  readonly outcome: JournalRecord['outcome'];
  readonly transactionId?: string;
  readonly wasThere?: boolean;
  readonly error?: AppError;
}

export interface VoteSender {
  /** Sends the entry, which lies in the outbox by now, and resolves with how it ended. Never rejects but on storage. */
  send(request: string): Promise<JournalRecord>;
  /** When it will be the account's turn, UTC ms; takes that turn. */
  takeTurn(account: string, chain: VoteEntry['chain']): Promise<number>;
}

export function createVoteSender(
  ports: Pick<Ports, 'http' | 'clock' | 'locks' | 'translate'>,
  {
    accounts,
    chainReader,
    journal,
    outbox,
  }: {
    readonly accounts: Accounts;
    readonly chainReader: ChainReader;
    readonly journal: Journal;
    readonly outbox: Outbox;
  },
): VoteSender {
  const { clock, locks, translate } = ports;
  const callService = createServiceCall(ports, accounts);
  /** When the next vote of an account may leave, for those already queued in this worker. */
  const turns = new Map<string, number>();

  async function earliest(account: string, chain: VoteEntry['chain']): Promise<number> {
    const last = (await accounts.find(account))?.lastVoteAt;
    return last === undefined ? 0 : last + chains[chain].voteSpacingMs;
  }

  async function finish(entry: VoteEntry, name: string, provider: string, end: End): Promise<JournalRecord> {
    const record: JournalRecord = {
      request: entry.request,
      at: clock.now(),
      action: entry.action,
      provider,
      account: entry.account,
      name,
      chain: entry.chain,
      author: entry.author,
      permlink: entry.permlink,
      weight: entry.weight,
      target: voteTarget(name, entry),
      outcome: end.outcome,
      isReviewed: false,
      ...(end.transactionId === undefined ? {} : { transactionId: end.transactionId }),
      ...(end.wasThere === undefined ? {} : { wasThere: end.wasThere }),
      ...buildFailureFields(end.error, translate),
    };
    await outbox.finish(entry, record);
    if (end.outcome === 'done') await remember(entry);
    // What was not taken keeps nobody waiting.
    else turns.delete(entry.account);
    return record;
  }

  /** A downvote's weight, and a removal, are not what the person wants next time. */
  async function remember({ account, kind, weight }: VoteEntry): Promise<void> {
    const weights =
      kind === undefined || weight <= 0
        ? {}
        : kind === 'post'
          ? { postWeight: weight }
          : { commentWeight: weight };
    await accounts.update(account, { lastVoteAt: clock.now(), ...weights });
  }

  const readOwnVote = (entry: VoteEntry, voter: string) =>
    chainReader.ownVote({ chain: entry.chain, author: entry.author, permlink: entry.permlink, voter });

  /** The vote's answer is missing or leaves it open (`details`): the chain knows whether it was taken. */
  async function reconcile(entry: VoteEntry, voter: string, details?: string): Promise<End> {
    for (let attempt = 0; attempt < lookUps; attempt += 1) {
      if (attempt > 0) await clock.sleep(blockMs);
      const own = await readOwnVote(entry, voter).catch(() => undefined);
      if (own !== undefined && own.weight === entry.weight) return { outcome: 'done' };
    }
    const error = new AppError('vote_unknown', details === undefined ? {} : { details });
    return { outcome: 'unknown', error };
  }

  async function broadcast(entry: VoteEntry, access: Access): Promise<string> {
    const { author, permlink } = entry;
    const vote = { voter: access.account.name, author, permlink, weight: parseWeight(entry.weight) };
    try {
      return readTransactionId(
        await callService(access, buildVoteRequest(access.registration.bases.api, vote)),
      );
    } catch (thrown) {
      const error = toAppError(thrown);
      throw error.code === 'service_error' && error.details !== undefined
        ? readBroadcastError(error.details)
        : error;
    }
  }

  /** Sends, and waits for the next block when the chain says "too soon". */
  async function broadcastPatiently(entry: VoteEntry, access: Access): Promise<string> {
    for (let soon = 0; ; soon += 1) {
      try {
        return await broadcast(entry, access);
      } catch (thrown) {
        if (toAppError(thrown).code !== 'vote_too_soon' || soon === soonRetries) throw thrown;
        await clock.sleep(blockMs);
      }
    }
  }

  async function attempt(entry: VoteEntry, access: Access): Promise<End> {
    try {
      return { outcome: 'done', transactionId: await broadcastPatiently(entry, access) };
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.code === 'vote_identical') return { outcome: 'done', wasThere: true };
      const isUnclear =
        (unclear.has(error.code) && error.details === undefined) || error.code === 'transaction_expired';
      return isUnclear ? reconcile(entry, access.account.name, error.details) : { outcome: 'failed', error };
    }
  }

  /** What can be known before the request leaves: a token, the post, and that the network is there. */
  async function prepare(entry: VoteEntry, name: string): Promise<Access | End> {
    try {
      const own = readOwnVote(entry, name).catch((thrown: unknown) => {
        const error = toAppError(thrown);
        // Nodes in trouble are no reason not to vote; no network, or no such post, is.
        if (error.code === 'network' || error.code === 'post_not_found') throw error;
        return undefined;
      });
      const [access, vote] = await Promise.all([accounts.access(entry.account), own]);
      return vote?.weight === entry.weight && entry.weight !== 0
        ? { outcome: 'done', wasThere: true }
        : access;
    } catch (thrown) {
      return { outcome: 'failed', error: toAppError(thrown) };
    }
  }

  async function process(entry: VoteEntry): Promise<JournalRecord> {
    const account = await accounts.find(entry.account);
    if (account === undefined)
      return finish(entry, '', '', { outcome: 'failed', error: new AppError('unknown_account') });
    const end = (result: End) => finish(entry, account.name, account.provider, result);
    // Found `sending` at its turn: the worker that sent it died before the answer.
    if (entry.state === 'sending') return end(await reconcile(entry, account.name));
    await clock.sleep(Math.max(0, (await earliest(entry.account, entry.chain)) - clock.now()));
    const access = await prepare(entry, account.name);
    if ('outcome' in access) return end(access);
    const sending: VoteEntry = { ...entry, state: 'sending', sentAt: clock.now() };
    await outbox.put(sending);
    return end(await attempt(sending, access));
  }

  return {
    async takeTurn(account, chain) {
      const { voteSpacingMs } = chains[chain];
      const turn = Math.max(clock.now(), turns.get(account) ?? 0, await earliest(account, chain));
      if (voteSpacingMs > 0) turns.set(account, turn + voteSpacingMs);
      return turn;
    },

    async send(request) {
      const { account } = (await outbox.find(request)) ?? { account: '' };
      return locks.run(`vote:${account}`, async () => {
        const entry = await outbox.find(request);
        if (entry?.action === 'vote.cast') return process(entry);
        const ended = await journal.findRequest(request);
        if (ended === undefined) throw new AppError('internal');
        return ended;
      });
    },
  };
}
