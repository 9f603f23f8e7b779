/** A passphrase around the vault: set, change, take away, unlock, lock. */
import { AppError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { type DataKey, makeKeyName } from './data-key.ts';
import { openWithAny, sealWith } from './encryption.ts';
import { assertLongEnough, iterationsNow } from './passphrase-key.ts';
import { grant, type KeyRecord, keyRecord, pendingSignIn, registration } from './schema.ts';
import { type Move, moveRecord, type SealedRecords } from './sealed-places.ts';
import type { Vault } from './vault.ts';
import { importDataKey, makeKeyBytes, unwrapKey, wrapKey, type WrappedKey } from './wrapped-key.ts';

export type LockState = 'none' | 'locked' | 'unlocked';

export interface Passphrase {
  state(): Promise<LockState>;
  /** @throws AppError `passphrase_too_short`, `bad_input` when there is one already. */
  set(passphrase: string): Promise<void>;
  /** @throws AppError `wrong_passphrase`, `passphrase_too_short`, `bad_input` when there is none. */
  change(passphrase: string, next: string): Promise<void>;
  /** @throws AppError `wrong_passphrase`, `bad_input` when there is none. */
  remove(passphrase: string): Promise<void>;
  /** @throws AppError `wrong_passphrase`, `bad_input` when there is none. */
  unlock(passphrase: string): Promise<void>;
  lock(): Promise<void>;
  /** Seals anew what was still on its way when a passphrase was set. To be called at a start. */
  tidy(): Promise<void>;
}

const stores = ['registrations', 'signIns', 'grants'] as const;
type StoreName = (typeof stores)[number];
const schemas = { registrations: registration, signIns: pendingSignIn, grants: grant };
interface Moved<Store extends StoreName = StoreName> {
  readonly store: Store;
  readonly before: SealedRecords[Store];
  readonly after: SealedRecords[Store];
}

interface KeyChanges {
  readonly put?: readonly KeyRecord[];
  readonly remove?: readonly KeyRecord['id'][];
}

export function createPassphrase(
  ports: Pick<Ports, 'crypto' | 'randomBytes' | 'locks'>,
  vault: Vault,
  dataKey: DataKey,
): Passphrase {
  const { crypto } = ports;
  /** Two changes at once would each seal everything with a key that the other throws away. */
  const alone = <T>(work: () => Promise<T>) => ports.locks.run('passphrase', work);

  async function getWrapped() {
    const wrapped = await dataKey.findWrapped();
    if (wrapped === undefined) throw new AppError('bad_input', { field: 'passphrase' });
    return wrapped;
  }

  async function moveStore<Store extends StoreName>(store: Store, move: Move): Promise<Moved<Store>[]> {
    const list: () => Promise<SealedRecords[Store][]> = () =>
      // Each store lists its own records, which TypeScript does not follow through the name.
      vault.store[store].list() as unknown as Promise<SealedRecords[Store][]>;
    return Promise.all(
      (await list()).map(async (before) => ({ store, before, after: await moveRecord[store](before, move) })),
    );
  }

  /** What is sealed with one of `from`, sealed with `to`. */
  async function moveAll(from: readonly CryptoKey[], to: CryptoKey): Promise<Moved[]> {
    const move: Move = async (sealed, identity) => {
      try {
        return await sealWith(ports, to, await openWithAny(crypto, from, sealed, identity), identity);
      } catch {
        // It is sealed with the other key already, or opens with none, and stays as it is.
        return sealed;
      }
    };
    return (await Promise.all(stores.map((store) => moveStore(store, move)))).flat();
  }

  const nameOf = (record: SealedRecords[StoreName]) =>
    'generation' in record ? record.account : record.provider;
  const keyOf = ({ before }: Moved) => nameOf(before);

  /** A record that changed since it was read is left: it opens with a former key until the next tidying. */
  function isSame(now: unknown, { store, before }: Moved): boolean {
    const parsed = schemas[store].safeParse(now);
    return parsed.success && JSON.stringify(parsed.data) === JSON.stringify(before);
  }

  /** What is on its way, in this context or another, and opens with a former key alone. */
  function isLeft(record: SealedRecords[StoreName], known: ReadonlySet<string>): boolean {
    return !known.has(nameOf(record)) || ('state' in record && record.state === 'refreshing');
  }

  /** Writes what was sealed anew and the keys that go with it as one. @param changeKeys told whether nothing was left. */
  const writeMoved = (moved: readonly Moved[], changeKeys: (isWhole: boolean) => KeyChanges) =>
    vault.write([...stores, 'keys'], async (transaction) => {
      let isWhole = true;
      for (const store of stores) {
        const records = transaction.objectStore(store);
        const mine = moved.filter((record) => record.store === store);
        for (const record of mine)
          if (isSame(await records.get(keyOf(record)), record)) await records.put(record.after);
          else isWhole = false;
        const known = new Set(mine.map(keyOf));
        for (const raw of await records.getAll()) {
          const { data } = schemas[store].safeParse(raw); // A damaged one opens with no key.
          if (data !== undefined && isLeft(data, known)) isWhole = false;
        }
      }
      const keys = transaction.objectStore('keys');
      const { put = [], remove = [] } = changeKeys(isWhole);
      for (const record of put) await keys.put(record);
      for (const id of remove) await keys.delete(id);
    });

  /** Keeps the key that there is in another form. */
  const putKey = (form: { readonly key: CryptoKey } | { readonly wrapped: WrappedKey }) =>
    vault.write(['keys'], async (transaction) => {
      const keys = transaction.objectStore('keys');
      const now = keyRecord.safeParse(await keys.get('data')).data;
      if (now?.id !== 'data') throw new AppError('vault_key_missing');
      await keys.put({ id: 'data', name: now.name, ...form });
    });

  async function set(passphrase: string): Promise<void> {
    if ((await dataKey.findWrapped()) !== undefined) throw new AppError('bad_input', { field: 'passphrase' });
    const former = await dataKey.getForSealing();
    // What was on its way when it was set before is sealed with an older one still.
    const from = [former, ...(await dataKey.formers())].map(({ key }) => key);
    const raw = makeKeyBytes(ports);
    const [wrapped, key] = await Promise.all([wrapKey(ports, raw, passphrase), importDataKey(crypto, raw)]);
    const moved = await moveAll(from, key);
    // Before the write, so that there is no moment at which the vault is locked.
    await dataKey.unlock(raw);
    try {
      const put: KeyRecord[] = [
        { id: `former:${former.name}`, key: former.key },
        { id: 'data', name: makeKeyName(ports), wrapped },
      ];
      await writeMoved(moved, () => ({ put }));
    } catch (failure) {
      await dataKey.lock();
      throw failure;
    }
  }

  async function change(passphrase: string, next: string): Promise<void> {
    const raw = await unwrapKey(crypto, await getWrapped(), passphrase);
    await putKey({ wrapped: await wrapKey(ports, raw, next) });
  }

  async function remove(passphrase: string): Promise<void> {
    const raw = await unwrapKey(crypto, await getWrapped(), passphrase);
    await putKey({ key: await importDataKey(crypto, raw) });
    await dataKey.lock();
  }

  async function unlock(passphrase: string): Promise<void> {
    const wrapped = await getWrapped();
    const raw = await unwrapKey(crypto, wrapped, passphrase);
    await dataKey.unlock(raw);
    if (wrapped.iterations < iterationsNow) await putKey({ wrapped: await wrapKey(ports, raw, passphrase) });
  }

  async function tidy(): Promise<void> {
    const formers = await dataKey.formers();
    if (formers.length === 0) return;
    const from = formers.map(({ key }) => key);
    const moved = await moveAll(from, await dataKey.get());
    await writeMoved(moved, (isWhole) => (isWhole ? { remove: formers.map(({ id }) => id) } : {}));
  }

  return {
    async state() {
      if ((await dataKey.findWrapped()) === undefined) return 'none';
      return (await dataKey.isUnlocked()) ? 'unlocked' : 'locked';
    },
    async set(passphrase) {
      assertLongEnough(passphrase, 'passphrase');
      await alone(() => set(passphrase));
    },
    async change(passphrase, next) {
      assertLongEnough(next, 'next');
      await alone(() => change(passphrase, next));
    },
    remove: (passphrase) => alone(() => remove(passphrase)),
    unlock: (passphrase) => alone(() => unlock(passphrase)),
    lock: () => dataKey.lock(),
    tidy: () => alone(tidy),
  };
}
