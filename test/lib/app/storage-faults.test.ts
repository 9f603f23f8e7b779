/** What people do while the disk is full: each ends with the right word, nothing half done, nothing done twice. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seededPosts } from '../../sandbox/seed.ts';
import { breakReads, breakWrites } from '../../fakes/break-storage.ts';
import { secret, type SandboxApp, signInAs, startSandboxApp } from '../../headless/sandbox-app.ts';

const { author, permlink } = seededPosts.fresh;
const full = { refusal: { code: 'storage_full' } };
const hasState = (state: string) => (record: unknown) =>
  typeof record === 'object' && record !== null && Reflect.get(record, 'state') === state;
let house: SandboxApp;
let account: string;
beforeEach(async () => {
  house = await startSandboxApp();
  account = await signInAs(house, 'steemlogin', 'bob', secret);
});
afterEach(() => house.close());

const vote = (request: string, app = house.app) =>
  app.invoke('vote.cast', { request, account, post: `${author}/${permlink}`, weight: 10 });
const votes = () => house.sandbox.steem.votesOn(author, permlink).filter(({ voter }) => voter === 'bob');
const broadcasts = () => house.sandbox.requests.count({ path: '/api/broadcast' });

describe('a vote', () => {
  it('that can’t be put into the outbox is refused and never sent', async () => {
    const broken = breakWrites();
    await expect(vote(crypto.randomUUID())).rejects.toMatchObject(full);
    broken.mend();
    await house.restart().start();
    expect(votes()).toEqual([]);
  });

  it('whose mark can’t be written does not leave; it waits, and goes out once', async () => {
    const request = crypto.randomUUID();
    const broken = breakWrites({ store: 'outbox', when: hasState('sending') });
    await expect(vote(request)).rejects.toMatchObject(full);
    expect(broadcasts()).toBe(0);
    broken.mend();
    expect(await vote(request)).toMatchObject({ state: 'done' });
    expect(votes()).toHaveLength(1);
    expect(broadcasts()).toBe(1);
  });

  it('that can’t be taken up for storage is looked at again in a minute, by an alarm', async () => {
    house.network.switch(false);
    await vote(crypto.randomUUID());
    const broken = breakReads('outbox');
    house.ports.alarmTimes.delete('outbox'); // It has rung.
    house.network.switch(true);
    await house.app.onAlarm('outbox').catch(() => undefined);
    expect(votes()).toEqual([]);
    const at = house.ports.alarmTimes.get('outbox') ?? Infinity;
    expect(at - house.clock.now()).toBeLessThanOrEqual(60_000);
    broken.mend();
    await house.app.onAlarm('outbox');
    expect(votes()).toHaveLength(1);
    expect(house.ports.alarmTimes.has('outbox')).toBe(false);
  });

  it('that is due and can’t be marked for long is looked at each minute, not each second', async () => {
    house.network.switch(false);
    await vote(crypto.randomUUID());
    const broken = breakWrites();
    const { alarmTimes } = house.ports;
    const end = house.clock.now() + 600_000;
    let rings = 0;
    for (let at = alarmTimes.get('outbox') ?? end; at < end; at = alarmTimes.get('outbox') ?? end) {
      alarmTimes.delete('outbox');
      house.clock.advance(Math.max(0, at - house.clock.now()));
      await house.app.onAlarm('outbox');
      rings += 1;
    }
    expect(rings).toBeGreaterThan(5);
    expect(rings).toBeLessThan(15);
    broken.mend();
    house.network.switch(true);
    await house.app.onAlarm('outbox');
    expect(votes()).toHaveLength(1);
  });

  it('that waited for an unlock and can’t be marked then is looked at again in a minute', async () => {
    const passphrase = 'correct horse battery';
    await house.app.invoke('lock.set', { passphrase });
    house.network.switch(false);
    await vote(crypto.randomUUID());
    await house.app.invoke('lock.now', {});
    house.network.switch(true);
    await house.app.onAlarm('outbox');
    expect(house.ports.alarmTimes.has('outbox')).toBe(false);
    const broken = breakWrites({ store: 'outbox', when: hasState('sending') });
    await house.app.invoke('lock.unlock', { passphrase });
    await vi.waitFor(() => expect(broken.count()).toBe(1));
    await vi.waitFor(() => expect(house.ports.seen.warnings).toContain('outbox'));
    await house.app.invoke('outbox.list', {});
    expect(house.ports.alarmTimes.has('outbox')).toBe(true);
    broken.mend();
    await house.app.onAlarm('outbox');
    expect(votes()).toHaveLength(1);
  });

  it.each(['request', 'commit'] as const)(
    'that was sent, and whose end can’t be written down (%s), is looked up and not sent again',
    async (at) => {
      const request = crypto.randomUUID();
      const broken = breakWrites({ store: 'journal', at });
      await expect(vote(request)).rejects.toMatchObject(full);
      expect(votes()).toHaveLength(1);
      // By the same caller, and by the next worker.
      await expect(vote(request)).rejects.toMatchObject(full);
      broken.mend();
      const app = house.restart();
      await app.start();
      expect(await vote(request, app)).toMatchObject({ state: 'done', weight: 10 });
      expect(votes()).toMatchObject([{ percent: 1000, changes: 0 }]);
      expect(broadcasts()).toBe(1);
      const { entries } = await app.invoke('journal.list', {});
      expect(entries.filter(({ action }) => action === 'vote.cast')).toHaveLength(1);
    },
  );
});

it('settings that can’t be saved are told, and stay as they were', async () => {
  const before = await house.app.invoke('settings.get', {});
  breakWrites();
  await expect(house.app.invoke('settings.save', { undoSecondsPage: 10 })).rejects.toMatchObject(full);
  expect(await house.app.invoke('settings.get', {})).toEqual(before);
});

it('a service that can’t be saved is told, and the one of before stays', async () => {
  const before = await house.app.invoke('services.list', {});
  breakWrites();
  const { services } = before;
  const service = services.find(({ provider }) => provider === 'steemlogin');
  if (service === undefined) throw new Error('no service');
  const { provider, authBase, apiBase } = service;
  await expect(
    house.app.invoke('services.save', { provider, clientId: 'other.app', authBase, apiBase }),
  ).rejects.toMatchObject(full);
  expect(await house.app.invoke('services.list', {})).toEqual(before);
});

it('an entry of the Activity that can’t be marked is told; so is a passphrase, which is not half set then', async () => {
  await vote(crypto.randomUUID());
  const [entry] = (await house.app.invoke('journal.list', {})).entries;
  const broken = breakWrites();
  await expect(
    house.app.invoke('journal.review', { id: entry?.id ?? 0, isReviewed: true }),
  ).rejects.toMatchObject(full);
  await expect(house.app.invoke('lock.set', { passphrase: 'correct horse battery' })).rejects.toMatchObject(
    full,
  );
  expect(await house.app.invoke('lock.state', {})).toMatchObject({ state: 'none' });
  broken.mend();
  expect(await house.app.invoke('accounts.refresh', { account })).toMatchObject({
    account: { health: { state: 'fresh' } },
  });
});
