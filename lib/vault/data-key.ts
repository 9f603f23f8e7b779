/**
 * The key that everything is sealed with. Without a passphrase it lies in the vault, where it can be used and not taken
 * out. With one it lies there wrapped, and once unlocked its bytes are in session storage, which is in memory only and
 * which no page or page script can read.
 */
import * as z from 'zod/mini';
import { AppError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import type { DatabaseHandle } from './open-database.ts';
import { keyRecord, type KeyRecord } from './schema.ts';
import { importDataKey, type WrappedKey } from './wrapped-key.ts';

export type KeyPorts = Pick<Ports, 'crypto' | 'randomBytes' | 'session'>;

/** Of the bytes in session storage, as base64. */
const sessionKey = 'data-key';

export interface DataKey {
  /**
   * Read at each use: what is sealed with a key that the vault no longer holds would be lost at the next start.
   * @throws AppError `vault_locked`.
   */
  get(): Promise<CryptoKey>;
  /** The key of before a passphrase was set, while records sealed with it may be left. */
  former(): Promise<CryptoKey | undefined>;
  /** Undefined where there is no passphrase. */
  findWrapped(): Promise<WrappedKey | undefined>;
  isUnlocked(): Promise<boolean>;
  /** Puts the bytes where `get` finds them. */
  unlock(raw: Uint8Array<ArrayBuffer>): Promise<void>;
  lock(): Promise<void>;
}

function toBytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

export function createDataKey(database: DatabaseHandle, { crypto, session }: KeyPorts): DataKey {
  async function find(id: KeyRecord['id']): Promise<KeyRecord | undefined> {
    const raw: unknown = await database.read((handle) => handle.get('keys', id));
    if (raw === undefined) return undefined;
    const parsed = z.safeParse(keyRecord, raw);
    if (!parsed.success) throw new AppError('vault_broken', { cause: parsed.error });
    return parsed.data;
  }

  async function make(): Promise<CryptoKey> {
    const key = await crypto.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    const kept = await database.read(async (handle) => {
      // Another context may have made one meanwhile: whoever was first wins, and both use that.
      const transaction = handle.transaction('keys', 'readwrite', { durability: 'strict' });
      const other = await transaction.store.get('data');
      if (other === undefined) await transaction.store.put({ id: 'data', key });
      await transaction.done;
      return other;
    });
    return kept === undefined ? key : get();
  }

  async function readSession(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const kept = z.safeParse(z.base64(), await session.get(sessionKey));
    return kept.success ? toBytes(kept.data) : undefined;
  }

  async function get(): Promise<CryptoKey> {
    const found = await find('data');
    if (found === undefined) return make();
    if ('key' in found) return found.key;
    const raw = await readSession();
    if (raw === undefined) throw new AppError('vault_locked');
    return importDataKey(crypto, raw);
  }

  return {
    get,
    async former() {
      const found = await find('former');
      return found !== undefined && 'key' in found ? found.key : undefined;
    },
    async findWrapped() {
      const found = await find('data');
      return found !== undefined && 'wrapped' in found ? found.wrapped : undefined;
    },
    isUnlocked: async () => (await readSession()) !== undefined,
    unlock: (raw) => session.set(sessionKey, btoa(String.fromCharCode(...raw))),
    lock: () => session.set(sessionKey, undefined),
  };
}
