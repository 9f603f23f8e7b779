import { AppError, type ErrorCode } from '../errors.ts';

/** Longest raw text that is kept, in characters; assertions of a node can carry whole transactions. */
const maxDetails = 2000;

/**
 * What the chain's texts mean, the first match counts. Texts differ by chain and by hard fork, and stand somewhere
 * within many lines; so each is a part of the text, in lower case.
 *
 * Sources: steemit/steem steem_evaluator.cpp and rc plugin, openhive-network/hive hive_evaluator_social.cpp,
 * steemit/condenser TransactionReducer.js, ecency format-error.ts, busyorg/busy errors.js.
 */
const meanings: readonly (readonly [RegExp, ErrorCode])[] = [
  [/can only vote once every 3 seconds/, 'vote_too_soon'],
  [/current vote on this comment is identical/, 'vote_identical'],
  [/already voted in a similar way/, 'vote_identical'],
  [/used the maximum number of vote changes/, 'vote_changes_used_up'],
  [/vote weight cannot be 0/, 'vote_nothing_to_remove'],
  [/does not have enough mana to downvote/, 'downvote_power_empty'],
  [/does not have enough (mana|power) to vote/, 'vote_power_empty'],
  [/does not have voting power/, 'vote_power_empty'],
  [/votes are not allowed on the comment/, 'vote_not_allowed'],
  [/declined their voting rights/, 'vote_declined'],
  [/comment is actively being rewarded/, 'vote_payout_running'],
  [/cannot vote again on a comment after payout/, 'vote_after_payout'],
  [/comment that is paid out is forbidden/, 'vote_after_payout'],
  [/cannot increase payout within last twelve hours/, 'vote_last_hours'],
  [/voting weight is too small/, 'vote_too_weak'],
  [/\brc\. please wait to transact, or power up/, 'resource_credits_empty'],
  [/missing (required )?posting authority|\b3030000\b/, 'app_not_authorised'],
  [/weight is not a (steemit|steem|hive) percentage/, 'bad_weight'],
  [/\baccount( \S{1,30})? does not exist/, 'account_not_found'],
  [/unknown key|comment with .{0,400} not found|does not exist/, 'post_not_found'],
  [
    /transaction[ _]expiration|expired transaction|(?<!-)tapos(?!-)|duplicate transaction check failed/,
    'transaction_expired',
  ],
  [/unable to acquire (database|read|write)? ?lock|could not acquire lock/, 'service_busy'],
  [/timed ?out|(^|request |gateway |connection )time-?out\b/, 'service_busy'],
  [/bad gateway|service (temporarily )?unavailable/, 'service_busy'],
  [/<!doctype|<html|request( to (steemd|hived) api)? failed/, 'service_busy'],
];

/**
 * The chain's (or its broadcaster's) words about a vote it did not take, as an error that a person can be told of. What
 * is not known becomes `vote_refused` with the human part of the text as `params.text`. The raw text is in `details`.
 *
 * @param text `error_description` of a broadcast answer, a node's `error.message` or its assertion.
 */
export function readBroadcastError(text: string): AppError {
  const details = text.slice(0, maxDetails);
  // Bounded before matching: what a service sends has no bound of its own. Line breaks may fall within a sentence.
  const sought = text.slice(0, 20_000).toLowerCase().replace(/\s+/g, ' ');
  const code = meanings.find(([pattern]) => pattern.test(sought))?.[1];
  if (code === undefined)
    return new AppError('vote_refused', { details, params: { text: readSentence(details) } });
  return new AppError(code, { details, ...(code === 'bad_weight' && { field: 'weight' }) });
}

/** The part of an assertion that was written for people, without exception names, C++ and dumped data. */
function readSentence(text: string): string {
  const lines = text.split('\n').map((line) => stripPrefixes(line.trim()));
  return (lines.find((line) => line !== '' && !line.startsWith('{')) ?? '').replace(/\$\{\w*\}/g, '…');
}

function stripPrefixes(line: string): string {
  const said = line.replace(/^\d+ \w+_exception: ?/, '').replace(/^(Assert Exception:? ?)+/, '');
  // Hive compiles the sentence into the expression.
  const compiled = / && "(.+)"$/.exec(said)?.[1];
  if (compiled !== undefined) return compiled;
  // `<expression>: Sentence`, where the expression is known by signs that no sentence has before its colon.
  const [expression = ''] = /^.{0,500}?: (?=[A-Z])/.exec(said) ?? [];
  return /[<>=!&|_]|->|::|\(\)/.test(expression) ? said.slice(expression.length) : said;
}
