/** What a service needs to know beyond client id, secret and addresses, as data: Options draws the fields from it. */

interface FieldCommon {
  readonly id: string;
  /** Keys in the locale files. */
  readonly titleKey: string;
  readonly hintKey?: string;
  readonly isRequired: boolean;
}

/** A field whose text is kept as it is, in the clear. */
interface PlainField extends FieldCommon {
  readonly initial: string;
  /**
   * Makes a pasted text conform; called with the text trimmed and not empty.
   * @throws AppError with the field's id as `field` for what can't be.
   */
  readonly parse?: (text: string) => string;
}

export interface TextField extends PlainField {
  readonly kind: 'text' | 'long-text' | 'number';
}

/** An address; with `asksForHost` Latchkey must be allowed to reach its host, which the person is asked on the click. */
export interface AddressField extends PlainField {
  readonly kind: 'address';
  readonly asksForHost: boolean;
}

export interface ChoiceField extends PlainField {
  readonly kind: 'choice';
  readonly choices: readonly { readonly value: string; readonly titleKey: string }[];
}

/** Sealed in the vault; never comes back to a view. */
export interface SecretField extends FieldCommon {
  readonly kind: 'secret';
}

export type SettingField = TextField | AddressField | ChoiceField | SecretField;
