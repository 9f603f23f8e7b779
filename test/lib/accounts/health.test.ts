import { expect, it } from 'vitest';
import { type Health, readHealth } from '../../../lib/accounts/health.ts';
import type { Grant } from '../../../lib/vault/schema.ts';

const sealed = { version: 1, iv: new Uint8Array(12), data: new Uint8Array(16) } as const;
const now = 1000;
const grant: Grant = {
  account: 'a',
  generation: 1,
  accessToken: sealed,
  renewsSilently: true,
  expiresAt: 2000,
  dueAt: 1500,
  state: 'live',
  attempts: 0,
  isRejected: false,
  signedInAt: 1,
  isRepeat: false,
};

it.each([
  ['works and renews itself', {}, { state: 'fresh', until: 2000 }],
  ['works and was never renewed silently', { renewsSilently: false }, { state: 'ends', until: 2000 }],
  ['ended while nobody was there', { expiresAt: 500 }, { state: 'refreshing' }],
  ['ended, never renewed silently', { expiresAt: 500, renewsSilently: false }, { state: 'refreshing' }],
  ['ends this moment', { expiresAt: now }, { state: 'refreshing' }],
  ['is being renewed', { state: 'refreshing', refreshingSince: 900 }, { state: 'refreshing' }],
  [
    'could not be renewed for now',
    { state: 'try_later', trouble: 'network', dueAt: 1700 },
    { state: 'try_later', at: 1700, trouble: 'network' },
  ],
  [
    'needs the person',
    { state: 'needs_sign_in', trouble: 'wrong_person' },
    { state: 'needs_sign_in', trouble: 'wrong_person' },
  ],
  [
    'needs the person for no known reason',
    { state: 'needs_sign_in' },
    { state: 'needs_sign_in', trouble: 'needs_sign_in' },
  ],
] satisfies [string, Partial<Grant>, Health][])('an account that %s', (_name, changes, health) => {
  expect(readHealth({ ...grant, ...changes }, now, false)).toEqual(health);
});

it.each([
  ['ended', { expiresAt: 500 }, { state: 'locked' }],
  ['was being renewed', { state: 'refreshing', refreshingSince: 900 }, { state: 'locked' }],
  ['is to be tried again now', { state: 'try_later', trouble: 'network', dueAt: 900 }, { state: 'locked' }],
  [
    'is to be tried again later',
    { state: 'try_later', trouble: 'network', dueAt: 1700 },
    { state: 'try_later', at: 1700, trouble: 'network' },
  ],
  ['works', {}, { state: 'fresh', until: 2000 }],
  ['needs the person', { state: 'needs_sign_in' }, { state: 'needs_sign_in', trouble: 'needs_sign_in' }],
] satisfies [string, Partial<Grant>, Health][])(
  'while the vault is locked an account that %s says so and no more',
  (_name, changes, health) => {
    expect(readHealth({ ...grant, ...changes }, now, true)).toEqual(health);
  },
);

it('an account without a grant that can be read needs the person', () => {
  expect(readHealth(undefined, now, false)).toEqual({
    state: 'needs_sign_in',
    trouble: 'vault_record_broken',
  });
});
