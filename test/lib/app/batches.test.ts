import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createBatches } from '../../../lib/app/batches.ts';
import type { App } from '../../../lib/app/create-app.ts';
import { createBatchStore } from '../../../lib/outbox/batch-store.ts';
import { createDatabaseHandle } from '../../../lib/vault/open-database.ts';
import { upgrades } from '../../../lib/vault/upgrades/index.ts';
import { createVault } from '../../../lib/vault/vault.ts';
import { breakWrites } from '../../fakes/break-storage.ts';
import { type SandboxApp, signInAs, startSandboxApp } from '../../headless/sandbox-app.ts';
import { seededPosts } from '../../sandbox/seed.ts';

const hour = 60 * 60_000;

let house: SandboxApp;
let app: App;
let account: string;
beforeEach(async () => {
  house = await startSandboxApp();
  app = house.app;
  account = await signInAs(house, 'steemlogin', 'bob');
});
afterEach(() => house.close());

const page = { kind: 'page', host: 'steemit.com' } as const;
const subjects = ['garden', 'kitchen', 'harbour', 'workshop', 'library', 'orchard', 'market', 'lighthouse'];
/** The first `count` posts of the seeded feed, as votes. */
const feed = (count: number, weight = 10) =>
  Array.from({ length: count }, (_, index) => ({
    author: ['alice', 'carol', 'erin'][index % 3] ?? '',
    permlink: `${subjects[index % 8] ?? ''}-diary-${String(index + 1)}`,
    weight,
  }));
type Vote = ReturnType<typeof feed>[number];
const votesOn = ({ author, permlink }: Vote) =>
  house.sandbox.steem.votesOn(author, permlink).filter(({ voter }) => voter === 'bob');
const broadcasts = () => house.sandbox.requests.count({ path: '/api/broadcast' });
const start = (votes: Vote[], batch: string = crypto.randomUUID()) =>
  app.invoke('batch.start', { batch, account, votes });

async function find(id: string) {
  const { batches } = await app.invoke('batch.list', {});
  const found = batches.find((batch) => batch.id === id);
  if (found === undefined) throw new Error('no such batch');
  return found;
}
const ended = (id: string) =>
  vi.waitFor(async () => {
    const batch = await find(id);
    expect(batch.state).toBe('ended');
    return batch;
  }, 10_000);

/** Each vote is there, and was sent once. */
function expectAllOnce(votes: readonly Vote[]) {
  for (const vote of votes)
    expect(votesOn(vote), vote.permlink).toMatchObject([{ percent: vote.weight * 100 }]);
  expect(broadcasts()).toBe(votes.length);
}

describe('a list', () => {
  it('is read with each bad row named, in the person’s words', async () => {
    const text = 'https://steemit.com/@alice/one 50\nnonsense\nhttps://hive.blog/@alice/two\nalice/one';
    expect(await app.invoke('batch.read', { account, text })).toMatchObject({
      chain: 'steem',
      rows: [
        { line: 1, post: { author: 'alice', permlink: 'one' }, weight: 50 },
        { line: 2, trouble: { code: 'bad_link' } },
        { line: 3, trouble: { code: 'wrong_chain', message: expect.stringContaining('Hive') as string } },
        {
          line: 4,
          trouble: { code: 'batch_duplicate', message: expect.stringContaining('line 1') as string },
        },
      ],
    });
    await expect(app.invoke('batch.read', { account, text: '' })).rejects.toMatchObject({
      refusal: { code: 'empty', field: 'list' },
    });
  });

  it('is looked at in one request: what is new, there, changed, paid, off, own and missing', async () => {
    const { fresh, votedByBob, paidOut, comment } = seededPosts;
    const before = house.sandbox.requests.count({ host: 'api.steemit.com' });
    const { votes, basis, floorPercent } = await app.invoke('batch.preview', {
      account,
      votes: [
        { ...fresh, weight: 50 },
        { ...votedByBob, weight: 50 },
        { ...votedByBob, weight: 20 },
        { ...paidOut, weight: 50 },
        { ...comment, weight: 0 },
        { author: 'alice', permlink: 'never-written', weight: 50 },
      ],
    });
    expect(house.sandbox.requests.count({ host: 'api.steemit.com' }) - before).toBe(1);
    expect(votes.map(({ state, currentWeight }) => [state, currentWeight])).toEqual([
      ['ready', undefined],
      ['same', 50],
      ['change', 50],
      ['paid_out', undefined],
      ['nothing', undefined],
      ['failed', undefined],
    ]);
    expect(votes[0]?.post).toMatchObject({ title: 'Notes from a mountain hut', kind: 'post' });
    expect(votes[5]?.trouble).toMatchObject({ code: 'post_not_found' });
    expect(basis).toMatchObject({ chain: 'steem', mana: expect.any(Number) as number });
    expect(floorPercent).toBe(0);
  });

  it('tells where votes are off, on the chain that says so', async () => {
    const onHive = await signInAs(house, 'hivesigner', 'bob');
    const { votes } = await app.invoke('batch.preview', {
      account: onHive,
      votes: [{ ...seededPosts.votesOff, weight: 50 }],
    });
    expect(votes).toMatchObject([{ state: 'votes_off', isOwn: false }]);
  });
});

