import { describe, expect, it } from 'vitest';
import { type GrantState, moveGrant } from '../../../lib/accounts/grant-moves.ts';
import { type Grant, grantStates } from '../../../lib/vault/schema.ts';

const sealed = { version: 1, iv: new Uint8Array(12), data: new Uint8Array(16) } as const;
const grantOf = (state: GrantState): Grant => ({
  account: 'a',
  generation: 3,
  accessToken: sealed,
  renewsSilently: true,
  expiresAt: 1,
  dueAt: 1,
  state,
  attempts: 0,
  isRejected: false,
  isRepeat: false,
  signedInAt: 1,
  refreshingSince: 5,
  trouble: 'network',
});

const legal: Readonly<Record<GrantState, readonly GrantState[]>> = {
  live: ['refreshing'],
  refreshing: ['live', 'refreshing', 'try_later', 'needs_sign_in'],
  try_later: ['refreshing'],
  needs_sign_in: ['refreshing'],
};

describe.each(grantStates)('from %s', (from) => {
  it.each(grantStates)('to %s', (to) => {
    const move = () => moveGrant(grantOf(from), to, { attempts: 1 });
    if (legal[from].includes(to)) expect(move()).toMatchObject({ state: to, attempts: 1, generation: 3 });
    else expect(move).toThrow(expect.objectContaining({ code: 'internal' }) as Error);
  });
});

it('leaves mark and trouble behind, and the grant it began with alone', () => {
  const before = grantOf('refreshing');
  const after = moveGrant(before, 'live', {});
  expect(after).not.toHaveProperty('refreshingSince');
  expect(after).not.toHaveProperty('trouble');
  expect(before).toEqual(grantOf('refreshing'));
  expect(moveGrant(before, 'try_later', { trouble: 'timeout' }).trouble).toBe('timeout');
});
