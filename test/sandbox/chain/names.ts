/** Account names and permlinks by the chain's own rule. Source: steem libraries/protocol/authority.cpp. */

const part = /^[a-z][a-z0-9-]*[a-z0-9]$/;

/** 3 to 16 characters; each part between dots has 3 or more, begins with a letter, ends with a letter or digit. */
export function isAccountName(name: string): boolean {
  return (
    name.length >= 3 &&
    name.length <= 16 &&
    name.split('.').every((label) => label.length >= 3 && part.test(label))
  );
}

/** Less than 256 bytes of UTF-8. */
export function isPermlink(permlink: string): boolean {
  return Buffer.byteLength(permlink, 'utf8') < 256;
}