describe('a batch', () => {
  it('goes out by itself, in order, each vote once, and sums up', async () => {
    const votes = feed(5);
    const begun = await start(votes);
    expect(begun).toMatchObject({ batch: { state: 'running', total: 5, name: 'bob', chain: 'steem' } });
    expect(await ended(begun.batch.id)).toMatchObject({ done: 5, failed: 0, left: 0, leftMs: 0 });
    expectAllOnce(votes);
    const { entries } = await app.invoke('journal.list', {});
    const cast = entries.filter(({ action }) => action === 'vote.cast');
    expect(cast.map(({ permlink }) => permlink)).toEqual(votes.map(({ permlink }) => permlink).reverse());
  });

  it('is accepted once however often the same one is asked for', async () => {
    const votes = feed(3);
    const id = crypto.randomUUID();
    await Promise.all([start(votes, id), start(votes, id), start(feed(4), id)]);
    await ended(id);
    expect(await start(votes, id)).toMatchObject({ batch: { state: 'ended', total: 3 } });
    expectAllOnce(votes);
  });

  it('takes downvotes only when they are confirmed, and then nothing of it is in yet', async () => {
    const votes = [...feed(1), { ...seededPosts.fresh, weight: -10 }];
    await expect(start(votes)).rejects.toMatchObject({ refusal: { code: 'downvote_needs_confirmation' } });
    expect((await app.invoke('batch.list', {})).batches).toEqual([]);
    expect((await app.invoke('outbox.list', {})).entries).toEqual([]);
    const batch = crypto.randomUUID();
    await app.invoke('batch.start', { batch, account, votes, isConfirmed: true });
    await ended(batch);
    expectAllOnce(votes);
  });

  it.each([
    { author: 'no name', permlink: 'x' },
    { author: 'alice', permlink: '' },
  ])('takes no post of an impossible name: %o', async (name) => {
    await expect(start([{ ...name, weight: 1 }])).rejects.toMatchObject({ refusal: { field: 'post' } });
  });

  it('counts what was there and what failed, by reason, and tries the failed again as a new one', async () => {
    const { votedByBob, votesOff, fresh } = seededPosts;
    const votes = [
      { ...votedByBob, weight: 50 },
      { ...votesOff, weight: 10 },
      { ...fresh, weight: 10 },
    ];
    house.sandbox.steem.refuseNext('Cannot vote within the last twelve hours.');
    const { batch } = await start([...feed(1), ...votes]);
    expect(await ended(batch.id)).toMatchObject({
      ...{ done: 1, wasThere: 1, failed: 2, unknown: 0, cancelled: 0 },
      reasons: [{ count: 1 }, { count: 1 }],
    });
    expect((await app.invoke('journal.list', {})).openCount).toBe(2);
    const next = crypto.randomUUID();
    await app.invoke('batch.try-again', { batch: batch.id, next });
    expect(await ended(next)).toMatchObject({ total: 2, done: 1, failed: 1 });
    // What was tried again needs no look any more; what failed again does.
    expect((await app.invoke('journal.list', {})).openCount).toBe(1);
  });

  it('tries the failed again once, however often it is pressed, and by whatever comes after a death', async () => {
    house.sandbox.steem.refuseNext('Cannot vote within the last twelve hours.');
    const votes = feed(1);
    const { batch } = await start(votes);
    expect(await ended(batch.id)).toMatchObject({ failed: 1, isTriedAgain: false });
    const again = (by = app) => by.invoke('batch.try-again', { batch: batch.id, next: crypto.randomUUID() });
    // It breaks off between the note that it is tried again and the batch itself.
    const broken = breakWrites({ store: 'outbox' });
    await expect(again()).rejects.toMatchObject({ refusal: { code: 'storage_full' } });
    broken.mend();
    expect(await find(batch.id)).toMatchObject({ failed: 1, isTriedAgain: false });
    app = house.restart();
    const [first, second] = await Promise.all([again(), again()]);
    const { id } = first.batch;
    await ended(id);
    expect([second.batch.id, (await again()).batch.id]).toEqual([id, id]);
    expect((await app.invoke('batch.list', {})).batches).toMatchObject([
      { total: 1, done: 1 },
      { failed: 1, isTriedAgain: true },
    ]);
    expect((await app.invoke('journal.list', {})).openCount).toBe(0);
    expect(broadcasts()).toBe(2);
  });

  it('leaves the remembered weights of the account alone', async () => {
    const { batch } = await start(feed(2, 33));
    await ended(batch.id);
    expect((await app.invoke('vote.start', {})).accounts).toMatchObject([{ postWeight: 100 }]);
  });
});

