/** A passphrase around the vault: set, change, take away, unlock, lock. */
import { AppError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import type { DataKey } from './data-key.ts';
import { openWith, sealWith } from './encryption.ts';
import { assertLongEnough, iterationsNow } from './passphrase-key.ts';
import { grant, type KeyRecord, pendingSignIn, registration } from './schema.ts';
import { type Move, moveRecord, type SealedRecords } from './sealed-places.ts';
import type { Vault } from './vault.ts';
import { importDataKey, makeKeyBytes, unwrapKey, wrapKey } from './wrapped-key.ts';

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
  /** Seals anew what was still on its way when the passphrase was set. To be called at a start. */
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
  ports: Pick<Ports, 'crypto' | 'randomBytes'>,
  vault: Vault,
  dataKey: DataKey,
): Passphrase {
  const { crypto } = ports;

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

  /** What is sealed with `from`, sealed with `to`. */
  async function moveAll(from: CryptoKey, to: CryptoKey): Promise<Moved[]> {
    const move: Move = async (sealed, identity) => {
      try {
        return await sealWith(ports, to, await openWith(crypto, from, sealed, identity), identity);
      } catch {
        // It is sealed with the other key already, or opens with none, and stays as it is.
        return sealed;
      }
    };
    return (await Promise.all(stores.map((store) => moveStore(store, move)))).flat();
  }

  const keyOf = ({ before }: Moved) => ('generation' in before ? before.account : before.provider);

  /** A record that changed since it was read is left: it opens with the former key until the next tidying. */
  function isSame(now: unknown, { store, before }: Moved): boolean {
    const parsed = schemas[store].safeParse(now);
    return parsed.success && JSON.stringify(parsed.data) === JSON.stringify(before);
  }

  /** Writes what was sealed anew and the keys that go with it as one. @param changeKeys told whether nothing was left. */
  const writeMoved = (moved: readonly Moved[], changeKeys: (isWhole: boolean) => KeyChanges) =>
    vault.write([...stores, 'keys'], async (transaction) => {
      let isWhole = true;
      for (const record of moved) {
        const records = transaction.objectStore(record.store);
        if (isSame(await records.get(keyOf(record)), record)) await records.put(record.after);
        else isWhole = false;
      }
      const keys = transaction.objectStore('keys');
      const { put = [], remove = [] } = changeKeys(isWhole);
      for (const record of put) await keys.put(record);
      for (const id of remove) await keys.delete(id);
    });

  const putKey = (record: KeyRecord) =>
    vault.write(['keys'], async (transaction) => {
      await transaction.objectStore('keys').put(record);
    });

  return {
    async state() {
      if ((await dataKey.findWrapped()) === undefined) return 'none';
      return (await dataKey.isUnlocked()) ? 'unlocked' : 'locked';
    },

    async set(passphrase) {
      assertLongEnough(passphrase, 'passphrase');
      if ((await dataKey.findWrapped()) !== undefined)
        throw new AppError('bad_input', { field: 'passphrase' });
      const former = await dataKey.getForSealing();
      const raw = makeKeyBytes(ports);
      const [wrapped, key] = await Promise.all([wrapKey(ports, raw, passphrase), importDataKey(crypto, raw)]);
      const moved = await moveAll(former, key);
      // Before the write, so that there is no moment at which the vault is locked.
      await dataKey.unlock(raw);
      try {
        const put: KeyRecord[] = [
          { id: 'former', key: former },
          { id: 'data', wrapped },
        ];
        await writeMoved(moved, () => ({ put }));
      } catch (failure) {
        await dataKey.lock();
        throw failure;
      }
    },

    async change(passphrase, next) {
      assertLongEnough(next, 'next');
      const raw = await unwrapKey(crypto, await getWrapped(), passphrase);
      const wrapped = await wrapKey(ports, raw, next);
      await putKey({ id: 'data', wrapped });
    },

    async remove(passphrase) {
      const raw = await unwrapKey(crypto, await getWrapped(), passphrase);
      const key = await importDataKey(crypto, raw);
      await putKey({ id: 'data', key });
      await dataKey.lock();
    },

    async unlock(passphrase) {
      const wrapped = await getWrapped();
      const raw = await unwrapKey(crypto, wrapped, passphrase);
      await dataKey.unlock(raw);
      if (wrapped.iterations >= iterationsNow) return;
      const raised = await wrapKey(ports, raw, passphrase);
      await putKey({ id: 'data', wrapped: raised });
    },

    lock: () => dataKey.lock(),

    async tidy() {
      const former = await dataKey.former();
      if (former === undefined) return;
      const moved = await moveAll(former, await dataKey.get());
      await writeMoved(moved, (isWhole) => (isWhole ? { remove: ['former'] } : {}));
    },
  };
}
