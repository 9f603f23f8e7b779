/** A small chain: accounts, posts, votes, blocks and transactions, under one chain's rules. */
import { createHash } from 'node:crypto';
import type { SandboxClock } from '../clock.ts';
import type { Account, AccountOptions, ManaKind } from './account.ts';
import { buildAccount, setManaPercent } from './account.ts';
import type { RpcErrorBody } from './errors.ts';
import { buildPlainRefusal, RpcError } from './errors.ts';
import type { Post, PostOptions, Vote } from './post.ts';
import { buildPost } from './post.ts';
import type { ChainRules } from './rules.ts';
import type { VoteOperation } from './vote-operation.ts';
import { applyVote } from './vote.ts';

export type Operation = readonly [name: string, fields: Readonly<Record<string, unknown>>];

export interface Transaction {
  /** 40 hex digits. */
  readonly id: string;
  readonly blockNumber: number;
  readonly operations: readonly Operation[];
  readonly signer: string;
  /** UTC ms. */
  readonly at: number;
}

export interface RefusalFilter {
  readonly voter?: string;
  readonly author?: string;
  readonly permlink?: string;
  /** How many broadcasts it refuses; 1 when left out. */
  readonly times?: number;
}

export class SandboxChain {
  readonly rules: ChainRules;
  readonly #clock: SandboxClock;
  readonly #startedAt: number;
  #accounts = new Map<string, Account>();
  #posts = new Map<string, Post>();
  #refusals: { filter: RefusalFilter; error: RpcError; left: number }[] = [];
  /** All transactions the chain accepted, oldest first. */
  readonly transactions: Transaction[] = [];

  constructor(rules: ChainRules, clock: SandboxClock) {
    this.rules = rules;
    this.#clock = clock;
    this.#startedAt = clock.now();
  }

  /** UTC ms. */
  now(): number {
    return this.#clock.now();
  }

