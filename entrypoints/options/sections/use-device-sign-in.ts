import { useEffect, useState } from 'preact/hooks';
import type { DeviceWaitView } from '../../../lib/actions/device.ts';
import { type Failure, readFailure } from '../../../lib/ui/failure.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import type { ViewPorts } from '../../../lib/ui/view-ports.ts';

/** How a sign-in by code ended; undefined where nobody here can tell. */
export type DeviceEnd =
  | { readonly state: 'signed_in'; readonly name: string }
  | { readonly state: 'failed'; readonly failure: Failure }
  | { readonly state: 'elsewhere' };

interface Watch {
  readonly provider: string;
  readonly show: (wait: DeviceWaitView | undefined) => void;
  readonly onEnd: (end: DeviceEnd) => void;
}

/** Asks as often as the background says, until it comes to an end. Never rejects. */
async function watch(
  { invoke, sleep, now, t }: ViewPorts,
  { provider, show, onEnd }: Watch,
  life: AbortSignal,
): Promise<void> {
  let isUnderWay = false;
  try {
    for (;;) {
      const answer = await invoke('accounts.check-device', { provider });
      if (life.aborted) return;
      show(answer.state === 'waiting' ? answer : undefined);
      if (answer.state === 'signed_in') onEnd({ state: 'signed_in', name: answer.account.name });
      // The alarm's worker got the answer first.
      if (answer.state === 'none' && isUnderWay) onEnd({ state: 'elsewhere' });
      if (answer.state !== 'waiting') return;
      isUnderWay = true;
      await sleep(Math.max(1000, answer.pollAt - now()), life);
    }
  } catch (thrown) {
    if (life.aborted) return;
    show(undefined);
    onEnd({ state: 'failed', failure: readFailure(thrown, t) });
  }
}

/**
 * The code of a sign-in that is under way at a service, also one from before this page opened.
 * @param attempt counts the times that one was begun or cancelled here.
 */
export function useDeviceSignIn(
  provider: string,
  attempt: number,
  onEnd: (end: DeviceEnd) => void,
): DeviceWaitView | undefined {
  const ports = useView();
  const [wait, setWait] = useState<DeviceWaitView>();
  useEffect(() => {
    const life = new AbortController();
    setWait(undefined);
    void watch(ports, { provider, show: setWait, onEnd }, life.signal);
    return () => life.abort();
    // `onEnd` is made anew at each drawing, and does the same each time.
  }, [provider, attempt, ports]);
  return wait;
}
