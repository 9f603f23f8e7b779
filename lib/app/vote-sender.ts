/**
 * Takes a vote from the outbox to the chain, at most once. A vote whose answer did not arrive is looked up on the chain
 * before anything else happens to it.
 */
import type { Access, Accounts } from '../accounts/accounts.ts';
import { AppError, type ErrorCode, toAppError } from '../errors.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { holdAgain, holdOffline } from '../outbox/line.ts';
import type { Ports } from '../ports.ts';
import { readBroadcastError } from '../steem/broadcast-error.ts';
import { buildVoteRequest, readTransactionId } from '../steem/broadcast.ts';
import { chains } from '../steem/chain.ts';
import type { ChainReader } from '../steem/chain-reader.ts';
import { parseWeight } from '../steem/weight.ts';
import type { Account, Hold, JournalRecord, VoteEntry } from '../vault/schema.ts';
import { buildFailureFields } from './failure-fields.ts';
import { holdAfter, isToldToWait, readStopped } from './hold-after.ts';
import type { Sent } from './outbox-runner.ts';
import { createServiceCall } from './service-call.ts';

/** Failures that do not tell whether the vote was taken, unless the service explained itself in its own words. */
const unclear: ReadonlySet<ErrorCode> = new Set([
  'answer_too_large',
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

interface Waits {
  readonly hold: Hold;
}

export interface VoteSender {
  /** Sends an entry whose turn it is, or finds out how it ended where it was found `sending`. */
  send(entry: VoteEntry): Promise<Sent>;
  /** Ends an entry that has not left; undefined where it has. */
  fail(entry: VoteEntry, error: AppError): Promise<JournalRecord | undefined>;
  /** How the journal tells of an entry that has not left and failed. */
  describeFailure(entry: VoteEntry, account: Account | undefined, error: AppError): JournalRecord;
  /** How long the chain wants the account to wait before its next vote, in ms. */
  spacing(entry: Pick<VoteEntry, 'account' | 'chain'>): Promise<number>;
}

export function createVoteSender(
  ports: Pick<Ports, 'http' | 'clock' | 'network' | 'translate'>,
  {
    accounts,
    chainReader,
    outbox,
  }: {
    readonly accounts: Accounts;
    readonly chainReader: ChainReader;
    readonly outbox: Outbox;
  },
): VoteSender {
  const { clock, network, translate } = ports;
  const callService = createServiceCall(ports, accounts);
  function describe(entry: VoteEntry, account: Account | undefined, end: End): JournalRecord {
    const { request, action, chain, author, permlink, weight, batch } = entry;
    const { name = '', provider = '' } = account ?? {};
    return {
      ...{ request, action, provider, account: entry.account, name, chain, author, permlink, weight },
      at: clock.now(),
      target: voteTarget(name, entry),
      outcome: end.outcome,
      // Who took it back knows.
      isReviewed: end.error?.code === 'taken_back',
      ...(batch === undefined ? {} : { batch }),
      ...(end.transactionId === undefined ? {} : { transactionId: end.transactionId }),
      ...(end.wasThere === undefined ? {} : { wasThere: end.wasThere }),
      ...buildFailureFields(end.error, translate),
    };
  }

  const describeFailure: VoteSender['describeFailure'] = (entry, account, error) =>
    describe(entry, account, { outcome: 'failed', error });

  async function finish(entry: VoteEntry, account: Account | undefined, end: End): Promise<Sent> {
    // Before the entry is gone: what comes next asks how long ago this was.
    if (end.outcome === 'done') await remember(entry);
    const record = await outbox.finish(entry, () => describe(entry, account, end));
    if (record === undefined) throw new AppError('internal');
    return { record };
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
  async function reconcile(entry: VoteEntry, voter: string, details?: string): Promise<End | Waits> {
    let wasSeen = false;
    for (let attempt = 0; attempt < lookUps && network.isOnline(); attempt += 1) {
      if (attempt > 0) await clock.sleep(blockMs);
      try {
        const own = await readOwnVote(entry, voter);
        if (own !== undefined && own.weight === entry.weight) return { outcome: 'done' };
        wasSeen = true;
      } catch (thrown) {
        if (toAppError(thrown).code !== 'network') wasSeen = true;
      }
    }
    // Nobody could be asked: it stays as it is, and is looked up when the network is back.
    if (!wasSeen) {
      const now = clock.now();
      return { hold: network.isOnline() ? holdAgain('network', entry, now) : holdOffline(now) };
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

  async function attempt(entry: VoteEntry, access: Access): Promise<End | Waits> {
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
  async function prepare(entry: VoteEntry, name: string): Promise<Access | End | Waits> {
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
      const error = toAppError(thrown);
      const hold = holdAfter(error, entry, clock.now());
      return hold === undefined ? { outcome: 'failed', error } : { hold };
    }
  }

  async function send(entry: VoteEntry): Promise<Sent> {
    const account = await accounts.find(entry.account);
    if (account === undefined)
      return finish(entry, account, { outcome: 'failed', error: new AppError('unknown_account') });
    const settle = (end: End | Waits) => ('hold' in end ? end : finish(entry, account, end));
    // The worker that sent it died before the answer.
    if (entry.state === 'sending') return settle(await reconcile(entry, account.name));
    const access = await prepare(entry, account.name);
    if (!('accessToken' in access)) return settle(access);
    const sending = await outbox.begin(entry);
    // It was taken back or put off meanwhile.
    if (sending === undefined) return readStopped(await outbox.findEnd(entry));
    const end = await attempt(sending, access);
    // Told to come later before the vote was looked at, and nobody there to press again.
    const hold =
      'error' in end && isToldToWait(end.error) ? holdAfter(end.error, entry, clock.now()) : undefined;
    if (hold === undefined) return settle(end);
    await outbox.change(sending, (current) => ({ ...current, state: 'queued' }));
    return { hold };
  }

  return {
    send,

    describeFailure,

    async fail(entry, error) {
      const account = await accounts.find(entry.account);
      return outbox.finish(entry, (current) =>
        current.state === 'queued' ? describeFailure(current, account, error) : undefined,
      );
    },

    async spacing({ account, chain }) {
      const { voteSpacingMs } = chains[chain];
      const last = (await accounts.find(account))?.lastVoteAt;
      const left = last === undefined ? 0 : last + voteSpacingMs - clock.now();
      // A vote in the future was cast before the clock was set back.
      return Math.max(0, Math.min(voteSpacingMs, left));
    },
  };
}
