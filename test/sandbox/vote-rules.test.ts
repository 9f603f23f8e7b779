import { beforeEach, describe, expect, test } from 'vitest';
import { SandboxChain } from './chain/chain.ts';
import { RpcError } from './chain/errors.ts';
import { rareChainTexts } from './chain/rare-texts.ts';
import { chainFigures, hiveRules, steemRules } from './chain/rules.ts';
import { getMana } from './chain/account.ts';
import { SandboxClock } from './clock.ts';
import { buildErrorText } from './auth/error-text.ts';

const vote = { voter: 'bob', author: 'alice', permlink: 'a-post', weight: 10_000 };
const hour = 3_600_000;

function makeChain(rules: typeof steemRules) {
  const clock = new SandboxClock();
  const chain = new SandboxChain(rules, clock);
  chain.addAccount({ name: 'alice' });
  chain.addAccount({ name: 'bob' });
  chain.addPost({ author: 'alice', permlink: 'a-post' });
  return { clock, chain };
}

/** What a person would be told by a service that broadcasts for them. */
function refusalOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof RpcError) return buildErrorText(error.body);
    throw error;
  }
  throw new Error('the chain accepted it');
}

describe.each([
  ['Steem', steemRules],
  ['Hive', hiveRules],
] as const)('%s', (_title, rules) => {
  let { chain, clock } = makeChain(rules);
  beforeEach(() => {
    ({ chain, clock } = makeChain(rules));
  });

  test('a vote is recorded with its weight and strength, and costs 2 % of the mana', () => {
    const { id } = chain.broadcastVote(vote);
    expect(id).toMatch(/^[0-9a-f]{40}$/);
    expect(chain.votesOn('alice', 'a-post')).toMatchObject([
      { voter: 'bob', percent: 10_000, rshares: 39_950_000_000n, changes: 0 },
    ]);
    expect(chain.getAccount('bob').votingMana.current).toBe(1_960_000_000_000n);
  });

  test.each([10_001, -10_001])('weight %d is no percentage', (weight) => {
    const text = `Weight is not a ${rules.id === 'steem' ? 'STEEMIT' : 'HIVE'} percentage`;
    expect(refusalOf(() => chain.broadcastVote({ ...vote, weight }))).toContain(text);
  });

  test('half a weight step is a bad cast', () => {
    expect(refusalOf(() => chain.broadcastVote({ ...vote, weight: 10.5 }))).toContain('Bad Cast');
  });

  test('names and permlinks are validated', () => {
    expect(refusalOf(() => chain.broadcastVote({ ...vote, author: 'Alice' }))).toContain(
      'Account name Alice is invalid',
    );
    expect(refusalOf(() => chain.broadcastVote({ ...vote, permlink: 'x'.repeat(256) }))).toContain(
      'permlink is too long',
    );
  });

  test('posting authority reaches through the app to the broadcaster, and no further', () => {
    const refusal = 'Missing Posting Authority bob';
    chain.addAccount({ name: 'some.app' });
    expect(refusalOf(() => chain.broadcastVote(vote, 'broadcaster'))).toBe(refusal);
    chain.authorise('bob', 'some.app');
    expect(refusalOf(() => chain.broadcastVote(vote, 'broadcaster'))).toBe(refusal);
    chain.authorise('some.app', 'broadcaster');
    chain.broadcastVote(vote, 'broadcaster');
    expect(chain.votesOn('alice', 'a-post')).toHaveLength(1);
  });

  test('declined voting rights', () => {
    chain.getAccount('bob').canVote = false;
    expect(refusalOf(() => chain.broadcastVote(vote))).toBe(
      `${rules.id === 'steem' ? 'voter.can_vote: ' : ''}Voter has declined their voting rights.`,
    );
  });

  test('votes switched off refuse upvotes only', () => {
    chain.getPost('alice', 'a-post').allowVotes = false;
    expect(refusalOf(() => chain.broadcastVote(vote))).toBe(
      rules.id === 'steem'
        ? 'comment.allow_votes: Votes are not allowed on the comment.'
        : 'Assert Exception:comment_cashout->allows_votes() && "Votes are not allowed on the comment."',
    );
    chain.broadcastVote({ ...vote, weight: -100 });
    expect(chain.votesOn('alice', 'a-post')).toMatchObject([{ percent: -100 }]);
  });

  test('a paid out post takes a vote without effect or cost', () => {
    clock.offsetMs = 8 * 24 * hour;
    chain.broadcastVote(vote);
    expect(chain.transactions).toHaveLength(1);
    expect(chain.votesOn('alice', 'a-post').map(({ rshares }) => rshares)).toEqual(
      rules.id === 'steem' ? [0n] : [],
    );
    const bob = chain.getAccount('bob');
    expect(getMana(bob, 'votingMana', chain.now() / 1000)).toBe(bob.vests);
  });

  test('being rewarded', () => {
    chain.getPost('alice', 'a-post').beingRewarded = true;
    expect(refusalOf(() => chain.broadcastVote(vote))).toBe(
      `${rules.id === 'steem' ? '_now < comment.cashout_time: ' : ''}Comment is actively being rewarded. Cannot vote on comment.`,
    );
  });

  test('weight 0 needs a vote to remove', () => {
    expect(refusalOf(() => chain.broadcastVote({ ...vote, weight: 0 }))).toBe(
      rules.id === 'steem'
        ? 'o.weight != 0: Vote weight cannot be 0.'
        : 'Assert Exception:o.weight != 0 && "Vote weight cannot be 0."',
    );
    chain.broadcastVote(vote);
    clock.offsetMs += 3000;
    chain.broadcastVote({ ...vote, weight: 0 });
    expect(chain.votesOn('alice', 'a-post')).toMatchObject([{ percent: 0, rshares: 0n, changes: 1 }]);
  });

  test('an identical vote', () => {
    chain.broadcastVote(vote);
    clock.offsetMs += 3000;
    expect(refusalOf(() => chain.broadcastVote(vote))).toContain(
      'Your current vote on this comment is identical to this vote.',
    );
  });

  test('no mana, no upvote', () => {
    chain.addAccount({ name: 'bob', vests: 0 });
    if (rules.id === 'hive') chain.addAccount({ name: 'bob', mana: 0.5 });
    expect(refusalOf(() => chain.broadcastVote(vote))).toContain(
      'Account does not have enough mana to vote.',
    );
    expect(chain.votesOn('alice', 'a-post')).toEqual([]);
  });

  test('a downvote takes from its own pool first', () => {
    chain.broadcastVote({ ...vote, weight: -10_000 });
    const { votingMana, downvoteMana } = chain.getAccount('bob');
    expect(votingMana.current).toBe(2_000_000_000_000n);
    expect(downvoteMana.current).toBe(460_000_000_000n);
    expect(chain.votesOn('alice', 'a-post')).toMatchObject([{ percent: -10_000, rshares: -39_950_000_000n }]);
  });

  test('no mana of either kind, no downvote', () => {
    chain.addAccount({ name: 'bob', vests: 0 });
    expect(refusalOf(() => chain.broadcastVote({ ...vote, weight: -10_000 }))).toContain(
      'Account does not have enough mana to downvote.',
    );
  });

  test('a vote loses strength over the last twelve hours', () => {
    clock.offsetMs = chainFigures.payoutMs - 6 * hour;
    chain.broadcastVote(vote);
    const [{ rshares } = { rshares: 0n }] = chain.votesOn('alice', 'a-post');
    expect(Number(rshares)).toBeCloseTo(39_950_000_000 / 2, -8);
  });

  test('resource credits', () => {
    chain.setMana('bob', 'resourceCredits', 0);
    expect(refusalOf(() => chain.broadcastVote(vote))).toMatch(
      new RegExp(
        `^Account: bob has \\d+ RC, needs 113000000 RC\\. Please wait to transact, or power up ${rules.token}\\.$`,
      ),
    );
    expect(chain.votesOn('alice', 'a-post')).toEqual([]);
  });

  test('unknown post and unknown account', () => {
    const post = refusalOf(() => chain.broadcastVote({ ...vote, permlink: 'nope' }));
    const account = refusalOf(() => chain.broadcastVote({ ...vote, voter: 'nobody' }));
    if (rules.id === 'steem') {
      expect([post, account]).toEqual(['unknown key: ', 'unknown key: ']);
    } else {
      expect(post).toBe('Comment with permlink nope of alice not found');
      expect(account).toBe('Account nobody does not exist');
    }
  });

  test('a transaction is all or nothing', () => {
    chain.addPost({ author: 'alice', permlink: 'other' });
    chain.addAccount({ name: 'carol' });
    expect(() =>
      chain.broadcast(
        [
          ['vote', vote],
          ['vote', { ...vote, permlink: 'nope' }],
        ],
        'bob',
      ),
    ).toThrow(RpcError);
    expect(chain.votesOn('alice', 'a-post')).toEqual([]);
    expect(chain.transactions).toEqual([]);
    expect(() => chain.broadcast([['transfer', { from: 'bob' }]], 'bob')).toThrow(
      'Invalid operation name: transfer',
    );
  });

  test('any text can be put in its mouth, for whom and as often as a test says', () => {
    chain.refuseNext(rareChainTexts.expired, { voter: 'bob', times: 2 });
    chain.broadcastVote({ ...vote, voter: 'alice' });
    for (const weight of [100, 200]) {
      expect(refusalOf(() => chain.broadcastVote({ ...vote, weight }))).toContain(rareChainTexts.expired);
    }
    chain.broadcastVote(vote);
    chain.refuseNext({ code: -32603, message: 'Internal Error' });
    expect(refusalOf(() => chain.broadcastVote({ ...vote, weight: 1 }))).toBe('Internal Error');
  });
});

