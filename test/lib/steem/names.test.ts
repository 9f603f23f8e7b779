import { describe, expect, test } from 'vitest';
import { isAccountName } from '../../../lib/steem/account-name.ts';
import { isPermlink } from '../../../lib/steem/permlink.ts';

describe('isAccountName', () => {
  test.each([
    'abc',
    'alice',
    'a-b',
    'a--b',
    'a1b2',
    'foo.bar',
    'abc.def.ghi',
    'abcdefghijklmnop',
    'steemit.com',
  ])('takes %s', (name) => {
    expect(isAccountName(name)).toBe(true);
  });

  test.each([
    '',
    'ab',
    'abcdefghijklmnopq',
    'Alice',
    '1abc',
    '-abc',
    'abc-',
    'ab.cde',
    'abc.de',
    'abc..def',
    '.abc',
    'abc.',
    'abc_d',
    'abć',
    'abc\n',
    ' abc',
  ])('refuses %j', (name) => {
    expect(isAccountName(name)).toBe(false);
  });
});

describe('isPermlink', () => {
  test.each(['a', 'Upper-Case', 'a'.repeat(255), 'ж'.repeat(127)])('takes %j', (permlink) => {
    expect(isPermlink(permlink)).toBe(true);
  });

  test.each(['', 'a'.repeat(256), 'ж'.repeat(128), '\ud800'])('refuses %j', (permlink) => {
    expect(isPermlink(permlink)).toBe(false);
  });
});
