/**
 * True for an account name by the chain's rule: 3 to 16 characters; each part between dots has at least 3, begins with
 * a letter, ends with a letter or digit, and holds a-z, 0-9 and hyphens in between. Lower case only.
 * Source: steemit/steem libraries/protocol/authority.cpp `is_valid_account_name`, the same on Hive.
 */
export function isAccountName(text: string): boolean {
  return text.length <= 16 && /^[a-z][a-z0-9-]+[a-z0-9](\.[a-z][a-z0-9-]+[a-z0-9])*$/.test(text);
}
