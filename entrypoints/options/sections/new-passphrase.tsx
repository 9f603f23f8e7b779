import type { Failure } from '../../../lib/ui/failure.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import { PassphraseField } from './passphrase-field.tsx';
import { useStrength } from './use-strength.ts';

/** A passphrase that is made up, typed twice. */
export interface TypedPassphrase {
  readonly next: string;
  readonly repeated: string;
}

export const noPassphrase: TypedPassphrase = { next: '', repeated: '' };

interface Props {
  readonly label: string;
  /** The field's name in the action's input schema. */
  readonly name: string;
  readonly failure: Failure | undefined;
  readonly typed: TypedPassphrase;
  readonly onInput: (typed: TypedPassphrase) => void;
}

/** Asks for a new passphrase twice, and says how hard the first is to guess. */
export function NewPassphrase({ label, name, failure, typed, onInput }: Props) {
  const { t } = useView();
  const strength = useStrength(typed.next);
  return (
    <>
      <PassphraseField
        isNew
        label={label}
        name={name}
        failure={failure}
        hint={strength === undefined ? undefined : t('lock_strength', { strength: t(strength) })}
        value={typed.next}
        onInput={(next) => onInput({ ...typed, next })}
      />
      <PassphraseField
        isNew
        label={t('lock_repeat')}
        name="repeated"
        failure={failure}
        value={typed.repeated}
        onInput={(repeated) => onInput({ ...typed, repeated })}
      />
    </>
  );
}
