/** The Tweet tab as data, and what follows from it. */
import type { Actions } from '../../lib/actions/index.ts';
import { priceOfPost } from '../../lib/twitter/prices.ts';
import { splitSections, splitThread } from '../../lib/twitter/split-thread.ts';
import { badCharacter, maxTweetWeight, readWeightedLength } from '../../lib/twitter/weighted-length.ts';
import type { Failure } from '../../lib/ui/failure.ts';
import type { Schedule } from '../../lib/ui/local-time.ts';
import type { KeptRequest } from '../../lib/ui/kept.tsx';

export type Poster = Actions['tweet.start']['output']['accounts'][number];
type PostReply = Actions['tweet.post']['output'];
export type PostStopped = Extract<PostReply, { state: 'stopped' }>;
export type Posted = PostStopped['posted'][number];

/** Longer ones are refused before anything is counted; X takes no longer text from anyone. */
export const maxTextLength = 25_000;
/** The tweets of one request. */
export const maxParts = 50;
const marker = '\n---\n';

/** A tweet or thread on its way: what was asked for, whatever is shown meanwhile. */
export interface Order {
  readonly account: string;
  readonly name: string;
  /** As typed, to be given back when it is undone. */
  readonly text: string;
  readonly parts: readonly string[];
  readonly replyTo: string | undefined;
  /** Undefined for now. */
  readonly schedule: Schedule | undefined;
}

/** Where a thread that stopped half-way goes on: under the last tweet of the same account. */
export interface Resumption {
  readonly account: string;
  readonly replyTo: string;
}

export type Step =
  | { readonly state: 'editing' }
  /** The sign-in window is open, where the person allows posting. */
  | { readonly state: 'allowing' }
  | { readonly state: 'posting'; readonly order: Order; readonly posted: number }
  | {
      readonly state: 'done';
      readonly order: Order;
      readonly posted: readonly Posted[];
      /** Seconds during which Undo is offered. */
      readonly secondsLeft: number;
      /** Why undoing did not work; `posted` is what is still there. */
      readonly failure?: Failure;
    }
  /** Kept by the background, to go out by itself. */
  | { readonly state: 'kept'; readonly order: Order; readonly kept: KeptRequest }
  | { readonly state: 'checking' }
  | { readonly state: 'undoing' }
  | { readonly state: 'undone'; readonly count: number }
  | {
      readonly state: 'stopped';
      readonly order: Order;
      readonly posted: readonly Posted[];
      readonly failure: Failure;
    }
  | { readonly state: 'handed-off'; readonly url: string }
  | { readonly state: 'failed'; readonly failure: Failure };

export interface TweetState {
  readonly isOpen: boolean;
  readonly accounts: readonly Poster[];
  /** Title and link of the tab; empty for none. */
  readonly suggestion: string;
  /** What was chosen to tweet about is on its way. */
  readonly isFilling: boolean;
  readonly text: string;
  /** Account id; empty for X's own composer. */
  readonly account: string;
  readonly resumption: Resumption | undefined;
  /** What the person has set by hand. Nothing that arrives later overwrites it. */
  readonly moved: { readonly text: boolean; readonly account: boolean };
  readonly step: Step;
}

export const initialTweetState: TweetState = {
  isOpen: false,
  accounts: [],
  suggestion: '',
  isFilling: false,
  text: '',
  account: '',
  resumption: undefined,
  moved: { text: false, account: false },
  step: { state: 'editing' },
};

/** Why a text can't be sent as it is. */
export type TextFault = 'empty' | 'text_too_long' | 'bad_character' | 'thread_too_long' | 'too_long';

export interface ReadTweet {
  /** Of one tweet, negative when the text is too long for it; undefined where that says nothing. */
  readonly remaining: number | undefined;
  /** What one tweet has no room for. */
  readonly excess: string;
  /** What would be posted by the account; none where there is a fault that leaves nothing to show. */
  readonly parts: readonly string[];
  readonly fault: TextFault | undefined;
}

/** What the text amounts to with the account that is chosen. */
export function readTweet(state: TweetState): ReadTweet {
  const { text, account } = state;
  if (text.length > maxTextLength)
    return { remaining: undefined, excess: '', parts: [], fault: 'text_too_long' };
  // Space around a text is not sent, so it does not count.
  const start = text.length - text.trimStart().length;
  const { weight, validUntil } = readWeightedLength(text.trim());
  const remaining = maxTweetWeight - weight;
  const excess = remaining < 0 ? text.trimEnd().slice(start + validUntil) : '';
  const found = findTextFault(text);
  if (account === '') return { remaining, excess, parts: [], fault: found };
  // Splitting takes longest where it is of no use.
  if (weight > maxParts * maxTweetWeight)
    return { remaining, excess, parts: [], fault: found ?? 'thread_too_long' };
  const isRest = findReplyTo(state) !== undefined;
  // The rest of a thread has its numbers already, and is not meant to be one tweet.
  const parts = isRest ? splitSections(text) : splitThread(text);
  if (isRest && parts.length > 1)
    return { remaining: undefined, excess: '', parts, fault: found ?? findPartsFault(parts) };
  return { remaining, excess, parts, fault: found ?? findPartsFault(parts) };
}

/** What keeps a text from being sent in any way. */
export function findTextFault(text: string): TextFault | undefined {
  if (text.length > maxTextLength) return 'text_too_long';
  if (badCharacter.test(text)) return 'bad_character';
  return text.trim() === '' ? 'empty' : undefined;
}

function findPartsFault(parts: readonly string[]): TextFault | undefined {
  if (parts.length === 0) return 'empty';
  if (parts.length > maxParts) return 'thread_too_long';
  return parts.some((part) => !readWeightedLength(part).isValid) ? 'too_long' : undefined;
}

/** The tweet under which this goes on, while the account is still the one that posted it. */
export function findReplyTo({ resumption, account }: TweetState): string | undefined {
  return resumption?.account === account ? resumption.replyTo : undefined;
}

/** The first character that X does not take, by its code point (`U+FEFF`), and what stands before it. */
export function findBadCharacter(text: string): { name: string; before: string } | undefined {
  const found = badCharacter.exec(text);
  if (found === null) return undefined;
  const code = found[0].codePointAt(0) ?? 0;
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return { name, before: text.slice(Math.max(0, found.index - 20), found.index).toWellFormed() };
}

export function removeBadCharacters(text: string): string {
  return text.replaceAll(new RegExp(badCharacter, 'gu'), '');
}

/** US dollars for posting by the API. */
export function priceOfParts(parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + priceOfPost(part), 0);
}

/** The rest of a thread as one text that is divided where the thread was. */
export function joinParts(parts: readonly string[]): string {
  return parts.join(marker);
}

/** What is put in at the cursor, set apart from the word before it. */
export function separate(before: string, insertion: string): string {
  return /\S$/.test(before) ? ` ${insertion}` : insertion;
}

/** The account that is taken first. */
export function findDefaultPoster(accounts: readonly Poster[]): Poster | undefined {
  return accounts.find(({ isDefault }) => isDefault) ?? accounts[0];
}

export function isUnderWay({ step }: TweetState): boolean {
  return ['posting', 'checking', 'undoing', 'allowing'].includes(step.state);
}

export function offersUndo(step: Step): step is Extract<Step, { state: 'done' }> {
  return step.state === 'done' && step.secondsLeft > 0;
}
