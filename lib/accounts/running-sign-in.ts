/** The sign-in that is under way: it can be cancelled, and ends by itself where the service may never answer. */
import { AppError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { Provider } from '../providers/provider.ts';

export interface RunningSignIn {
  readonly provider: Provider;
  /** UTC ms; undefined where there is no limit. */
  readonly endsAt: number | undefined;
  /** Aborts with the AppError that the sign-in ends with. */
  readonly signal: AbortSignal;
  cancel(): void;
  /** To be called when it is over. */
  end(): void;
}

export function beginSignIn(clock: Clock, provider: Provider): RunningSignIn {
  const stop = new AbortController();
  const over = new AbortController();
  const limit = provider.signInLimitMs;
  if (limit !== undefined)
    clock.sleep(limit, over.signal).then(
      () => stop.abort(new AppError('sign_in_timed_out')),
      () => undefined,
    );
  return {
    provider,
    endsAt: limit === undefined ? undefined : clock.now() + limit,
    signal: stop.signal,
    cancel: () => stop.abort(new AppError('cancelled')),
    end: () => over.abort(),
  };
}