  /** Grows by one every three seconds. */
  get headBlock(): number {
    return this.rules.firstBlock + Math.max(0, Math.floor((this.now() - this.#startedAt) / 3000));
  }

  addAccount(options: AccountOptions): Account {
    const account = buildAccount(options, Math.floor(this.now() / 1000));
    this.#accounts.set(account.name, account);
    return account;
  }

  findAccount(name: string): Account | undefined {
    return this.#accounts.get(name);
  }

  /** Throws when the test names an account that was never added. */
  getAccount(name: string): Account {
    const account = this.#accounts.get(name);
    if (account === undefined) throw new Error(`no account ${name} on ${this.rules.title}`);
    return account;
  }

  setMana(name: string, kind: ManaKind, percent: number): void {
    setManaPercent(this.getAccount(name), kind, percent, Math.floor(this.now() / 1000));
  }

  /** Adds `app` to the account's posting authority, as an account_update with the active key does. */
  authorise(name: string, app: string): void {
    const account = this.getAccount(name);
    if (!account.postingAuths.includes(app)) account.postingAuths.push(app);
  }

  withdrawAuthority(name: string, app: string): void {
    const account = this.getAccount(name);
    account.postingAuths = account.postingAuths.filter((other) => other !== app);
  }

  /** The parent of a comment must be there already. */
  addPost(options: PostOptions): Post {
    const { parent } = options;
    const parentPost = parent && this.getPost(parent.author, parent.permlink);
    const post = buildPost(options, this.#posts.size + 1000, this.now(), parentPost);
    this.#posts.set(`${post.author}/${post.permlink}`, post);
    return post;
  }

  findPost(author: string, permlink: string): Post | undefined {
    const post = this.#posts.get(`${author}/${permlink}`);
    return post?.deleted === false ? post : undefined;
  }

  getPost(author: string, permlink: string): Post {
    const post = this.#posts.get(`${author}/${permlink}`);
    if (post === undefined) throw new Error(`no post ${author}/${permlink} on ${this.rules.title}`);
    return post;
  }

  /** True when it was there once. */
  isDeleted(author: string, permlink: string): boolean {
    return this.#posts.get(`${author}/${permlink}`)?.deleted === true;
  }

  deletePost(author: string, permlink: string): void {
    this.getPost(author, permlink).deleted = true;
  }

  /** Top-level posts, newest first. */
  listPosts(): Post[] {
    return [...this.#posts.values()]
      .filter((post) => !post.deleted && post.parent === undefined)
      .sort((one, other) => other.created - one.created);
  }

  listReplies(author: string, permlink: string): Post[] {
    return [...this.#posts.values()].filter(
      (post) => !post.deleted && post.parent?.author === author && post.parent.permlink === permlink,
    );
  }

  votesOn(author: string, permlink: string): readonly Vote[] {
    return this.getPost(author, permlink).votes;
  }

  /** Refuses coming broadcasts that fit, with a text (see rareChainTexts) or a whole JSON-RPC error. */
  refuseNext(error: string | RpcErrorBody, filter: RefusalFilter = {}): void {
    this.#refusals.push({
      filter,
      error: typeof error === 'string' ? buildPlainRefusal(this.rules.id, error) : new RpcError(error),
      left: filter.times ?? 1,
    });
  }

  /** One vote in a transaction of its own; signed by the voter unless `signer` says otherwise. Throws RpcError. */
  broadcastVote(operation: VoteOperation, signer = operation.voter): Transaction {
    return this.broadcast([['vote', { ...operation }]], signer);
  }

  /** All operations or none. Knows votes only. Throws RpcError with the chain's own text. */
  broadcast(operations: readonly Operation[], signer: string): Transaction {
    if (operations.length === 0)
      throw buildPlainRefusal(
        this.rules.id,
        'operations.size() > 0: A transaction must have at least one operation',
      );
    const undo = operations.length > 1 ? this.#keepState() : undefined;
    try {
      for (const operation of operations) this.#apply(operation, signer);
    } catch (error) {
      undo?.();
      throw error;
    }
    const transaction: Transaction = {
      id: createHash('sha1')
        .update(`${this.rules.id}:${this.transactions.length}:${this.#startedAt}`)
        .digest('hex'),
      blockNumber: this.headBlock + 1,
      operations,
      signer,
      at: this.now(),
    };
    this.transactions.push(transaction);
    return transaction;
  }

  /** Copies of everything, to be put back when a later operation is refused; one operation alone changes nothing. */
  #keepState(): () => void {
    const accounts = structuredClone(this.#accounts);
    const posts = structuredClone(this.#posts);
    return () => {
      this.#accounts = accounts;
      this.#posts = posts;
    };
  }

  #apply([name, fields]: Operation, signer: string): void {
    if (name !== 'vote')
      throw buildPlainRefusal(this.rules.id, `itr != to_tag.end(): Invalid operation name: ${name}`);
    const vote = readVote(this.rules.id, fields);
    this.#throwRefusal(vote);
    applyVote(this, vote, signer);
  }

  #throwRefusal(vote: VoteOperation): void {
    const refusal = this.#refusals.find(
      ({ left, filter }) =>
        left > 0 &&
        (filter.voter ?? vote.voter) === vote.voter &&
        (filter.author ?? vote.author) === vote.author &&
        (filter.permlink ?? vote.permlink) === vote.permlink,
    );
    if (refusal === undefined) return;
    refusal.left -= 1;
    throw refusal.error;
  }
}

/** Nodes take numbers as text too; anything else is a bad cast. */
function readVote(chain: 'steem' | 'hive', fields: Readonly<Record<string, unknown>>): VoteOperation {
  const { voter, author, permlink, weight } = fields;
  if (typeof voter !== 'string' || typeof author !== 'string' || typeof permlink !== 'string') {
    throw buildPlainRefusal(chain, 'Bad Cast:Invalid cast from type to string');
  }
  const isNumeric = typeof weight === 'number' || (typeof weight === 'string' && /^-?\d+$/.test(weight));
  if (!isNumeric) throw buildPlainRefusal(chain, 'Bad Cast:Invalid cast from type to Int64');
  return { voter, author, permlink, weight: Number(weight) };
}
