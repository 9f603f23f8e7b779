/**
 * Seals token material with AES-256-GCM (NIST SP 800-38D): a fresh random 96-bit IV each time, and the record it belongs
 * to as additional data, so that a sealed token moved to another record does not open.
 */
import { AppError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import type { DataKey } from './data-key.ts';
import { type KeyRecord, keyRecord, type Sealed } from './schema.ts';

export type Seal = (text: string, identity: string) => Promise<Sealed>;

/** The store of keys in a write that is under way. */
interface KeyStore {
  get(id: 'data'): Promise<KeyRecord | undefined>;
  put(record: KeyRecord): Promise<unknown>;
}

export interface PreparedSeal {
  readonly seal: Seal;
  /** To be called in the write of what was sealed: the passphrase may have been set meanwhile, and the key be gone. */
  keepKey(keys: KeyStore): Promise<void>;
}

export interface Sealer {
  /**
   * Seals with the key of now, for what must be kept even if the vault is locked meanwhile: tokens that are on their way.
   * @throws AppError `vault_locked`.
   */
  prepareSeal(): Promise<PreparedSeal>;
  /** @param identity names store, record and field, see `sealed-places.ts`. @throws AppError `vault_locked`. */
  readonly seal: Seal;
  /** @throws AppError `vault_locked`, `vault_broken` (the key can't be read now), `vault_key_missing` (profile copied without its key, or a damaged or moved record). */
  open(sealed: Sealed, identity: string): Promise<string>;
}

const ivBytes = 12;

const parameters = (iv: Uint8Array<ArrayBuffer>, identity: string) => ({
  name: 'AES-GCM',
  iv,
  additionalData: new TextEncoder().encode(identity),
});

type SealPorts = Pick<Ports, 'crypto' | 'randomBytes'>;

export async function sealWith(
  { crypto, randomBytes }: SealPorts,
  key: CryptoKey,
  text: string,
  identity: string,
): Promise<Sealed> {
  const iv = randomBytes(ivBytes);
  const data = await crypto.encrypt(parameters(iv, identity), key, new TextEncoder().encode(text));
  return { version: 1, iv, data: new Uint8Array(data) };
}

/** Rejects with the platform's error where the key is not the one it was sealed with. */
export async function openWith(
  crypto: SubtleCrypto,
  key: CryptoKey,
  { iv, data }: Sealed,
  identity: string,
): Promise<string> {
  // Copies: what comes back from the database may be a view on a larger or shared buffer.
  const clear = await crypto.decrypt(parameters(new Uint8Array(iv), identity), key, new Uint8Array(data));
  return new TextDecoder().decode(clear);
}

/** Rejects where none of the keys is the one it was sealed with. */
export function openWithAny(
  crypto: SubtleCrypto,
  keys: readonly CryptoKey[],
  sealed: Sealed,
  identity: string,
): Promise<string> {
  return Promise.any(keys.map((key) => openWith(crypto, key, sealed, identity)));
}

export function createSealer(key: DataKey, ports: SealPorts): Sealer {
  const { crypto } = ports;

  async function prepareSeal(): Promise<PreparedSeal> {
    const { name, key: current, isWrapped } = await key.getForSealing();
    return {
      seal: (text, identity) => sealWith(ports, current, text, identity),
      async keepKey(keys) {
        const raw = await keys.get('data');
        const now = keyRecord.safeParse(raw).data;
        if (now?.id === 'data' && now.name === name) return;
        // Where the browser threw the key away it comes back, and all opens again; never without its passphrase.
        const isBack = raw === undefined && !isWrapped;
        await keys.put(isBack ? { id: 'data', name, key: current } : { id: `former:${name}`, key: current });
      },
    };
  }

  return {
    prepareSeal,
    seal: async (text, identity) => (await prepareSeal()).seal(text, identity),
    async open(sealed, identity) {
      const current = await key.get();
      try {
        return await openWith(crypto, current, sealed, identity);
      } catch (cause) {
        // Sealed just before a passphrase was set, and written just after.
        const formers = (await key.formers()).map(({ key }) => key);
        return openWithAny(crypto, formers, sealed, identity).catch(() => {
          throw new AppError('vault_key_missing', { cause });
        });
      }
    },
  };
}
