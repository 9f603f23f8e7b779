import { Field } from '../../../lib/ui/field.tsx';
import { useView } from '../../../lib/ui/view-context.ts';
import type { LookupForm } from '../lookup-form.ts';
import { findAccount, isUnderWay, type LookupState, type OfferedLookup } from '../lookup-state.ts';

interface Props {
  readonly form: LookupForm;
  readonly state: LookupState;
}

/** Account and What. While something is under way they stay as they are. */
export function LookUpChoices({ form, state }: Props) {
  const { t } = useView();
  const failure = state.step.state === 'failed' ? state.step.failure : undefined;
  const lookups = findAccount(state)?.lookups ?? [];
  return (
    <>
      <Field label={t('account')} name="account" failure={failure}>
        {(control) => (
          <select
            {...control}
            value={state.account}
            disabled={isUnderWay(state)}
            onChange={({ currentTarget }) => form.chooseAccount(currentTarget.value)}
          >
            {state.accounts.map(({ id, name, service }) => (
              <option key={id} value={id}>
                {`${name} · ${service}`}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('look_up_what')} name="lookup" failure={failure}>
        {(control) => (
          <select
            {...control}
            value={state.lookup}
            disabled={isUnderWay(state)}
            onChange={({ currentTarget }) => form.chooseLookup(currentTarget.value)}
          >
            <Options
              lookups={lookups.filter(({ effect, isOwn }) => effect === undefined && isOwn !== true)}
            />
            <Group label={t('look_up_own')} lookups={lookups.filter(({ isOwn }) => isOwn)} />
            <Group
              label={t('look_up_changes')}
              lookups={lookups.filter(({ effect }) => effect !== undefined)}
            />
          </select>
        )}
      </Field>
    </>
  );
}

function Options({ lookups }: { readonly lookups: readonly OfferedLookup[] }) {
  return (
    <>
      {lookups.map(({ id, title }) => (
        <option key={id} value={id}>
          {title}
        </option>
      ))}
    </>
  );
}

function Group({ label, lookups }: { readonly label: string; readonly lookups: readonly OfferedLookup[] }) {
  if (lookups.length === 0) return null;
  return (
    <optgroup label={label}>
      <Options lookups={lookups} />
    </optgroup>
  );
}
