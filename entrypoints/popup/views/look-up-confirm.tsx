import { Confirm } from '../../../lib/ui/confirm.tsx';
import { useView } from '../../../lib/ui/view-context.ts';
import type { LookupForm } from '../lookup-form.ts';
import { findAccount, type LookupState, type LookupStep } from '../lookup-state.ts';

interface Props {
  readonly form: LookupForm;
  readonly state: LookupState;
  readonly step: Extract<LookupStep, { readonly state: 'confirming' }>;
}

/** Asks once more, in place of the button: what would be changed, as whom and where. */
export function LookUpConfirm({ form, state, step: { lookup } }: Props) {
  const { t } = useView();
  const { name = '', service = '' } = findAccount(state) ?? {};
  const facts = { title: lookup.title, name, service };
  const isDanger = lookup.effect === 'delete';
  return (
    <Confirm
      question={isDanger ? t('look_up_confirm_delete', facts) : t('look_up_confirm_change', facts)}
      isDanger={isDanger}
      onConfirm={() => void form.confirm()}
      onCancel={form.decline}
    />
  );
}
