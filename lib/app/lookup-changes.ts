/** Look-ups that change something at a service: how they ended, for the person and for the Activity. */
import type { Access } from '../accounts/accounts.ts';
import { AppError, type ErrorCode } from '../errors.ts';
import type { Journal } from '../journal/journal.ts';
import type { Ports } from '../ports.ts';
import { buildFailureFields } from './failure-fields.ts';
import type { Offer } from './lookup-offers.ts';

/** Failures that do not tell whether a request which has left was carried out. */
const unclear: ReadonlySet<ErrorCode> = new Set([
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

/** Writes into the Activity who changed what and how it ended; never what was typed, nor words that may repeat it. */
export async function noteChange(
  { clock, random, translate }: Pick<Ports, 'clock' | 'random' | 'translate'>,
  journal: Journal,
  change: {
    readonly access: Access;
    readonly lookup: Offer;
    readonly request: string | undefined;
    readonly error?: AppError;
  },
): Promise<void> {
  const { access, lookup, request = random.id(), error } = change;
  const { account, provider } = access;
  const action = `lookup.${lookup.effect ?? 'change'}`;
  const failure = buildFailureFields(error, translate);
  delete failure.details;
  await journal.add({
    request,
    at: clock.now(),
    action,
    title: lookup.title,
    provider: provider.id,
    account: account.id,
    name: account.name,
    target: `${action}:${account.id}:${lookup.id}`,
    outcome: error === undefined ? 'done' : error.code === 'change_unknown' ? 'unknown' : 'failed',
    isReviewed: false,
    ...failure,
  });
}
