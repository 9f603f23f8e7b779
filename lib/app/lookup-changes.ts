/** Look-ups that change something at a service: how they ended, for the person and for the Activity. */
import type { Access, Accounts } from '../accounts/accounts.ts';
import { AppError, type ErrorCode, toAppError } from '../errors.ts';
import type { Journal } from '../journal/journal.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Ports } from '../ports.ts';
import type { Account, ChangeEntry, JournalRecord } from '../vault/schema.ts';
import { buildFailureFields } from './failure-fields.ts';
import type { Offer } from './lookup-offers.ts';

/** Failures that do not tell whether a request which has left was carried out. */
const unclear: ReadonlySet<ErrorCode> = new Set([
  'answer_too_large',
  'bad_answer',
  'internal',
  'network',
  'service_busy',
  'timeout',
]);

/** What a failure means for a change of which a request has left: after some, nobody knows whether it was made. */
export function readChangeFailure(error: AppError): AppError {
  const { code, details } = error;
  // With details it is the renewal of a token that the service had refused before it looked at the rest; see ServiceCall.
  const isRefused = details !== undefined && (code === 'network' || code === 'timeout');
  if (!unclear.has(code) || isRefused) return error;
  return new AppError('change_unknown', { cause: error, ...(details === undefined ? {} : { details }) });
}

type NewChange = Omit<ChangeEntry, 'position'>;

interface Change {
  readonly access: Access;
  readonly lookup: Offer;
  /** The caller's id; one that is known already is not carried out again. */
  readonly request: string | undefined;
}

export interface LookupChanges {
  /**
   * Carries a change out: noted before its first request leaves, and in the Activity when it has ended. What is noted is
   * who changed what; never what was typed, nor words that may repeat it.
   * @param work is to await `onSend` before each request.
   * @throws AppError `change_unknown` where nobody knows whether it was made.
   */
  run<Page>(change: Change, work: (onSend: () => Promise<void>) => Promise<Page>): Promise<Page>;
  /** Journals as unknown what a dead worker left: it is never sent again. */
  recover(): Promise<void>;
}

export function createLookupChanges(
  { clock, locks, random, translate }: Pick<Ports, 'clock' | 'locks' | 'random' | 'translate'>,
  {
    accounts,
    journal,
    outbox,
  }: { readonly accounts: Pick<Accounts, 'find'>; readonly journal: Journal; readonly outbox: Outbox },
): LookupChanges {
  function describe(entry: ChangeEntry, account: Account | undefined, error?: AppError): JournalRecord {
    const action = `lookup.${entry.effect}`;
    const failure = buildFailureFields(error, translate);
    delete failure.details;
    return {
      request: entry.request,
      at: clock.now(),
      action,
      title: entry.title,
      provider: account?.provider ?? '',
      account: entry.account,
      name: account?.name ?? '',
      target: `${action}:${entry.account}:${entry.lookup}`,
      outcome: error === undefined ? 'done' : error.code === 'change_unknown' ? 'unknown' : 'failed',
      isReviewed: false,
      ...failure,
    };
  }

  /** Whoever holds it is the one who carries the change out. */
  const own = <T>(request: string, work: () => Promise<T>) => locks.run(`change:${request}`, work);

  async function run<Page>(
    { access, lookup }: Change,
    request: string,
    work: (onSend: () => Promise<void>) => Promise<Page>,
  ): Promise<Page> {
    if ((await journal.findRequest(request)) !== undefined || (await outbox.find(request)) !== undefined)
      throw new AppError('change_unknown');
    const entry: NewChange = {
      request,
      action: 'lookup.change',
      account: access.account.id,
      effect: lookup.effect ?? 'change',
      lookup: lookup.id,
      title: lookup.title,
      createdAt: clock.now(),
      state: 'sending',
    };
    const noted = { hasLeft: false };
    const onSend = async () => {
      if (!noted.hasLeft) await outbox.add([entry]);
      noted.hasLeft = true;
    };
    const end = (error?: AppError) =>
      outbox.finish({ ...entry, position: 0 }, (current) => describe(current, access.account, error));
    try {
      const page = await work(onSend);
      if (noted.hasLeft) await end();
      return page;
    } catch (thrown) {
      const error = toAppError(thrown);
      // What was refused at a field here never became a change.
      if (!noted.hasLeft) throw error;
      const told = readChangeFailure(error);
      await end(told);
      throw told;
    }
  }

  return {
    run: (change, work) => {
      const { request = random.id() } = change;
      return own(request, () => run(change, request, work));
    },

    async recover() {
      for (const entry of await outbox.list()) {
        if (entry.action !== 'lookup.change') continue;
        // Another context may be at it; when it is done there is nothing left to say.
        void own(entry.request, async () => {
          if ((await outbox.find(entry.request)) === undefined) return;
          const account = await accounts.find(entry.account);
          await outbox.finish(entry, (current) => describe(current, account, new AppError('change_unknown')));
        });
      }
    },
  };
}
