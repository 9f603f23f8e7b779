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
  /** @throws AppError `vault_key_missing` (profile copied without its key, or a damaged or moved record). */
  open(sealed: Sealed, identity: string): Promise<string>;
}

const ivBytes = 12;

async function loadKey(database: DatabaseHandle, crypto: SubtleCrypto): Promise<CryptoKey> {
  const handle = await database.get();
  const found = await handle.get('keys', 'data');
  if (found !== undefined) return found.key;
  const key = await crypto.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  // Another context may have made one meanwhile: whoever was first wins, and both use that.
  const transaction = handle.transaction('keys', 'readwrite', { durability: 'strict' });
  const other = await transaction.store.get('data');
  if (other === undefined) await transaction.store.put({ id: 'data', key });
  await transaction.done;
  return other?.key ?? key;
}

export function createSealer(
  database: DatabaseHandle,
  { crypto, randomBytes }: Pick<Ports, 'crypto' | 'randomBytes'>,
): Sealer {
  let key: Promise<CryptoKey> | undefined;
  const getKey = () => {
    key ??= loadKey(database, crypto).catch((failure: unknown) => {
      key = undefined;
      throw failure;
    });
    return key;
  };
  const parameters = (iv: Uint8Array<ArrayBuffer>, identity: string) => ({
    name: 'AES-GCM',
    iv,
    additionalData: new TextEncoder().encode(identity),
  });

  return {
    async seal(text, identity) {
      const iv = randomBytes(ivBytes);
      const data = await crypto.encrypt(
        parameters(iv, identity),
        await getKey(),
        new TextEncoder().encode(text),
      );
      return { version: 1, iv, data: new Uint8Array(data) };
    },
    async open({ iv, data }, identity) {
      try {
        // Copies: what comes back from the database may be a view on a larger or shared buffer.
        const clear = await crypto.decrypt(
          parameters(new Uint8Array(iv), identity),
          await getKey(),
          new Uint8Array(data),
        );
        return new TextDecoder().decode(clear);
      } catch (cause) {
        throw cause instanceof AppError ? cause : new AppError('vault_key_missing', { cause });
      }
    },
  };
}
