/** What can be looked up at a service, as data; the view draws form and table from it. */
import type { Bases, Feature } from './record/provider-common.ts';

export interface LookupParam {
  readonly id: string;
  /** Key of the label in the locale files. */
  readonly titleKey: string;
  /** A password is neither remembered nor drafted. */
  readonly kind: 'text' | 'number' | 'long-text' | 'password' | 'choice';
  readonly isRequired: boolean;
  readonly initial: string;
  /** Of a choice: what there is to choose from. */
  readonly choices?: readonly { readonly value: string; readonly titleKey: string }[];
}

export interface LookupColumn {
  readonly id: string;
  readonly titleKey: string;
  readonly kind: 'text' | 'number' | 'time' | 'link';
}

/** A column that only the answer knows of, under the service's own name for it. */
export interface FoundColumn {
  readonly id: string;
  readonly title: string;
  readonly kind: LookupColumn['kind'];
}

/** Values by column id. Times are UTC ms, ids are text. */
export type LookupRow = Readonly<Record<string, string | number | undefined>>;

export interface LookupPage {
  readonly rows: readonly LookupRow[];
  readonly next?: string;
  /** Instead of the look-up's own. */
  readonly columns?: readonly FoundColumn[];
}

/** What a look-up is handed. */
export interface LookupRequest {
  /** The id of the person at the service. */
  readonly subject: string;
  readonly params: Readonly<Record<string, string>>;
  /** The `next` of the page before. */
  readonly next: string | undefined;
  readonly bases: Bases;
  /** What the service tells of where it answers, by name, e.g. `userinfo`; empty where `bases` say it all. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly clientId: string;
  /** What the person set for the service, by field id; no secrets. */
  readonly settings: Readonly<Record<string, string>>;
  /** BCP 47 tag of the language that the person reads, e.g. `pl`. */
  readonly language: string;
  /** UTC ms. */
  readonly now: number;
  /** Unguessable bytes, for what must be encrypted. */
  readonly randomBytes: (length: number) => Uint8Array;
}

export interface Lookup {
  readonly id: string;
  readonly titleKey: string;
  /** It changes something at the service, or deletes it: the person is asked once more, and it is noted in Activity. */
  readonly effect?: 'change' | 'delete';
  readonly params: readonly LookupParam[];
  readonly columns: readonly LookupColumn[];
  /** US dollars for each row, where the service takes money. */
  readonly pricePerRow?: number;
  /** Integers beyond 2^53 come as text, digit by digit: where nobody knows which fields are ids. */
  readonly keepsBigIntegers?: boolean;
  /** A right beyond those of every sign-in. */
  readonly needs?: Feature;
  /**
   * Requests to send, one after the other, each built from the answers before; to be authorised.
   * @throws AppError with the param as field for input that can't be.
   */
  readonly run: (call: (request: Request) => Promise<unknown>, asked: LookupRequest) => Promise<LookupPage>;
}
