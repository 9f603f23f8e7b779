/** What must hold in every state that can be reached, and how it must end. */
import { expect } from 'vitest';
import type { World } from './world.ts';

/** What was seen of earlier states. */
export class History {
  /** The sign-in at the service of each generation, by account and generation. */
  readonly families = new Map<string, unknown>();
  readonly generations = new Map<string, number>();

  forget(): void {
    this.families.clear();
    this.generations.clear();
  }
}

/** Whether the service itself made it impossible to keep the sign-in that this token is of. */
function isPardoned({ rotation, ledger }: World, refreshToken: string | undefined): boolean {
  if (ledger.isRevoked) return true;
  if (refreshToken === undefined || rotation === 'stable' || rotation === 'none') return false;
  // Single use: the answer was lost. With a grace: so was the second try, or nobody could make one.
  return rotation === 'single-use' ? ledger.isSpent(refreshToken) : ledger.wasTriedInTime(refreshToken);
}

/** @throws what is not as promised. */
export async function assertKept(world: World, history: History): Promise<void> {
  expect(world.ledger.mostAtOnce, 'renewals at once').toBeLessThanOrEqual(1);
  const held = await world.read();
  if (held === undefined) return;
  const { grant, refreshToken } = held;
  const { account, generation, state, trouble } = grant;

  expect(generation, 'an older generation came back').toBeGreaterThanOrEqual(
    history.generations.get(account) ?? 0,
  );
  history.generations.set(account, generation);
  if (refreshToken !== undefined) {
    const family = world.service.familyOf(refreshToken);
    const key = `${account} ${generation}`;
    if (history.families.has(key))
      expect(family, 'a token of another sign-in').toBe(history.families.get(key));
    history.families.set(key, family);
  }

  if (state === 'try_later' || state === 'needs_sign_in') expect(trouble, 'what is the matter').toBeDefined();
  if (state === 'needs_sign_in') expect(isPardoned(world, refreshToken), 'sign-in lost by us').toBe(true);
  if (state === 'live' && refreshToken !== undefined && !world.ledger.isRevoked)
    expect(world.service.judge(refreshToken), 'the token of a live account').toBe('good');
}

/** All goes well from here on: the account must be well again or say that the person is needed, and then act. */
export async function assertRecovers(world: World, history: History): Promise<void> {
  await world.unlock();
  world.faults = [];
  world.room = Infinity;
  world.kill();
  const background = world.wake(0);
  const { accounts, started } = background;
  await world.settle(background, started);
  await world.pass(60_000);
  await assertKept(world, history);
  // After several failures the next try is hours away.
  if ((await read(world)) === 'try_later') await world.pass(7 * 3_600_000);
  await assertKept(world, history);
  const held = await world.read();
  if (held === undefined) return;
  const { account, state } = held.grant;
  // A sign-out that died after the service had heard of it leaves an account that asks for the person at its next use.
  if (state === 'needs_sign_in' || world.ledger.isRevoked)
    await accounts.signIn(world.service.registration.provider, { renew: account });
  else expect(state, 'what was left undone').toBe('live');
  const { accessToken } = await accounts.access(account);
  if (!world.service.isGoodAccess(accessToken)) await accounts.accessAfterRejection(account, accessToken);
  await assertKept(world, history);
  const after = await world.read();
  expect(after?.grant.state, 'state after an action').toBe('live');
  expect(world.service.isGoodAccess(after?.accessToken ?? ''), 'the access token acts').toBe(true);
}

const read = async (world: World) => (await world.read())?.grant.state;
