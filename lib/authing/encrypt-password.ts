/**
 * RSAES-PKCS1-v1_5 (RFC 8017 section 7.2.1), the way the user API wants passwords. WebCrypto does not have it. Its known
 * weakness is in decryption, at the server; here it only covers what travels inside TLS anyway.
 */
import { AppError } from '../errors.ts';
import type { RsaPublicKey } from './rsa-public-key.ts';

export type RandomBytes = (length: number) => Uint8Array;

/** 00 02, eight bytes of padding or more, 00. */
const overhead = 11;

function raise(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** Bytes by chance, none of them zero, since a zero ends the padding. */
function buildPadding(length: number, randomBytes: RandomBytes): number[] {
  const padding: number[] = [];
  while (padding.length < length)
    padding.push(...[...randomBytes(length - padding.length)].filter((byte) => byte !== 0));
  return padding;
}

/**
 * Encrypts UTF-8 text.
 * @returns standard base64, as long as the key.
 * @throws AppError `password_too_long` with `field`, for text that does not fit (117 bytes with a key of 1024 bits).
 */
export function encryptPassword(
  password: string,
  { modulus, exponent, size }: RsaPublicKey,
  randomBytes: RandomBytes,
  field = 'password',
): string {
  const message = new TextEncoder().encode(password);
  const longest = size - overhead;
  if (message.length > longest) throw new AppError('password_too_long', { field, params: { longest } });
  const padding = buildPadding(size - 3 - message.length, randomBytes);
  const block = [0, 2, ...padding, 0, ...message];
  const number = block.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const cipher = raise(number, exponent, modulus)
    .toString(16)
    .padStart(size * 2, '0');
  return btoa(cipher.replaceAll(/../g, (hex) => String.fromCharCode(Number.parseInt(hex, 16))));
}
