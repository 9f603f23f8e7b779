import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { UnlockProps } from '../../lib/ui/unlock.tsx';
import { useLock } from '../../lib/ui/use-lock.ts';

/** What asks for the passphrase, while the vault is locked. Most people have none, so its code comes when it is needed. */
export function useUnlock(): {
  readonly isLocked: boolean;
  readonly View: FunctionComponent<UnlockProps> | undefined;
} {
  const isLocked = useLock()?.state === 'locked';
  const [view, setView] = useState<{ readonly Unlock: FunctionComponent<UnlockProps> }>();
  useEffect(() => {
    if (isLocked) void import('../../lib/ui/unlock.tsx').then(setView);
  }, [isLocked]);
  return { isLocked, View: view?.Unlock };
}
