/**
 * The key that everything is sealed with. Without a passphrase it lies in the vault, where it can be used and not taken
 * out. With one it lies there wrapped, and once unlocked its bytes are in session storage, which is in memory only and
 * which no page or page script can read.
 */
import * as z from 'zod/mini';
import { AppError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';
import type { DatabaseHandle } from './open-database.ts';
import { type DataKeyRecord, type FormerKeyRecord, keyRecord, type Registration } from './schema.ts';
import type { SealedRecords } from './sealed-places.ts';
import { importDataKey, type WrappedKey } from './wrapped-key.ts';

export type KeyPorts = Pick<Ports, 'crypto' | 'randomBytes' | 'session'>;

/** Where something sealed may lie. */
const sealedStores = ['registrations', 'signIns', 'grants'] as const satisfies (keyof SealedRecords)[];

/** Many services need no secret. As it lies there, not parsed. */
const hasSecret = ({ clientSecret, secrets }: Partial<Registration>) =>
  clientSecret !== undefined || Object.keys(secrets ?? {}).length > 0;

/** Of the bytes in session storage, as base64. */
const sessionKey = 'data-key';

/** `replaced`: there was another one, and what was sealed with that may be there still. */
export type KeyState = 'whole' | 'locked' | 'missing' | 'replaced';

/** The note that the key was made anew while the vault held what another had sealed. */
const replacedKey = 'key-replaced';

/** A key and the name that its record has. */
export interface NamedKey {
  readonly name: string;
  readonly key: CryptoKey;
  /** It lies in the vault under a passphrase. */
  readonly isWrapped: boolean;
}

export interface DataKey {
  /**
   * Read at each use: what is sealed with a key that the vault no longer holds would be lost at the next start.
   * @throws AppError `vault_locked`; `vault_key_missing` where something is sealed and no key is there. Nothing is
   *   written then, so that all is well again once the key is back.
   */
  get(): Promise<CryptoKey>;
  /**
   * The key to seal with: a new one where the former is missing, which is noted for good.
   * @throws AppError `vault_locked`.
   */
  getForSealing(): Promise<NamedKey>;
  state(): Promise<KeyState>;
  /** The keys of before, each time that a passphrase was set, while something sealed with them may be left. */
  formers(): Promise<FormerKeyRecord[]>;
  /** Undefined where there is no passphrase. */
  findWrapped(): Promise<WrappedKey | undefined>;
  isUnlocked(): Promise<boolean>;
  /** Puts the bytes where `get` finds them. */
  unlock(raw: Uint8Array<ArrayBuffer>): Promise<void>;
  lock(): Promise<void>;
}

/** For a key that is made now. */
export function makeKeyName({ randomBytes }: Pick<Ports, 'randomBytes'>): string {
  return encodeBase64(randomBytes(12));
}

export function createDataKey(database: DatabaseHandle, { crypto, randomBytes, session }: KeyPorts): DataKey {
  async function find(): Promise<DataKeyRecord | undefined> {
    const raw: unknown = await database.use((handle) => handle.get('keys', 'data'));
    if (raw === undefined) return undefined;
    const parsed = z.safeParse(keyRecord, raw);
    if (!parsed.success) throw new AppError('vault_broken', { cause: parsed.error });
    return parsed.data.id === 'data' ? parsed.data : undefined;
  }

  /**
   * Makes a key where there is none. Another context may have made one meanwhile: whoever was first wins, and both use that.
   * @param replaces whether a key that is missing may be replaced.
   */
  async function make(replaces: boolean): Promise<NamedKey> {
    const name = makeKeyName({ randomBytes });
    const key = await crypto.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    const made = { isOurs: false };
    await database.write([...sealedStores, 'keys', 'settings'], async (transaction) => {
      const keys = transaction.objectStore('keys');
      made.isOurs = (await keys.get('data')) === undefined;
      if (!made.isOurs) return;
      const [registrations, ...counts] = await Promise.all([
        transaction.objectStore('registrations').getAll(),
        transaction.objectStore('signIns').count(),
        transaction.objectStore('grants').count(),
      ]);
      const isReplacement = registrations.some(hasSecret) || counts.some((count) => count > 0);
      if (isReplacement && !replaces) throw new AppError('vault_key_missing');
      if (isReplacement) await transaction.objectStore('settings').put({ key: replacedKey, value: true });
      await keys.put({ id: 'data', name, key });
    });
    return made.isOurs ? { name, key, isWrapped: false } : get();
  }

  async function readSession(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const kept = z.safeParse(z.base64(), await session.get(sessionKey));
    return kept.success ? decodeBase64(kept.data) : undefined;
  }

  async function get(replaces = false): Promise<NamedKey> {
    const found = await find();
    if (found === undefined) return make(replaces);
    if ('key' in found) return { ...found, isWrapped: false };
    const raw = await readSession();
    if (raw === undefined) throw new AppError('vault_locked');
    return { name: found.name, key: await importDataKey(crypto, raw), isWrapped: true };
  }

  async function state(): Promise<KeyState> {
    try {
      await get();
    } catch (failure) {
      if (!(failure instanceof AppError)) throw failure;
      if (failure.code === 'vault_locked') return 'locked';
      if (failure.code === 'vault_key_missing') return 'missing';
      throw failure;
    }
    const note = await database.use((handle) => handle.get('settings', replacedKey));
    return note === undefined ? 'whole' : 'replaced';
  }

  return {
    get: async () => (await get()).key,
    getForSealing: () => get(true),
    state,
    async formers() {
      const all: unknown[] = await database.use((handle) => handle.getAll('keys'));
      return all.flatMap((raw) => {
        const parsed = z.safeParse(keyRecord, raw);
        return parsed.success && parsed.data.id !== 'data' ? [parsed.data] : [];
      });
    },
    async findWrapped() {
      const found = await find();
      return found !== undefined && 'wrapped' in found ? found.wrapped : undefined;
    },
    isUnlocked: async () => (await readSession()) !== undefined,
    unlock: (raw) => session.set(sessionKey, encodeBase64(raw)),
    lock: () => session.set(sessionKey, undefined),
  };
}