describe('what only Steem has', () => {
  test('three seconds between votes, looked at before the vote itself', () => {
    const { chain, clock } = makeChain(steemRules);
    chain.addPost({ author: 'alice', permlink: 'other' });
    chain.broadcastVote(vote);
    const tooSoon = 'elapsed_seconds >= STEEM_MIN_VOTE_INTERVAL_SEC: Can only vote once every 3 seconds.';
    expect(refusalOf(() => chain.broadcastVote({ ...vote, permlink: 'other' }))).toBe(tooSoon);
    expect(refusalOf(() => chain.broadcastVote(vote))).toBe(tooSoon);
    clock.offsetMs += 3000;
    chain.broadcastVote({ ...vote, permlink: 'other' });
  });

  test('five changes of a vote, counted before likeness is', () => {
    const { chain, clock } = makeChain(steemRules);
    for (const weight of [100, 200, 300, 400, 500, 600]) {
      clock.offsetMs += 3000;
      chain.broadcastVote({ ...vote, weight });
    }
    clock.offsetMs += 3000;
    for (const weight of [600, 700]) {
      expect(refusalOf(() => chain.broadcastVote({ ...vote, weight }))).toBe(
        'itr->num_changes < STEEM_MAX_VOTE_CHANGES: Voter has used the maximum number of vote changes on this comment.',
      );
    }
  });

  test('a vote costs a share of the current mana', () => {
    const { chain } = makeChain(steemRules);
    chain.setMana('bob', 'votingMana', 50);
    chain.broadcastVote(vote);
    expect(chain.getAccount('bob').votingMana.current).toBe(980_000_000_000n);
  });

  test('mana is looked at before the vote’s history', () => {
    const { chain, clock } = makeChain(steemRules);
    chain.broadcastVote(vote);
    clock.offsetMs += 3000;
    chain.getAccount('bob').vests = 0n;
    expect(refusalOf(() => chain.broadcastVote(vote))).toBe(
      'voter.voting_manabar.has_mana( used_mana ): Account does not have enough mana to vote.',
    );
  });
});

