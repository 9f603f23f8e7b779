/** A thousand accounts: counted, not timed. */
import { IDBDatabase as FDBDatabase } from 'fake-indexeddb';
import { beforeAll, expect, it } from 'vitest';
import { refreshAlarm } from '../../../lib/accounts/accounts.ts';
import { identityOf } from '../../../lib/vault/sealed-places.ts';
import { createHouse, day, type House, routes } from './create-house.ts';

const count = 1000;
const providers = ['steemlogin', 'hivesigner'] as const;
let house: House;

beforeAll(async () => {
  house = await createHouse();
  await house.registrations.save({
    provider: 'hivesigner',
    clientId: 'latchkey.app',
    clientSecret: 'PLANTED-SECRET',
    authBase: 'https://hivesigner.com',
    apiBase: 'https://hivesigner.com',
  });
  const model = await house.signIn();
  const [account, grant] = [await house.accounts.find(model), await house.grant(model)];
  if (account === undefined) throw new Error('no account');
  // They are of two services, and this says which one.
  const shared = { ...grant };
  delete shared.boundTo;
  const made = await Promise.all(
    Array.from({ length: count - 1 }, async (_, index) => {
      const id = `account-${index}`;
      const seal = (field: 'accessToken' | 'refreshToken') =>
        house.vault.seal(`PLANTED-${id}`, identityOf.grant(id, field));
      return {
        account: { ...account, id, subject: id, name: id, provider: providers[index % 2] ?? 'steemlogin' },
        grant: {
          ...shared,
          account: id,
          accessToken: await seal('accessToken'),
          refreshToken: await seal('refreshToken'),
        },
      };
    }),
  );
  await house.vault.write(['accounts', 'grants'], async (transaction) => {
    for (const row of made) {
      await transaction.objectStore('accounts').put(row.account);
      await transaction.objectStore('grants').put(row.grant);
    }
  });
});

/** How many transactions are opened meanwhile. */
async function countTransactions(work: () => Promise<unknown>): Promise<number> {
  const original = Reflect.get(FDBDatabase.prototype, 'transaction') as (...rest: unknown[]) => unknown;
  let opened = 0;
  Object.assign(FDBDatabase.prototype, {
    transaction(this: unknown, ...rest: unknown[]) {
      opened += 1;
      return original.apply(this, rest);
    },
  });
  try {
    await work();
  } finally {
    Object.assign(FDBDatabase.prototype, { transaction: original });
  }
  return opened;
}

it('a list of them reads the vault a few times, not once for each', async () => {
  expect(await house.accounts.list()).toHaveLength(count);
  expect(await countTransactions(() => house.accounts.list())).toBeLessThan(12);
  expect(await countTransactions(() => house.registrations.list())).toBeLessThan(30);
});

it('all due at once are renewed once each, a few at a time and no service left waiting', async () => {
  const running = { steemlogin: 0, hivesigner: 0 };
  let most = 0;
  const half: string[] = [];
  const answer = (provider: keyof typeof running) => async () => {
    running[provider] += 1;
    most = Math.max(most, running.steemlogin + running.hivesigner);
    expect(running[provider]).toBeLessThanOrEqual(3);
    if (half.length < count / 2) half.push(provider);
    await new Promise((resolve) => setImmediate(resolve));
    running[provider] -= 1;
    return Response.json({ access_token: 'PLANTED-NEW', refresh_token: 'PLANTED-NEXT', expires_in: 604800 });
  };
  house.ports.script.http[routes.token] = answer('steemlogin');
  house.ports.script.http['POST https://hivesigner.com/api/oauth2/token'] = answer('hivesigner');
  house.ports.clock.advance(7 * day);
  const before = house.ports.seen.requests.length;
  // Rung twice, as when the first round takes its time.
  await Promise.all([house.accounts.onAlarm(), house.accounts.onAlarm()]);
  expect(house.ports.seen.requests.length - before).toBe(count);
  expect(most).toBeGreaterThan(1);
  // Each service has its turn all along.
  for (const provider of providers)
    expect(half.filter((name) => name === provider).length).toBeGreaterThan(count / 8);
  expect((await house.accounts.list()).every(({ health }) => health.state === 'fresh')).toBe(true);
  expect(house.ports.alarmTimes.get(refreshAlarm)).toBeGreaterThan(house.ports.clock.now() + 5 * day);
});
