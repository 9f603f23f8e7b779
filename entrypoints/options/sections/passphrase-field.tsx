import type { Failure } from '../../../lib/ui/failure.ts';
import { Field } from '../../../lib/ui/field.tsx';

interface Props {
  readonly label: string;
  /** The field's name in the action's input schema. */
  readonly name: string;
  readonly failure: Failure | undefined;
  readonly hint?: string | undefined;
  /** One that the person makes up, which a password manager may offer to do. */
  readonly isNew?: boolean;
  readonly value: string;
  readonly onInput: (value: string) => void;
}

/** Where a passphrase is typed, unseen. */
export function PassphraseField({ label, name, failure, hint, isNew = false, value, onInput }: Props) {
  return (
    <Field label={label} name={name} failure={failure} hint={hint}>
      {(control) => (
        <input
          {...control}
          type="password"
          autoComplete={isNew ? 'new-password' : 'current-password'}
          value={value}
          onInput={({ currentTarget }) => onInput(currentTarget.value)}
        />
      )}
    </Field>
  );
}
