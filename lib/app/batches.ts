/**
 * Batches of votes. A batch and its votes are written as one; from then on the outbox sends them whoever closes what. What
 * is told of a batch is read from the outbox and the journal each time, so it is never out of step with them.
 */
import type { Accounts } from '../accounts/accounts.ts';
import type { BatchView } from '../actions/batch.ts';
import type { ActionContext } from '../actions/context.ts';
import { countEnds } from '../batch/count-ends.ts';
import { readPaceMs } from '../batch/forecast-mana.ts';
import { AppError, type ErrorCode } from '../errors.ts';
import type { JournalEntry } from '../journal/journal.ts';
import type { BatchStore } from '../outbox/batch-store.ts';
import { readWait } from '../outbox/line.ts';
import type { OutboxAlarm } from '../outbox/outbox-alarm.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Ports } from '../ports.ts';
import { parsePost } from '../steem/post-link.ts';
import { parseWeight, toPercent } from '../steem/weight.ts';
import type { Batch, JournalRecord, OutboxEntry } from '../vault/schema.ts';
import { describeTrouble } from './batch-preview.ts';
import type { OutboxRunner } from './outbox-runner.ts';
import type { VoteSender } from './vote-sender.ts';
import { findVoter } from './voters.ts';

/** Batches that are kept after their end, to look at. */
const kept = 10;

/** Failures that the next vote of the account would meet as well: the person is asked before more are spent. */
const stopping: ReadonlySet<ErrorCode> = new Set([
  'account_not_found',
  'app_not_authorised',
  'app_settings',
  'client_refused',
  'downvote_power_empty',
  'needs_set_up',
  'needs_sign_in',
  'permission_missing',
  'resource_credits_empty',
  'scope_missing',
  'service_changed',
  'unknown_account',
  'vault_key_missing',
  'vault_secret_lost',
  'vote_declined',
  'vote_power_empty',
]);

type Start = Parameters<ActionContext['batches']['start']>[0];
type Batches = Pick<
  ActionContext['batches'],
  'start' | 'list' | 'pause' | 'resume' | 'cancel' | 'tryAgain'
> & {
  /** Hears how an entry of the outbox ended, and pauses a batch that would only fail on. */
  onEnd(record: JournalRecord): Promise<void>;
};

