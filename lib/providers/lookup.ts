/** What can be looked up at a service, as data; the view draws form and table from it. */
import type { Feature } from './provider.ts';

export interface LookupParam {
  readonly id: string;
  /** Key of the label in the locale files. */
  readonly titleKey: string;
  readonly kind: 'text' | 'number';
  readonly isRequired: boolean;
  readonly initial: string;
}

export interface LookupColumn {
  readonly id: string;
  readonly titleKey: string;
  readonly kind: 'text' | 'number' | 'time' | 'link';
}

/** Values by column id. Times are UTC ms, ids are text. */
export type LookupRow = Readonly<Record<string, string | number | undefined>>;

export interface LookupPage {
  readonly rows: readonly LookupRow[];
  readonly next?: string;
}

export interface Lookup {
  readonly id: string;
  readonly titleKey: string;
  readonly params: readonly LookupParam[];
  readonly columns: readonly LookupColumn[];
  /** US dollars for each row, where the service takes money. */
  readonly pricePerRow?: number;
  /** A right beyond those of every sign-in. */
  readonly needs?: Feature;
  /**
   * Requests to send, one after the other, each built from the answers before; to be authorised.
   * @param subject the id of the person at the service.
   * @throws AppError with the param as field for input that can't be.
   */
  readonly run: (
    call: (request: Request) => Promise<unknown>,
    asked: {
      readonly subject: string;
      readonly params: Readonly<Record<string, string>>;
      readonly next: string | undefined;
    },
  ) => Promise<LookupPage>;
}
