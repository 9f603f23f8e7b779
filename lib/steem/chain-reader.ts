import { AppError, toAppError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { chains, type ChainId } from './chain.ts';
import { createChainClient, type ChainClient } from './json-rpc.ts';
import { readMana, readManaPercent, readMaxMana } from './mana.ts';
import type { PostName } from './post-in-url.ts';
import { buildAccountCall, readAccount } from './read-account.ts';
import {
  priceCall,
  readPrice,
  readRewardFund,
  readRules,
  rewardFundCall,
  rulesCall,
} from './read-globals.ts';
import { buildPostCall, readPost } from './read-post.ts';
import { buildVotesCall, findOwnVote, type OwnVote } from './read-votes.ts';
import { buildPreview, type ChainPreview } from './vote-preview.ts';

export interface PostOnChain extends PostName {
  readonly chain: ChainId;
}

/** Every look-up throws AppError `network`, `service_busy`, `bad_answer` or `service_error` when it gets no answer. */
export interface ChainReader {
  /**
   * What a person should know before a vote, in one request.
   *
   * @param question.voter Account name; without it only the post is told of.
   * @param question.changesByUs How often we changed this vote, which look-ups do not tell; warns before the last.
   * @throws AppError `post_not_found` and `account_not_found` too.
   */
  preview(
    question: PostOnChain & { readonly voter?: string; readonly changesByUs?: number },
  ): Promise<ChainPreview>;
  /**
   * The same of up to 20 posts for one voter, in one request and in their order. What can't be told of one post stands
   * in its place, so that it hides no other.
   *
   * @throws AppError `account_not_found` too.
   */
  previews(question: {
    readonly chain: ChainId;
    readonly voter: string;
    readonly posts: readonly (PostName & { readonly changesByUs: number })[];
  }): Promise<(ChainPreview | AppError)[]>;
  /**
   * The vote that an account has on a post; nodes may answer from a cache of a few seconds.
   *
   * @throws AppError `post_not_found` too.
   */
  ownVote(question: PostOnChain & { readonly voter: string }): Promise<OwnVote | undefined>;
  /** The same for up to 50 posts in one request; posts without a vote, or not on the chain, are left out. */
  ownVotes(chain: ChainId, voter: string, posts: readonly PostName[]): Promise<(PostName & OwnVote)[]>;
  /** Voting power in percent of full. @throws AppError `account_not_found` too. */
  votingPower(chain: ChainId, voter: string): Promise<number>;
  /** What a tweet about a post says. @throws AppError `post_not_found` too. */
  tags(post: PostOnChain): Promise<{ title: string; url: string; tags: readonly string[] }>;
  /** Accounts of the apps that may post and vote for this one. @throws AppError `account_not_found` too. */
  authorities(chain: ChainId, account: string): Promise<readonly string[]>;
}

/** Look-ups on both chains, which need no sign-in. Remembers the node that answered, for as long as it lives. */
export function createChainReader({ http, clock }: Pick<Ports, 'http' | 'clock'>): ChainReader {
  const clients: Readonly<Record<ChainId, ChainClient>> = {
    steem: createChainClient({ http, clock, chain: chains.steem }),
    hive: createChainClient({ http, clock, chain: chains.hive }),
  };

  const previews: ChainReader['previews'] = async ({ chain, voter, posts }) => {
    const [rules, account, fund, price, ...found] = await clients[chain].batch([
      rulesCall,
      buildAccountCall(voter),
      rewardFundCall,
      priceCall,
      ...posts.flatMap((post) => [buildPostCall(post), buildVotesCall(post)]),
    ]);
    const shared = { account: readAccount(account), fund: readRewardFund(fund), price: readPrice(price) };
    const chainRules = readRules(rules);
    return posts.map(({ changesByUs }, index) => {
      const [post, votes] = found.slice(2 * index, 2 * index + 2);
      try {
        if (post === undefined || votes === undefined) throw new AppError('bad_answer');
        const there = readPost(post);
        const ownVote = findOwnVote(votes, voter);
        return buildPreview(chains[chain], there, chainRules, { ...shared, ownVote, changesByUs });
      } catch (thrown) {
        return toAppError(thrown);
      }
    });
  };

  return {
    previews,

    async preview({ chain, voter, changesByUs = 0, ...post }) {
      if (voter === undefined) {
        const [found, rules] = await clients[chain].batch([buildPostCall(post), rulesCall]);
        return buildPreview(chains[chain], readPost(found), readRules(rules));
      }
      const [only = new AppError('bad_answer')] = await previews({
        chain,
        voter,
        posts: [{ ...post, changesByUs }],
      });
      if (only instanceof AppError) throw only;
      return only;
    },

    async ownVote({ chain, voter, ...post }) {
      return findOwnVote(await clients[chain].call(buildVotesCall(post)), voter);
    },

    async ownVotes(chain, voter, posts) {
      if (posts.length === 0) return [];
      const found = await clients[chain].batch(posts.map(buildVotesCall));
      return posts.flatMap(({ author, permlink }, index) => {
        const answer = found[index];
        const vote = answer && findVoteOfList(() => findOwnVote(answer, voter));
        return vote ? [{ author, permlink, ...vote }] : [];
      });
    },

    async votingPower(chain, voter) {
      const [account, rules] = await clients[chain].batch([buildAccountCall(voter), rulesCall]);
      const { stake, manabar } = readAccount(account);
      const maxMana = readMaxMana(stake);
      return readManaPercent(readMana(manabar, maxMana, readRules(rules).now / 1000), maxMana);
    },

    async tags({ chain, ...post }) {
      const { title, tags } = readPost(await clients[chain].call(buildPostCall(post)));
      return { title, url: chains[chain].postUrl(post.author, post.permlink), tags };
    },

    async authorities(chain, account) {
      return readAccount(await clients[chain].call(buildAccountCall(account))).authorities;
    },
  };
}

/** One post that is gone must not hide the votes on the others. */
function findVoteOfList(find: () => OwnVote | undefined): OwnVote | undefined {
  try {
    return find();
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'post_not_found') return undefined;
    throw thrown;
  }
}