export function createBatches(
  { clock, random, translate }: Pick<Ports, 'clock' | 'random' | 'translate'>,
  parts: {
    readonly accounts: Accounts;
    readonly alarm: Pick<OutboxAlarm, 'guard'>;
    readonly outbox: Pick<Outbox, 'add'>;
    readonly store: BatchStore;
    readonly sender: Pick<VoteSender, 'describeFailure'>;
    readonly runner: Pick<OutboxRunner, 'kick'>;
  },
): Batches {
  const { accounts, alarm, outbox, store, runner, sender } = parts;

  const found = (batch: Batch | undefined): Batch => {
    if (batch === undefined) throw new AppError('bad_input', { field: 'batch' });
    return batch;
  };

  interface Parts {
    readonly waiting: readonly OutboxEntry[];
    readonly ended: readonly JournalEntry[];
    readonly again: Batch | undefined;
  }

  function view(batch: Batch, { waiting, ended, again }: Parts): BatchView {
    const { id, account, name, chain, createdAt, total, isPaused, stoppedBy, stoppedParams = {} } = batch;
    const left = waiting.length;
    const { reasons, ...counts } = countEnds(ended);
    const wait = waiting[0] && readWait(waiting[0]);
    const waitsFor =
      wait === undefined || wait.waitsFor === 'turn' || wait.waitsFor === 'answer'
        ? undefined
        : wait.waitsFor;
    const until = waitsFor === undefined ? undefined : wait?.until;
    return {
      id,
      account,
      name,
      chain,
      createdAt,
      state: left === 0 ? 'ended' : isPaused ? 'paused' : 'running',
      total,
      left,
      ...counts,
      reasons: reasons.map(({ code, count }) => {
        // Their sentences differ by their values only.
        const params = ended.find((entry) => entry.code === code)?.params ?? {};
        return { ...describeTrouble(new AppError(code, { params }), translate), count };
      }),
      stopped:
        stoppedBy === undefined || left === 0 || !isPaused
          ? undefined
          : describeTrouble(new AppError(stoppedBy, { params: stoppedParams }), translate),
      isTriedAgain: again !== undefined,
      waitsFor,
      until,
      leftMs: left * readPaceMs(chain) + Math.max(0, (until ?? 0) - clock.now()),
    };
  }

  /** The batch in which its failed votes are tried again. */
  async function findAgain({ triedAgainAs }: Batch): Promise<Batch | undefined> {
    return triedAgainAs === undefined ? undefined : store.find(triedAgainAs);
  }

  async function look(batch: Batch): Promise<BatchView> {
    const [waiting, ended, again] = await Promise.all([
      store.entriesOf(batch.id),
      store.endsOf(batch.id),
      findAgain(batch),
    ]);
    return view(batch, { waiting, ended, again });
  }

  const list = async () => Promise.all((await store.list()).map(look));

  async function forgetOld(): Promise<void> {
    const ended = (await list()).filter(({ state }) => state === 'ended');
    for (const { id } of ended.slice(kept)) await store.remove(id);
  }

  async function start({ batch: id, account, votes, isConfirmed }: Start): Promise<BatchView> {
    const known = await store.find(id);
    if (known !== undefined) return look(known);
    const voter = await findVoter(accounts, account);
    const { chain } = voter;
    const createdAt = clock.now();
    const entries = votes.map((vote) => {
      const { author, permlink } = parsePost(`${vote.author}/${vote.permlink}`);
      const weight = toPercent(parseWeight(vote.weight));
      if (weight < 0 && isConfirmed !== true)
        throw new AppError('downvote_needs_confirmation', { field: 'weight' });
      return {
        request: random.id(),
        action: 'vote.cast' as const,
        account,
        chain,
        author,
        permlink,
        weight,
        createdAt,
        batch: id,
        state: 'queued' as const,
      };
    });
    await forgetOld();
    const { name } = voter.account;
    const batch = { id, account, name, chain, createdAt, total: votes.length, isPaused: false };
    await outbox.add(entries, batch);
    void runner.kick(account);
    return look(batch);
  }

  return {
    start,
    list,

    async pause(id) {
      return look(found(await store.change(id, (batch) => ({ ...batch, isPaused: true }))));
    },

    async resume(id) {
      const batch = found(
        await alarm.guard(() =>
          store.change(id, ({ stoppedBy: _over, stoppedParams: _values, ...rest }) => ({
            ...rest,
            isPaused: false,
          })),
        ),
      );
      void runner.kick(batch.account);
      return look(batch);
    },

    async cancel(id) {
      const batch = found(await store.find(id));
      const account = await accounts.find(batch.account);
      await store.cancel(id, (entry) =>
        entry.action === 'vote.cast' && entry.state === 'queued'
          ? { ...sender.describeFailure(entry, account, new AppError('taken_back')), isReviewed: true }
          : undefined,
      );
      return look(batch);
    },

    async tryAgain(id, wanted) {
      const tried = found(await store.find(id));
      // Who presses twice is answered with the batch of the first press.
      const before = await findAgain(tried);
      if (before !== undefined) {
        await store.reviewFailed(id);
        return look(before);
      }
      const failed = (await store.endsOf(id)).filter(
        ({ outcome, code }) => outcome === 'failed' && code !== 'taken_back',
      );
      const votes = failed.flatMap(({ author, permlink, weight }) =>
        author === undefined || permlink === undefined || weight === undefined
          ? []
          : [{ author, permlink, weight }],
      );
      if (votes.length === 0) throw new AppError('bad_input', { field: 'batch' });
      // Kept before the new one is there, so that a second press, or one after a death in between, starts the same.
      const { triedAgainAs: next = wanted } = found(
        await store.change(id, (failing) => ({ triedAgainAs: wanted, ...failing })),
      );
      // They were confirmed the first time.
      const batch = await start({ batch: next, account: tried.account, votes, isConfirmed: true });
      await store.reviewFailed(id);
      return batch;
    },

    async onEnd({ batch, outcome, code, params }) {
      if (batch === undefined || outcome !== 'failed' || code === undefined || !stopping.has(code)) return;
      await store.change(batch, (going) => ({
        ...going,
        isPaused: true,
        stoppedBy: code,
        ...(params && { stoppedParams: params }),
      }));
    },
  };
}
