/**
 * Seals token material with AES-256-GCM (NIST SP 800-38D): a fresh random 96-bit IV each time, and the record it belongs
 * to as additional data, so that a sealed token moved to another record does not open.
 */
import { AppError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import type { DatabaseHandle } from './open-database.ts';
import type { Sealed } from './schema.ts';

export interface Sealer {
  /** @param identity names store, record and field, e.g. `grants/<account id>/accessToken`. */
  seal(text: string, identity: string): Promise<Sealed>;
  /** @throws AppError `vault_broken` (the key can't be read now), `vault_key_missing` (profile copied without its key, or a damaged or moved record). */
  open(sealed: Sealed, identity: string): Promise<string>;
}

const ivBytes = 12;

/** Read at each use: what is sealed with a key that the vault no longer holds would be lost at the next start. */
async function loadKey(database: DatabaseHandle, crypto: SubtleCrypto): Promise<CryptoKey> {
  const found = await database.read((handle) => handle.get('keys', 'data'));
  if (found !== undefined) return found.key;
  const key = await crypto.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  return database.read(async (handle) => {
    // Another context may have made one meanwhile: whoever was first wins, and both use that.
    const transaction = handle.transaction('keys', 'readwrite', { durability: 'strict' });
    const other = await transaction.store.get('data');
    if (other === undefined) await transaction.store.put({ id: 'data', key });
    await transaction.done;
    return other?.key ?? key;
  });
}

export function createSealer(
  database: DatabaseHandle,
  { crypto, randomBytes }: Pick<Ports, 'crypto' | 'randomBytes'>,
): Sealer {
  const parameters = (iv: Uint8Array<ArrayBuffer>, identity: string) => ({
    name: 'AES-GCM',
    iv,
    additionalData: new TextEncoder().encode(identity),
  });

  return {
    async seal(text, identity) {
      const iv = randomBytes(ivBytes);
      const key = await loadKey(database, crypto);
      const data = await crypto.encrypt(parameters(iv, identity), key, new TextEncoder().encode(text));
      return { version: 1, iv, data: new Uint8Array(data) };
    },
    async open({ iv, data }, identity) {
      const key = await loadKey(database, crypto);
      try {
        // Copies: what comes back from the database may be a view on a larger or shared buffer.
        const clear = await crypto.decrypt(
          parameters(new Uint8Array(iv), identity),
          key,
          new Uint8Array(data),
        );
        return new TextDecoder().decode(clear);
      } catch (cause) {
        throw new AppError('vault_key_missing', { cause });
      }
    },
  };
}