describe('what only Hive has', () => {
  test('votes in a row and without a limit of changes', () => {
    const { chain } = makeChain(hiveRules);
    for (const weight of [1, 2, 3, 4, 5, 6, 7, 8]) chain.broadcastVote({ ...vote, weight });
    expect(chain.votesOn('alice', 'a-post')).toMatchObject([{ percent: 8, changes: 7 }]);
  });

  test('a vote costs a share of the full mana, and the refusal has the figures', () => {
    const { chain } = makeChain(hiveRules);
    chain.setMana('bob', 'votingMana', 50);
    chain.broadcastVote(vote);
    expect(chain.getAccount('bob').votingMana.current).toBe(960_000_000_000n);
    chain.setMana('bob', 'votingMana', 1);
    expect(refusalOf(() => chain.broadcastVote({ ...vote, weight: 9000 }))).toMatch(
      /^Account does not have enough mana to vote\. voting_mana: 2\d{10} required_mana: 36000000000$/,
    );
  });

  test('the vote’s history is looked at before mana', () => {
    const { chain } = makeChain(hiveRules);
    chain.broadcastVote(vote);
    chain.getAccount('bob').vests = 0n;
    expect(refusalOf(() => chain.broadcastVote(vote))).toContain('identical to this vote');
  });
});
