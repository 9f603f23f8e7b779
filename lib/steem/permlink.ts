const maxBytes = 255;

/**
 * True for a permlink by the chain's rule: 1 to 255 bytes of UTF-8. Case counts: old posts have upper case in theirs.
 * Source: steemit/steem libraries/protocol `validate_permlink`, the same on Hive.
 */
export function isPermlink(text: string): boolean {
  return text.length > 0 && text.isWellFormed() && new TextEncoder().encode(text).length <= maxBytes;
}