/** Holds the nth broadcast of a batch, with the vote cast or not. */
function holdAt(nth: number, when: 'before' | 'after') {
  const holds = Array.from({ length: nth }, (_, index) =>
    house.sandbox.misbehave({
      path: '/api/broadcast',
      how: index === nth - 1 ? { kind: 'hold', when } : { kind: 'delay', ms: 0 },
    }),
  );
  return holds[nth - 1] as (typeof holds)[number]; // As many were made.
}

describe('in the middle of a batch', () => {
  it('it is paused, tells so, and goes on where it was', async () => {
    const votes = feed(5);
    const hold = holdAt(2, 'before');
    const { batch } = await start(votes);
    await hold.hit;
    expect(await app.invoke('batch.pause', { batch: batch.id })).toMatchObject({
      batch: { state: 'paused', left: 4 },
    });
    hold.release();
    await vi.waitFor(async () =>
      expect(await find(batch.id)).toMatchObject({ done: 2, left: 3, state: 'paused' }),
    );
    const { entries } = await app.invoke('outbox.list', {});
    expect(entries.map(({ waitsFor }) => waitsFor)).toEqual(['paused', 'paused', 'paused']);
    // Not by another start either.
    app = house.restart();
    await app.start();
    expect(await find(batch.id)).toMatchObject({ left: 3, state: 'paused' });
    expect(broadcasts()).toBe(2);
    await app.invoke('batch.resume', { batch: batch.id });
    expect(await ended(batch.id)).toMatchObject({ done: 5 });
    expectAllOnce(votes);
  });

  it('the service becomes another app: the batch pauses with the reason instead of failing on', async () => {
    const hold = holdAt(2, 'before');
    const { batch } = await start(feed(5));
    await hold.hit;
    await app.invoke('services.save', {
      provider: 'steemlogin',
      clientId: 'another.app',
      authBase: 'https://steemlogin.com',
      apiBase: 'https://api.steemlogin.com',
    });
    hold.release();
    await vi.waitFor(async () =>
      expect(await find(batch.id)).toMatchObject({ state: 'paused', done: 2, failed: 1, left: 2 }),
    );
    expect((await find(batch.id)).stopped).toMatchObject({ code: 'service_changed' });
  });

  it('it is paused while a vote is about to leave: that one stays as well', async () => {
    const hold = house.sandbox.misbehave({ host: 'api.steemit.com', how: { kind: 'hold' } });
    const { batch } = await start(feed(2));
    await hold.hit;
    await app.invoke('batch.pause', { batch: batch.id });
    hold.release();
    // Goes through the line once more, and so ends after it has been gone through.
    await app.onAlarm('outbox');
    expect(await find(batch.id)).toMatchObject({ state: 'paused', left: 2 });
    expect(broadcasts()).toBe(0);
    await app.invoke('batch.resume', { batch: batch.id });
    expect(await ended(batch.id)).toMatchObject({ done: 2 });
  });

  it('a vote that the person casts goes before the rest', async () => {
    const hold = holdAt(1, 'before');
    const { batch } = await start(feed(4));
    await hold.hit;
    const { author, permlink } = seededPosts.fresh;
    const own = app.invoke('vote.cast', {
      ...{ request: crypto.randomUUID(), account, post: `${author}/${permlink}`, weight: 5 },
    });
    hold.release();
    await own;
    await ended(batch.id);
    const { entries } = await app.invoke('journal.list', {});
    const cast = entries.filter(({ action }) => action === 'vote.cast');
    expect(cast.map((entry) => entry.permlink === permlink)).toEqual([false, false, false, true, false]);
  });

  it('it is cancelled: what left stays, the rest never leaves and is told as taken back', async () => {
    const votes = feed(5);
    const hold = holdAt(2, 'after');
    const { batch } = await start(votes);
    await hold.hit;
    expect(await app.invoke('batch.cancel', { batch: batch.id })).toMatchObject({
      batch: { cancelled: 3, left: 1, done: 1 },
    });
    hold.release();
    expect(await ended(batch.id)).toMatchObject({ done: 2, cancelled: 3, failed: 0, reasons: [] });
    expectAllOnce(votes.slice(0, 2));
    const { entries, openCount } = await app.invoke('journal.list', {});
    expect(entries.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['taken_back', 'taken_back', 'taken_back']),
    );
    expect(openCount).toBe(0);
    await expect(
      app.invoke('batch.try-again', { batch: batch.id, next: crypto.randomUUID() }),
    ).rejects.toMatchObject({ refusal: { code: 'bad_input' } });
  });

  it.each(['before', 'after'] as const)(
    'the worker dies with a vote under way (%s it was cast): each is there once, or told as unknown',
    async (when) => {
      const votes = feed(4);
      const hold = holdAt(2, when);
      const { batch } = await start(votes);
      await hold.hit;
      app = house.restart();
      hold.release();
      await app.start();
      const after = await ended(batch.id);
      expect(after.done + after.unknown).toBe(4);
      expect(after.failed).toBe(0);
      for (const vote of votes) expect(votesOn(vote).length).toBeLessThanOrEqual(1);
      expect(broadcasts()).toBe(4);
      if (when === 'after') expect(after.done).toBe(4);
    },
  );

  it('the extension is updated: a vault of version 3 with half a batch is taken up by today’s', async () => {
    const votes = feed(4);
    const hold = holdAt(2, 'after');
    const { batch } = await start(votes);
    await hold.hit;
    await app.close();
    const { name } = house.ports.database;
    const old = await openDB(name);
    const stores = await Promise.all(
      [...old.objectStoreNames].map(async (store) => [store, await old.getAll(store)] as const),
    );
    old.close();
    indexedDB.deleteDatabase(name);
    const handle = createDatabaseHandle({ name }, { warn: () => undefined }, upgrades.slice(0, 3));
    const database = await handle.get();
    for (const [store, records] of stores)
      for (const record of records as unknown[]) await database.put(store as never, record);
    await handle.close();
    app = house.restart();
    hold.release();
    await app.start();
    expect(await ended(batch.id)).toMatchObject({ total: 4, done: 4 });
    expectAllOnce(votes);
  });

  it('the sign-in ends: the batch pauses with the reason instead of failing on', async () => {
    const votes = feed(4);
    const hold = holdAt(1, 'before');
    const { batch } = await start(votes);
    await hold.hit;
    const service = house.sandbox.auth.steemlogin;
    service.signedIn = [];
    for (const token of service.validAccessTokens('bob')) service.revoke(token);
    hold.release();
    await vi.waitFor(async () =>
      expect(await find(batch.id)).toMatchObject({ state: 'paused', stopped: { code: 'needs_sign_in' } }),
    );
    expect(await find(batch.id)).toMatchObject({ failed: 1 });
  });

  it('the account is signed out: all of a thousand end, and the line is gone through once for them', async () => {
    house.network.switch(false);
    const votes = Array.from({ length: 1000 }, (_, index) => ({
      ...{ author: 'alice', permlink: `post-${String(index)}`, weight: 1 },
    }));
    const { batch } = await start(votes);
    await app.onAlarm('outbox');
    let steps = 0;
    house.steps.onStep = () => (steps += 1);
    await app.invoke('accounts.sign-out', { account });
    await app.onAlarm('outbox');
    expect(steps).toBeLessThan(100);
    expect(await find(batch.id)).toMatchObject({
      ...{ state: 'ended', failed: 1000 },
      reasons: [{ code: 'unknown_account', count: 1000 }],
    });
    expect(house.ports.alarmTimes.get('outbox')).toBeUndefined();
  });

  it('the clock jumps a year forward, and back: the rest goes out now, each vote once', async () => {
    const votes = feed(6);
    const year = 365 * 24 * hour;
    const first = holdAt(2, 'after');
    const { batch } = await start(votes);
    await first.hit;
    const second = holdAt(2, 'after');
    house.drift.ms = -year;
    house.clock.advance(year);
    first.release();
    await second.hit;
    house.drift.ms = 0;
    house.clock.advance(-year);
    second.release();
    app = house.restart();
    await app.start();
    await ended(batch.id);
    expectAllOnce(votes);
  });

  it('it pauses for a reason that names something: the name is told, the Activity cleared or not', async () => {
    house.network.switch(false);
    const { batch } = await start(feed(2));
    const vault = createVault(house.ports);
    const store = createBatchStore(vault, house.ports.shell);
    // Nothing else is asked of its parts where a vote ends.
    const desk = createBatches(house.ports, { store } as Parameters<typeof createBatches>[1]);
    await desk.onEnd({
      ...{ request: '', at: 0, action: 'vote.cast', provider: '', account, name: 'bob', target: '' },
      ...{ batch: batch.id, outcome: 'failed', isReviewed: false },
      ...{ code: 'permission_missing', params: { host: 'api.example' } },
    });
    await vault.database.close();
    const message = expect.stringContaining('api.example') as string;
    expect(await find(batch.id)).toMatchObject({ stopped: { code: 'permission_missing', message } });
    house.network.switch(true);
    expect((await app.invoke('batch.resume', { batch: batch.id })).batch.stopped).toBeUndefined();
    await ended(batch.id);
  });

  it('the voting power falls below the floor: it waits and says until when', async () => {
    await app.invoke('settings.save', { manaFloorPercent: 97 });
    const votes = feed(3, 100);
    const { batch } = await start(votes);
    await vi.waitFor(async () => expect(await find(batch.id)).toMatchObject({ waitsFor: 'mana', done: 2 }));
    const { until = 0, leftMs } = await find(batch.id);
    expect(until).toBeGreaterThan(house.clock.now());
    expect(leftMs).toBeGreaterThan(60_000);
    // Blocks come every 3 s, and the chain's clock is that of the last.
    house.clock.advance(until - house.clock.now() + 3000);
    await app.onAlarm('outbox');
    await ended(batch.id);
    expectAllOnce(votes);
  });
});

