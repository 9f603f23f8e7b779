import { useEffect, useState } from 'preact/hooks';
import type { Actions } from '../actions/index.ts';
import { useView } from './view-context.ts';

export type RunningSignIn = NonNullable<Actions['accounts.find-sign-in']['output']['running']>;

/** A sign-in that is under way: what it waits for, how long still, and the way out. */
export function SignInWaiting({ running }: { readonly running: RunningSignIn | undefined }) {
  const { t, invoke } = useView();
  const seconds = useSecondsLeft(running?.endsAt);
  if (running === undefined) return null;
  return (
    <div class="waiting">
      <p>
        {t('sign_in_waiting', { service: running.service })}{' '}
        {seconds !== undefined && (
          <span role="timer">{t('sign_in_time_left', { time: formatSeconds(seconds) })}</span>
        )}
      </p>
      <button type="button" onClick={() => void invoke('accounts.cancel-sign-in', {}).catch(() => undefined)}>
        {t('sign_in_cancel')}
      </button>
    </div>
  );
}

/** As clocks show it, e.g. 4:07. */
function formatSeconds(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** @param endsAt UTC ms. */
function useSecondsLeft(endsAt: number | undefined): number | undefined {
  const { now, sleep } = useView();
  const [time, setTime] = useState(now);
  useEffect(() => {
    const life = new AbortController();
    const tick = async () => {
      while (endsAt !== undefined && now() < endsAt) {
        setTime(now());
        await sleep(1000, life.signal);
      }
    };
    tick().catch(() => undefined);
    return () => life.abort();
  }, [endsAt, now, sleep]);
  return endsAt === undefined ? undefined : Math.max(0, Math.ceil((endsAt - time) / 1000));
}
