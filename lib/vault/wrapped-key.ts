/** The data key under a passphrase: a key made of that wraps it by AES-256-GCM. */
import * as z from 'zod/mini';
import { AppError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { derivePassphraseKey, iterationsNow, keyBytes } from './passphrase-key.ts';

const bytes = z.instanceof(Uint8Array);

/** Kept with its parameters, so that they can be raised later: a wrap with fewer iterations is made anew when it is opened. */
export const wrappedKey = z.object({
  version: z.literal(1),
  salt: bytes,
  iterations: z.number(),
  iv: bytes,
  data: bytes,
});
export type WrappedKey = z.output<typeof wrappedKey>;

const saltBytes = 16;
const ivBytes = 12;
const additionalData = new TextEncoder().encode('keys/data');

type WrapPorts = Pick<Ports, 'crypto' | 'randomBytes'>;

/** The bytes of a new data key. */
export function makeKeyBytes({ randomBytes }: WrapPorts): Uint8Array<ArrayBuffer> {
  return randomBytes(keyBytes);
}

/** A key that can be used and kept, but not taken out. */
export function importDataKey(crypto: SubtleCrypto, raw: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.importKey('raw', raw, { name: 'AES-GCM' }, false, ['encrypt', 'decrypt']);
}

/** Opens and closes the wrap, and nothing else. */
async function derive(
  crypto: SubtleCrypto,
  passphrase: string,
  wrap: Pick<WrappedKey, 'salt' | 'iterations'>,
): Promise<CryptoKey> {
  return importDataKey(crypto, await derivePassphraseKey(crypto, passphrase, wrap));
}

export async function wrapKey(
  { crypto, randomBytes }: WrapPorts,
  raw: Uint8Array<ArrayBuffer>,
  passphrase: string,
  iterations = iterationsNow,
): Promise<WrappedKey> {
  const salt = randomBytes(saltBytes);
  const iv = randomBytes(ivBytes);
  const key = await derive(crypto, passphrase, { salt, iterations });
  const data = await crypto.encrypt({ name: 'AES-GCM', iv, additionalData }, key, raw);
  return { version: 1, salt, iterations, iv, data: new Uint8Array(data) };
}

/** @throws AppError `wrong_passphrase`. */
export async function unwrapKey(
  crypto: SubtleCrypto,
  wrapped: WrappedKey,
  passphrase: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = await derive(crypto, passphrase, wrapped);
  try {
    const parameters = { name: 'AES-GCM', iv: new Uint8Array(wrapped.iv), additionalData };
    return new Uint8Array(await crypto.decrypt(parameters, key, new Uint8Array(wrapped.data)));
  } catch (cause) {
    throw new AppError('wrong_passphrase', { field: 'passphrase', cause });
  }
}
