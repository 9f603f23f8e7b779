import { forceCloseDatabase } from 'fake-indexeddb';
import { unwrap } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../lib/errors.ts';
import { createDatabaseHandle, type DatabaseHandle } from '../../../lib/vault/open-database.ts';
import { upgrades } from '../../../lib/vault/upgrades/index.ts';
import type { Upgrade } from '../../../lib/vault/upgrades/upgrade.ts';
import { createFakePorts } from '../../fakes/create-fake-ports.ts';

const handles: DatabaseHandle[] = [];
/** A handle that is closed when its test ends, so that none blocks the next. */
function handleOf({ database, log }: ReturnType<typeof createFakePorts>, steps?: readonly Upgrade[]) {
  const handle = createDatabaseHandle(database, log, steps);
  handles.push(handle);
  return handle;
}
afterEach(() => Promise.all(handles.splice(0).map((handle) => handle.close())));

/** Steps of the test's own follow it. */
const firstAlone = upgrades.slice(0, 1);
const setting = (value: unknown) => ({ key: 'settings', value });
const second: Upgrade = (database) => {
  database.createObjectStore('later');
};

describe('an upgrade', () => {
  it('runs only the steps that are missing, in order, and keeps what is there', async () => {
    const ports = createFakePorts();
    const old = handleOf(ports, firstAlone);
    await (await old.get()).put('settings', setting(1));
    await old.close();
    const order: string[] = [];
    const database = await handleOf(ports, [
      () => void order.push('one'),
      (raw, transaction) => {
        order.push('two');
        void second(raw, transaction);
      },
      async (_raw, transaction) => {
        order.push('three');
        await transaction.objectStore('later').put('value', 'key');
      },
    ]).get();
    expect(order).toEqual(['two', 'three']);
    expect(database.version).toBe(3);
    expect(await database.get('settings', 'settings')).toEqual(setting(1));
  });

  it.each([
    ['throws', () => Promise.reject(new Error('a step that throws'))],
    [
      'fails in the database',
      async (_database: unknown, transaction: Parameters<Upgrade>[1]) => {
        await transaction.objectStore('settings').add({ nokey: true });
      },
    ],
  ] as const)('whose step %s takes everything back and leaves the old version', async (_name, failing) => {
    const ports = createFakePorts();
    const old = handleOf(ports, firstAlone);
    await (await old.get()).put('settings', setting('old'));
    await old.close();
    const wiping: Upgrade = async (raw, transaction) => {
      raw.createObjectStore('later');
      await transaction.objectStore('settings').clear();
    };
    await expect(handleOf(ports, [...upgrades, wiping, failing]).get()).rejects.toMatchObject({
      code: 'vault_broken',
    });
    const database = await handleOf(ports).get();
    expect(database.version).toBe(upgrades.length);
    expect([...database.objectStoreNames]).not.toContain('later');
    expect(await database.get('settings', 'settings')).toEqual(setting('old'));
  });
});

it('tells of a vault from a newer version and overwrites nothing', async () => {
  const ports = createFakePorts();
  const newer = handleOf(ports, [...upgrades, second]);
  await (await newer.get()).put('settings', setting('newer'));
  await newer.close();
  const handle = handleOf(ports);
  await expect(handle.get()).rejects.toMatchObject({ code: 'vault_newer' });
  await expect(handle.use((database) => database.getAll('settings'))).rejects.toMatchObject({
    code: 'vault_newer',
  });
  const database = await handleOf(ports, [...upgrades, second]).get();
  expect(database.version).toBe(upgrades.length + 1);
  expect(await database.get('settings', 'settings')).toEqual(setting('newer'));
});

it('lets a newer version through, and finds out at the next use', async () => {
  const ports = createFakePorts();
  const old = handleOf(ports);
  await old.get();
  const newer = handleOf(ports, [...upgrades, second]);
  expect((await newer.get()).version).toBe(upgrades.length + 1);
  await expect(old.get()).rejects.toMatchObject({ code: 'vault_newer' });
});

it('says who blocks it, and opens once that one is gone', async () => {
  const ports = createFakePorts();
  // A page of an older version that lets nobody through.
  const stubborn = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open(ports.database.name, 1);
    request.onsuccess = () => resolve(request.result);
  });
  const handle = handleOf(ports, [() => undefined, ...upgrades]);
  await expect(handle.get()).rejects.toMatchObject({ code: 'vault_blocked' });
  // A second request would wait behind the first without a word.
  await expect(handle.get()).rejects.toMatchObject({ code: 'vault_blocked' });
  stubborn.close();
  await vi.waitFor(() => handle.get());
  expect((await handle.get()).version).toBe(upgrades.length + 1);
});

it('opens anew when the browser closed it', async () => {
  const ports = createFakePorts();
  const handle = handleOf(ports);
  const first = await handle.get();
  await first.put('settings', setting(1));
  forceCloseDatabase(unwrap(first) as never); // The stand-in's own class, behind idb's wrapper.
  const again = await handle.get();
  expect(again).not.toBe(first);
  expect(await again.get('settings', 'settings')).toEqual(setting(1));
  expect(ports.seen.warnings).toHaveLength(1);
});

it('opens once for all who ask at the same time, and again after it was closed', async () => {
  const handle = handleOf(createFakePorts());
  const [one, two] = await Promise.all([handle.get(), handle.get()]);
  expect(one).toBe(two);
  await handle.close();
  expect(await handle.get()).not.toBe(one);
});

it('tries again after a failure', async () => {
  const ports = createFakePorts();
  let isBroken = true;
  const handle = handleOf(ports, [
    (database, transaction) => {
      if (isBroken) throw new Error('disk');
      return upgrades[0]?.(database, transaction);
    },
  ]);
  await expect(handle.get()).rejects.toMatchObject({ code: 'vault_broken' });
  isBroken = false;
  expect((await handle.get()).version).toBe(1);
});

it('gives a storage failure while reading one name, and lets ours through', async () => {
  const handle = handleOf(createFakePorts());
  const failure = new DOMException('Data lost due to missing file.', 'NotReadableError');
  await expect(handle.use(() => Promise.reject(failure))).rejects.toMatchObject({
    code: 'vault_broken',
    cause: failure,
  });
  const full = new DOMException('The quota has been exceeded.', 'QuotaExceededError');
  await expect(handle.use(() => Promise.reject(full))).rejects.toMatchObject({ code: 'storage_full' });
  await expect(handle.use(() => Promise.reject(new AppError('bad_input')))).rejects.toMatchObject({
    code: 'bad_input',
  });
});
