import { useState } from 'preact/hooks';
import { useView } from '../../lib/ui/view-context.ts';
import type { When } from '../../lib/ui/when.tsx';

export interface LaterPart {
  /** Undefined while what is sent is sent now. */
  readonly part: When | undefined;
  readonly begin: () => void;
  readonly end: () => void;
}

/** The choice of a time to send at; its code comes with the first. */
export function useLater(): LaterPart {
  const ports = useView();
  const [part, setPart] = useState<When>();
  return {
    part,
    begin: () => void import('./later.ts').then(({ createWhen }) => setPart(createWhen(ports))),
    end: () => setPart(undefined),
  };
}
