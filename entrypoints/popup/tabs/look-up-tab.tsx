import { createLookupForm } from '../lookup-form.ts';
import { LookUpView } from '../views/look-up.tsx';
import type { CreateTab } from './tab-code.ts';

export const createTab: CreateTab = (ports, life, { isInTab }) => {
  const form = createLookupForm(ports);
  ports.onChange((topic) => {
    // A failed look leaves what is there.
    if (topic === 'accounts' || topic === 'services') form.reload().catch(() => undefined);
  }, life);
  return () => <LookUpView form={form} isInTab={isInTab} />;
};