it('of a thousand votes that wait for mana writes one each time the power is looked at', async () => {
  await app.invoke('settings.save', { manaFloorPercent: 90 });
  house.sandbox.steem.setMana('bob', 'votingMana', 80);
  const puts = vi.spyOn(IDBObjectStore.prototype, 'put');
  onTestFinished(() => {
    puts.mockRestore();
  });
  const writes = () =>
    puts.mock.contexts.filter((store) => (store as IDBObjectStore).name === 'outbox').length;
  const votes = Array.from({ length: 1000 }, (_, index) => ({
    author: 'alice',
    permlink: `garden-diary-${String(index + 1)}`,
    weight: 1,
  }));
  const { batch } = await start(votes);
  expect(writes()).toBe(1000);
  await app.onAlarm('outbox');
  expect(await find(batch.id)).toMatchObject({ waitsFor: 'mana', left: 1000 });
  for (let look = 1; look <= 3; look += 1) {
    // It rings when the power should be there, and no earlier for those behind.
    const at = house.ports.alarmTimes.get('outbox') ?? 0;
    expect(at - house.clock.now()).toBeGreaterThan(hour);
    house.clock.advance(at - house.clock.now());
    house.sandbox.steem.setMana('bob', 'votingMana', 80);
    await app.onAlarm('outbox');
    expect(writes()).toBe(1001 + look);
  }
  expect(broadcasts()).toBe(0);
  await app.invoke('batch.cancel', { batch: batch.id });
});

