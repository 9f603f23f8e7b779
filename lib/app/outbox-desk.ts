/** The outbox as people meet it: what waits and for what, taken back, sent now, or put off. */
import type { Accounts } from '../accounts/accounts.ts';
import type { ActionContext } from '../actions/context.ts';
import type { OutboxEntryView } from '../actions/outbox.ts';
import type { Queued } from '../actions/queued.ts';
import { AppError } from '../errors.ts';
import { isInLine, readWait, sortLine } from '../outbox/line.ts';
import type { OutboxAlarm } from '../outbox/outbox-alarm.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Clock } from '../ports.ts';
import { findProvider } from '../providers/index.ts';
import type { Account, OutboxEntry } from '../vault/schema.ts';
import type { OutboxRunner } from './outbox-runner.ts';
import { assertSchedule } from './schedule.ts';

/**
 * What a caller hears of an entry that has not ended.
 * @throws AppError `vote_unknown` for one that may have left: nobody knows before it was looked up.
 */
export function reportWaiting(entry: OutboxEntry): Queued {
  const { waitsFor, until } = readWait(entry);
  if (waitsFor === 'answer') throw new AppError('vote_unknown');
  // It was free to go a moment ago, and is taken up again at once.
  const reason = waitsFor === 'turn' ? 'try_later' : waitsFor;
  return { state: 'queued', reason, ...(until === undefined ? {} : { until }) };
}

function view(entry: OutboxEntry, account: Account | undefined): OutboxEntryView {
  const { request, action, createdAt, schedule, batch } = entry;
  return {
    request,
    action,
    account: entry.account,
    name: account?.name ?? '',
    service: (account && findProvider(account.provider)?.title) ?? '',
    createdAt,
    schedule,
    batch,
    ...readWait(entry),
    ...(entry.action === 'lookup.change' && { title: entry.title }),
    ...(entry.action === 'tweet.post' && { parts: entry.parts, postedCount: entry.posted.length }),
    ...(entry.action === 'vote.cast' && {
      chain: entry.chain,
      author: entry.author,
      permlink: entry.permlink,
      weight: entry.weight,
    }),
  };
}

/** As it was when it was accepted. */
function release<Entry extends OutboxEntry>({ hold: _hold, joinedAt: _joined, ...entry }: Entry) {
  return entry;
}

export function createOutboxDesk(
  clock: Clock,
  {
    accounts,
    alarm,
    outbox,
    runner,
  }: {
    readonly accounts: Accounts;
    readonly alarm: Pick<OutboxAlarm, 'guard'>;
    readonly outbox: Outbox;
    readonly runner: OutboxRunner;
  },
): ActionContext['outbox'] {
  /** Changes what has not left. @returns whether there was such a thing. */
  async function changeWaiting(request: string, changes: (entry: OutboxEntry) => Partial<OutboxEntry>) {
    const entry = await outbox.find(request);
    if (entry === undefined || !isInLine(entry)) return false;
    const changed = await alarm.guard(() =>
      outbox.change(entry, (current) =>
        current.state === 'queued'
          ? ({ ...release(current), ...changes(current) } as typeof current)
          : undefined,
      ),
    );
    if (changed !== undefined) void runner.kick(entry.account);
    return changed !== undefined;
  }

  return {
    async list() {
      const [entries, states] = await Promise.all([outbox.list(), accounts.list()]);
      const byId = new Map(states.map(({ account }) => [account.id, account]));
      return sortLine(entries).map((entry) => view(entry, byId.get(entry.account)));
    },

    cancel: (request) => runner.end(request, new AppError('taken_back')),

    sendNow: (request) => changeWaiting(request, () => ({ schedule: undefined, isByHand: true })),

    async reschedule(request, schedule) {
      assertSchedule(schedule, clock.now());
      return changeWaiting(request, () => ({ schedule, isByHand: undefined }));
    },
  };
}
