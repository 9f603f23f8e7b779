/** The Vote tab as data, and what follows from it. */
import type { Actions } from '../../lib/actions/index.ts';
import type { VotePreview } from '../../lib/actions/vote.ts';
import { findPostInUrl } from '../../lib/steem/post-in-url.ts';
import type { VoteEnd } from '../../lib/bus/ask-until-done.ts';
import type { Failure } from '../../lib/ui/failure.ts';
import type { Schedule } from '../../lib/ui/local-time.ts';
import type { KeptRequest } from '../../lib/ui/kept.tsx';

type VoteDone = Extract<VoteEnd, { state: 'done' }>;
export type Voter = Actions['vote.start']['output']['accounts'][number];

/** What the chain says of the post in the field. */
export type Facts =
  | { readonly state: 'none' }
  /** `preview` is the one before, of the same post. */
  | { readonly state: 'loading'; readonly preview?: VotePreview }
  | { readonly state: 'shown'; readonly preview: VotePreview }
  | { readonly state: 'failed'; readonly failure: Failure };

/** A vote on its way: what was asked for, whatever is typed meanwhile. */
export interface Order {
  readonly post: string;
  /** author/permlink where it is known, else what was typed. */
  readonly postName: string;
  readonly account: string;
  readonly name: string;
  /** Percent. */
  readonly weight: number;
  /** Whose remembered weight this becomes; undefined while the chain has not told. */
  readonly kind: 'post' | 'comment' | undefined;
  /** Undefined for now. */
  readonly schedule: Schedule | undefined;
}

export type Step =
  | { readonly state: 'editing' }
  | { readonly state: 'confirming'; readonly order: Order }
  | { readonly state: 'counting'; readonly order: Order; readonly secondsLeft: number }
  | { readonly state: 'sending' | 'waiting'; readonly order: Order }
  | { readonly state: 'done'; readonly order: Order; readonly result: VoteDone }
  /** Kept by the background, to go out by itself. */
  | { readonly state: 'kept'; readonly kept: KeptRequest }
  | { readonly state: 'handed-off'; readonly url: string }
  | { readonly state: 'failed'; readonly failure: Failure };

export interface VoteState {
  readonly isOpen: boolean;
  readonly accounts: readonly Voter[];
  /** The host of the current tab when it is a site we know. */
  readonly site: string | undefined;
  readonly hasSiteChanged: boolean;
  readonly undoSeconds: number;
  /** The post of the current tab, empty for none. */
  readonly tabPost: string;
  readonly post: string;
  /** Account id; empty to vote without a connected account, at the signer's page. */
  readonly account: string;
  /** Percent, as typed. */
  readonly weight: string;
  /** What the person has set by hand. Nothing that arrives later overwrites it. */
  readonly moved: { readonly post: boolean; readonly account: boolean; readonly weight: boolean };
  readonly facts: Facts;
  readonly step: Step;
}

export const initialVoteState: VoteState = {
  isOpen: false,
  accounts: [],
  site: undefined,
  hasSiteChanged: false,
  undoSeconds: 0,
  tabPost: '',
  post: '',
  account: '',
  weight: '100',
  moved: { post: false, account: false, weight: false },
  facts: { state: 'none' },
  step: { state: 'editing' },
};

/** Percent from -100 to 100 in steps of 0.01; undefined for anything else. */
export function findWeight(text: string): number | undefined {
  const weight = Number(text.trim().replace(',', '.'));
  const isWeight = text.trim() !== '' && Math.abs(weight) <= 100 && Number(weight.toFixed(2)) === weight;
  return isWeight ? weight : undefined;
}

export function findPreview({ facts }: VoteState): VotePreview | undefined {
  return facts.state === 'shown' || facts.state === 'loading' ? facts.preview : undefined;
}

/** The account that is taken first, of one chain or of all. */
export function findDefaultVoter(accounts: readonly Voter[], chain?: Voter['chain']): Voter | undefined {
  const candidates = chain === undefined ? accounts : accounts.filter((account) => account.chain === chain);
  return candidates.find(({ isDefault }) => isDefault) ?? candidates[0];
}

/**
 * The weight to show while the person has set none: that of a vote already cast, else the one remembered for the
 * account, for posts and comments apart.
 */
export function readOwnWeight(state: VoteState): string {
  const preview = findPreview(state);
  const current = preview?.voter?.currentWeight ?? 0;
  if (current !== 0) return String(current);
  const account = state.accounts.find(({ id }) => id === state.account);
  if (account === undefined) return initialVoteState.weight;
  const isComment = preview === undefined ? state.post.includes('#@') : preview.post.kind === 'comment';
  return String(isComment ? account.commentWeight : account.postWeight);
}

/** author/permlink of what is in the Post field, or the text itself where it can't be told. */
export function readPostName(post: string, preview: VotePreview | undefined): string {
  if (preview !== undefined) return `${preview.post.author}/${preview.post.permlink}`;
  const named = URL.canParse(post) ? findPostInUrl(new URL(post)) : undefined;
  return named === undefined ? post.trim().replace(/^@/, '') : `${named.author}/${named.permlink}`;
}
