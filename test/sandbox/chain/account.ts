/** An account of a sandbox chain. */
import type { Manabar } from './mana.ts';
import { regenerateMana } from './mana.ts';
import { chainFigures } from './rules.ts';

export interface AccountOptions {
  readonly name: string;
  /** Own stake in VESTS; 2,000,000 when left out. */
  readonly vests?: number;
  readonly receivedVests?: number;
  readonly delegatedVests?: number;
  /** A running power down: VESTS a week, and VESTS in all still to leave. */
  readonly powerDown?: { readonly weekly: number; readonly left: number };
  /** Percent of full; 100 when left out. */
  readonly mana?: number;
  readonly downvoteMana?: number;
  readonly resourceCredits?: number;
  /** Raw, as on the chain (95832978796820 shows as 69.8). */
  readonly reputation?: bigint;
  /** Accounts that may post and vote for this one. */
  readonly postingAuths?: readonly string[];
  readonly canVote?: boolean;
  readonly profile?: Readonly<Record<string, unknown>>;
}

export interface Account {
  readonly name: string;
  /** The four amounts in millionths of VESTS. */
  vests: bigint;
  received: bigint;
  delegated: bigint;
  powerDown: { readonly weekly: bigint; readonly left: bigint };
  votingMana: Manabar;
  downvoteMana: Manabar;
  resourceCredits: Manabar;
  reputation: bigint;
  postingAuths: string[];
  canVote: boolean;
  /** UTC ms; 0 for never. */
  lastVoteAt: number;
  profile: Readonly<Record<string, unknown>>;
}

const micro = (vests: number): bigint => BigInt(Math.round(vests * 1e6));

/** `nowSeconds` is when the mana of the options holds. */
export function buildAccount(options: AccountOptions, nowSeconds: number): Account {
  const account: Account = {
    name: options.name,
    vests: micro(options.vests ?? 2_000_000),
    received: micro(options.receivedVests ?? 0),
    delegated: micro(options.delegatedVests ?? 0),
    powerDown: { weekly: micro(options.powerDown?.weekly ?? 0), left: micro(options.powerDown?.left ?? 0) },
    votingMana: { current: 0n, updatedAt: nowSeconds },
    downvoteMana: { current: 0n, updatedAt: nowSeconds },
    resourceCredits: { current: 0n, updatedAt: nowSeconds },
    reputation: options.reputation ?? 95_832_978_796_820n,
    postingAuths: [...(options.postingAuths ?? [])],
    canVote: options.canVote ?? true,
    lastVoteAt: 0,
    profile: options.profile ?? {},
  };
  setManaPercent(account, 'votingMana', options.mana ?? 100, nowSeconds);
  setManaPercent(account, 'downvoteMana', options.downvoteMana ?? 100, nowSeconds);
  setManaPercent(account, 'resourceCredits', options.resourceCredits ?? 100, nowSeconds);
  return account;
}

export type ManaKind = 'votingMana' | 'downvoteMana' | 'resourceCredits';

/** Stake that votes: own and received, less delegated and less the week's power down. */
export function getMaxMana(account: Account, kind: ManaKind): bigint {
  const { weekly, left } = account.powerDown;
  const leaving = weekly < left ? weekly : left;
  const effective = account.vests + account.received - account.delegated - leaving;
  if (kind === 'downvoteMana') return (effective * chainFigures.downvotePoolPercent) / 10_000n;
  // Every account gets some credits for its creation fee, else one without stake could do nothing.
  if (kind === 'resourceCredits') return effective + 2_000_000_000n;
  return effective;
}

export function getMana(account: Account, kind: ManaKind, nowSeconds: number): bigint {
  return regenerateMana(account[kind], getMaxMana(account, kind), nowSeconds);
}

export function setManaPercent(account: Account, kind: ManaKind, percent: number, nowSeconds: number): void {
  const current = (getMaxMana(account, kind) * BigInt(Math.round(percent * 1e6))) / 100_000_000n;
  account[kind] = { current, updatedAt: nowSeconds };
}
