/**
 * Chain texts that the sandbox's rules can't or hardly reach (older nodes, overload, clocks): hand one to
 * `chain.refuseNext` to see what a person makes of it. Source: the error strings of steemit/steem, openhive-network/hive.
 */
export const rareChainTexts = {
  oldIdentical: 'itr->vote_percent != o.weight: You have already voted in a similar way.',
  noMana: 'voter.voting_manabar.has_mana( used_mana ): Account does not have enough mana to vote.',
  noPower: 'used_power <= current_power: Account does not have enough power to vote.',
  noVotingPower: 'current_power > 0: Account currently does not have voting power.',
  afterPayout: 'itr->last_update != time_point_sec::min(): Cannot vote again on a comment after payout.',
  evaluatingPaidOut: 'Votes evaluating for comment that is paid out is forbidden.',
  lastTwelveHours:
    '_now < comment.cashout_time - STEEM_UPVOTE_LOCKOUT: Cannot increase payout within last twelve hours before payout.',
  tooSmall:
    'abs_rshares > STEEM_VOTE_DUST_THRESHOLD || o.weight == 0: Voting weight is too small, please accumulate more voting power or steem power.',
  expired: 'now < trx.expiration: transaction expiration exception',
  tapos: 'trx.ref_block_prefix == tapos_block_summary.block_id._hash[1]: transaction tapos exception',
  duplicate:
    'trx_idx.indices().get<by_trx_id>().find(trx_id) == trx_idx.indices().get<by_trx_id>().end(): Duplicate transaction check failed',
  lockBusy: 'Unable to acquire database lock',
  lockNotAcquired: 'Could not acquire lock',
} as const;
