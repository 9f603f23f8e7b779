/** From a passphrase to the bytes of a key: PBKDF2-SHA256 (RFC 8018). The vault's own passphrase and a backup's use it. */
import { AppError } from '../errors.ts';

/** OWASP's figure of 2023 for PBKDF2-SHA256. */
export const iterationsNow = 600_000;

/** Of every key here: AES-256. */
export const keyBytes = 32;

/** NIST SP 800-63B section 3.1.1.2: the least for a secret that a person makes up. */
const shortestPassphrase = 8;

/** @throws AppError `passphrase_too_short` at this field. */
export function assertLongEnough(passphrase: string, field: string): void {
  if (passphrase.length < shortestPassphrase)
    throw new AppError('passphrase_too_short', { field, params: { count: shortestPassphrase } });
}

/** 32 bytes that whoever knows the passphrase can make again with the same salt and number of iterations. */
export async function derivePassphraseKey(
  crypto: SubtleCrypto,
  passphrase: string,
  { salt, iterations }: { readonly salt: Uint8Array; readonly iterations: number },
): Promise<Uint8Array<ArrayBuffer>> {
  // NFKC: the same letters typed on another keyboard are the same passphrase.
  const typed = new TextEncoder().encode(passphrase.normalize('NFKC'));
  const base = await crypto.importKey('raw', typed, 'PBKDF2', false, ['deriveBits']);
  const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt: new Uint8Array(salt), iterations };
  return new Uint8Array(await crypto.deriveBits(parameters, base, keyBytes * 8));
}