describe('batches that ended', () => {
  it('are kept, the last ten of them', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 12; index += 1) {
      const { batch } = await start(feed(1));
      ids.unshift(batch.id);
      await ended(batch.id);
    }
    const { batches } = await app.invoke('batch.list', {});
    expect(batches.map(({ id }) => id)).toEqual(ids.slice(0, 11));
  });

  it('are named no more when they are unknown', async () => {
    const batch = crypto.randomUUID();
    for (const action of ['batch.pause', 'batch.resume', 'batch.cancel'] as const)
      await expect(app.invoke(action, { batch })).rejects.toMatchObject({
        refusal: { code: 'bad_input', field: 'batch' },
      });
  });
});

describe('posts collected on pages', () => {
  const collect = (post: object, sender: object = page) =>
    app.dispatch({ protocol: 'latchkey/1', action: 'batch.collect', input: post }, sender as typeof page);

  it('are added and taken off by the page’s script, of its own chain, and nothing is done with them', async () => {
    const { fresh, chinese } = seededPosts;
    expect(await collect(fresh)).toMatchObject({ value: { isCollected: true } });
    await collect(chinese);
    await collect(fresh, { kind: 'page', host: 'hive.blog' });
    expect(await collect(chinese)).toMatchObject({ value: { isCollected: false } });
    expect((await app.invoke('batch.collected', {})).posts).toEqual([
      { chain: 'steem', ...fresh, url: `https://steemit.com/@${fresh.author}/${fresh.permlink}` },
      { chain: 'hive', ...fresh, url: `https://hive.blog/@${fresh.author}/${fresh.permlink}` },
    ]);
    const open = { protocol: 'latchkey/1', action: 'page.open', input: {} };
    expect(await app.dispatch(open, page)).toMatchObject({
      value: { collected: [`${fresh.author}/${fresh.permlink}`] },
    });
    await app.invoke('batch.clear-collected', { chain: 'steem' });
    expect((await app.invoke('batch.collected', {})).posts).toMatchObject([{ chain: 'hive' }]);
    expect((await app.invoke('outbox.list', {})).entries).toEqual([]);
    expect(broadcasts()).toBe(0);
  });

  it('lose none when many are clicked at once', async () => {
    await Promise.all(feed(20).map(({ author, permlink }) => collect({ author, permlink })));
    expect((await app.invoke('batch.collected', {})).posts).toHaveLength(20);
  });

  it.each([
    { author: 'Alice!', permlink: 'x' },
    { author: 'alice', permlink: '../x' },
    { author: 'alice', permlink: 'a b' },
  ])('are no posts of impossible names: %o', async (post) => {
    expect(await collect(post)).toMatchObject({ ok: false });
    expect((await app.invoke('batch.collected', {})).posts).toEqual([]);
  });
});
