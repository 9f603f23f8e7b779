/** The Look up tab as data, and what follows from it. */
import type { Actions } from '../../lib/actions/index.ts';
import type { LookupResult } from '../../lib/actions/lookup.ts';
import type { Failure } from '../../lib/ui/failure.ts';
import type { LookupSort } from './lookup-rows.ts';

export type LookupAccount = Actions['lookup.list']['output']['accounts'][number];
export type OfferedLookup = LookupAccount['lookups'][number];
export type LookupParam = OfferedLookup['params'][number];

/** What was asked for, whatever is typed meanwhile. */
export interface LookupOrder {
  readonly account: string;
  readonly lookup: string;
  readonly params: Record<string, string>;
}

/** The answer on show: every page fetched so far. */
export interface LookupAnswer extends LookupResult {
  readonly order: LookupOrder;
  /** Title of the look-up, in the person's language. */
  readonly title: string;
  /** The person wrote it. */
  readonly isOwn: boolean;
  /** The account's name. */
  readonly name: string;
  readonly effect: OfferedLookup['effect'];
}

export type LookupStep =
  /** `notice`: what the last click did, e.g. that something was copied. */
  | { readonly state: 'idle'; readonly notice?: string }
  /** Asked once more before something is changed. */
  | { readonly state: 'confirming'; readonly order: LookupOrder; readonly lookup: OfferedLookup }
  | { readonly state: 'running'; readonly isMore: boolean; readonly effect: OfferedLookup['effect'] }
  | { readonly state: 'allowing' }
  | { readonly state: 'failed'; readonly failure: Failure };

export interface LookupState {
  readonly isOpen: boolean;
  /** Those that offer look-ups. */
  readonly accounts: readonly LookupAccount[];
  /** Account id and look-up id; empty while there is none to choose. */
  readonly account: string;
  readonly lookup: string;
  /** What was typed, by look-up and param, so that a look at another one loses nothing. */
  readonly typed: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly step: LookupStep;
  readonly answer: LookupAnswer | undefined;
  /** Undefined for the service's own order. */
  readonly sort: LookupSort | undefined;
}

export const initialLookupState: LookupState = {
  isOpen: false,
  accounts: [],
  account: '',
  lookup: '',
  typed: {},
  step: { state: 'idle' },
  answer: undefined,
  sort: undefined,
};

export function findAccount({ accounts, account }: LookupState): LookupAccount | undefined {
  return accounts.find(({ id }) => id === account);
}

export function findLookup(state: LookupState): OfferedLookup | undefined {
  return findAccount(state)?.lookups.find(({ id }) => id === state.lookup);
}

/** What stands in the field of a param of the chosen look-up. */
export function readParam({ typed, lookup }: LookupState, { id, initial }: LookupParam): string {
  return typed[lookup]?.[id] ?? initial;
}

export function isUnderWay({ step }: LookupState): boolean {
  return step.state === 'running' || step.state === 'allowing' || step.state === 'confirming';
}

/** The failure that is not shown at a field of its own. */
export function findLooseFailure(state: LookupState): Failure | undefined {
  if (state.step.state !== 'failed') return undefined;
  const { failure } = state.step;
  const fields = ['account', 'lookup', ...(findLookup(state)?.params ?? []).map(({ id }) => id)];
  return failure.field !== undefined && fields.includes(failure.field) ? undefined : failure;
}
