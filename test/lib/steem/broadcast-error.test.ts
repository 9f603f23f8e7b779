import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../lib/errors.ts';
import { readBroadcastError } from '../../../lib/steem/broadcast-error.ts';

const steemAssertion = [
  '10 assert_exception: Assert Exception',
  'itr->vote_percent != o.weight: Your current vote on this comment is identical to this vote.',
  '    {}',
  '    th_a  steem_evaluator.cpp:2345 do_apply',
  '',
  '    {"o":{"voter":"bob","author":"alice","permlink":"my-post","weight":10000}}',
  '    th_a  database.cpp:3456 _apply_transaction',
].join('\n');

describe('readBroadcastError', () => {
  test.each([
    [
      '( _now - voter.last_vote_time ).to_seconds() >= 3: Can only vote once every 3 seconds.',
      'vote_too_soon',
    ],
    [steemAssertion, 'vote_identical'],
    [
      'Assert Exception:itr->vote_percent != o.weight: You have already voted in a similar way.',
      'vote_identical',
    ],
    ['Your current vote on this\n comment is identical to this vote.', 'vote_identical'],
    [
      'itr->num_changes < STEEM_MAX_VOTE_CHANGES: Voter has used the maximum number of vote changes on this comment.',
      'vote_changes_used_up',
    ],
    ['o.weight != 0: Vote weight cannot be 0.', 'vote_nothing_to_remove'],
    ['Assert Exception:o.weight != 0 && "Vote weight cannot be 0"', 'vote_nothing_to_remove'],
    ['voter.voting_manabar.has_mana( used ): Account does not have enough mana to vote.', 'vote_power_empty'],
    [
      'Account does not have enough mana to vote. voting_mana: ${voting_mana} required_mana: ${required}',
      'vote_power_empty',
    ],
    ['used_power <= current_power: Account does not have enough power to vote.', 'vote_power_empty'],
    ['current_power > 0: Account currently does not have voting power.', 'vote_power_empty'],
    ['has_mana( used_mana ): Account does not have enough mana to downvote.', 'downvote_power_empty'],
    ['comment.allow_votes: Votes are not allowed on the comment.', 'vote_not_allowed'],
    ['voter.can_vote: Voter has declined their voting rights.', 'vote_declined'],
    ['Comment is actively being rewarded. Cannot vote on comment.', 'vote_payout_running'],
    ['Cannot vote again on a comment after payout.', 'vote_after_payout'],
    ['Votes evaluating for comment that is paid out is forbidden.', 'vote_after_payout'],
    ['Cannot increase payout within last twelve hours before payout.', 'vote_last_hours'],
    ['Voting weight is too small, please accumulate more voting power or steem power.', 'vote_too_weak'],
    [
      'Account: bob has 1 RC, needs 1000 RC. Please wait to transact, or power up STEEM.',
      'resource_credits_empty',
    ],
    [
      'plugin exception:Account: ${account} has ${rc_current} RC, needs ${rc_needed} RC. Please wait to transact, or power up HIVE.rethrow',
      'resource_credits_empty',
    ],
    ['missing required posting authority:Missing Posting Authority bob', 'app_not_authorised'],
    ['3030000 tx_missing_posting_auth', 'app_not_authorised'],
    ['unknown key:unknown key: ', 'post_not_found'],
    ['Comment with id/permlink alice/nope not found', 'post_not_found'],
    ['Assert Exception:Post alice/nope does not exist', 'post_not_found'],
    ['Assert Exception:Account foo.bar does not exist', 'account_not_found'],
    ['Weight is not a STEEMIT percentage', 'bad_weight'],
    ['Weight is not a HIVE percentage', 'bad_weight'],
    ['now < trx.expiration: transaction expiration exception', 'transaction_expired'],
    ['transaction tapos exception', 'transaction_expired'],
    ['trx_idx.find(id) == end(): Duplicate transaction check failed', 'transaction_expired'],
    ['Unable to acquire database lock', 'service_busy'],
    ['Could not acquire lock', 'service_busy'],
    ['Request timeout', 'service_busy'],
    ['ESOCKETTIMEDOUT', 'service_busy'],
    ['<html><head><title>502 Bad Gateway</title>', 'service_busy'],
    ['Request to hived API failed', 'service_busy'],
  ])('%s is %s', (text, code) => {
    const error = readBroadcastError(text);
    expect(error.code).toBe(code);
    expect(error.details).toBe(text);
  });

  test('a permlink in the dump of the operation is not mistaken for a text', () => {
    const dump = 'false: Not today.\n {"permlink":"my-timeout-and-tapos-song"}';
    expect(readBroadcastError(dump).code).toBe('vote_refused');
  });

  test('a wrong weight names its field', () => {
    expect(readBroadcastError('Weight is not a HIVE percentage').field).toBe('weight');
  });

  test.each([
    [
      '10 assert_exception: Assert Exception\n_db.head_block_num() > 1: The moon is full.\n    {"a":1}\n    th_a x.cpp:1',
      'The moon is full.',
    ],
    ['Assert Exception:a != b && "The moon is ${phase}"', 'The moon is …'],
    ['Sorry: the moon is full.', 'Sorry: the moon is full.'],
    ['', ''],
  ])('%j is refused in the words %j', (text, said) => {
    const error = readBroadcastError(text);
    expect(error.code).toBe('vote_refused');
    expect(error.params).toEqual({ text: said });
  });

  test('the raw text is cut to a length that can be kept', () => {
    expect(readBroadcastError('x'.repeat(1e6)).details).toHaveLength(2000);
  });

  test('reads any text, anything around a known one, and never hangs', () => {
    const known = 'Can only vote once every 3 seconds';
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, isKnown) => {
        const error = readBroadcastError(isKnown ? `${text} ${known} ${text}` : text);
        expect(error).toBeInstanceOf(AppError);
        if (isKnown) expect(error.code).toBe('vote_too_soon');
      }),
    );
    const started = performance.now();
    for (const part of [
      'comment with ',
      'account ',
      'a: ',
      ' && "',
      '10 a_exception: ',
      'Assert Exception:',
      '\n',
    ]) {
      readBroadcastError(part.repeat(200_000));
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
