import { useEffect, useState } from 'preact/hooks';
import type { MessageKey } from '../../../lib/locale/translate.ts';

/** The key of the word for how hard a passphrase is to guess; undefined for none, and until the estimator has come. */
export function useStrength(passphrase: string): MessageKey | undefined {
  const [strength, setStrength] = useState<MessageKey | undefined>();
  useEffect(() => {
    const life = new AbortController();
    if (passphrase === '') setStrength(undefined);
    else
      void import('./estimate-strength.ts').then(({ estimateStrength }) => {
        if (!life.signal.aborted) setStrength(`lock_strength_${estimateStrength(passphrase)}`);
      });
    return () => life.abort();
  }, [passphrase]);
  return strength;
}
