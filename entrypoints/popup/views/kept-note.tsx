import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { KeptProps } from '../../../lib/ui/kept.tsx';

/** What waits; most things go out at once, so the code comes when it is needed. Put it into a live region. */
export function KeptNote(props: KeptProps) {
  const [code, setCode] = useState<{ readonly Kept: FunctionComponent<KeptProps> }>();
  useEffect(() => void import('../later.ts').then(setCode), []);
  return code === undefined ? null : <code.Kept key={props.kept.request} {...props} />;
}
