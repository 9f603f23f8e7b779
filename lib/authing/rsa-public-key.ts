/** RSA public keys as people paste them and servers tell them: PEM, with or without its first and last line. */
import { AppError } from '../errors.ts';

export interface RsaPublicKey {
  readonly modulus: bigint;
  readonly exponent: bigint;
  /** Length of the modulus in bytes. */
  readonly size: number;
}

/** ITU-T X.690: the tags of the four kinds of values that a key is made of. */
const tags = { integer: 0x02, bitString: 0x03, sequence: 0x30 } as const;

interface Value {
  readonly content: Uint8Array;
  readonly rest: Uint8Array;
}

/** X.690 section 8.1.3: one byte below 128, else how many bytes of length follow. */
function readLength(bytes: Uint8Array): { readonly length: number; readonly headerSize: number } {
  const first = bytes[1] ?? 0;
  if (first < 0x80) return { length: first, headerSize: 2 };
  const headerSize = 2 + (first & 0x7f);
  const length = bytes.subarray(2, headerSize).reduce((sum, byte) => sum * 256 + byte, 0);
  return { length, headerSize };
}

/** @throws TypeError for another tag or a value that is cut off. */
function readValue(bytes: Uint8Array, tag: number): Value {
  const { length, headerSize } = readLength(bytes);
  const end = headerSize + length;
  if (bytes[0] !== tag || end > bytes.length) throw new TypeError('no such value');
  return { content: bytes.subarray(headerSize, end), rest: bytes.subarray(end) };
}

const toBigInt = (bytes: Uint8Array) => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

/** RFC 8017 appendix A.1.1: modulus and exponent. */
function readRsaKey(bytes: Uint8Array): RsaPublicKey {
  const modulus = readValue(readValue(bytes, tags.sequence).content, tags.integer);
  const exponent = readValue(modulus.rest, tags.integer);
  const number = toBigInt(modulus.content);
  return {
    modulus: number,
    exponent: toBigInt(exponent.content),
    size: Math.ceil(number.toString(16).length / 2),
  };
}

/** RFC 5280 section 4.1.2.7: the algorithm, then the key inside a bit string without unused bits. */
function readSubjectPublicKeyInfo(bytes: Uint8Array): RsaPublicKey {
  const algorithm = readValue(readValue(bytes, tags.sequence).content, tags.sequence);
  return readRsaKey(readValue(algorithm.rest, tags.bitString).content.subarray(1));
}

const decodeBase64 = (text: string) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

/** A key that is shorter has no room for a password; one that is longer is none. */
const sizes = { shortest: 64, longest: 1024 };

/**
 * Reads SubjectPublicKeyInfo (`BEGIN PUBLIC KEY`) or the bare key of PKCS #1 (`BEGIN RSA PUBLIC KEY`).
 * @throws AppError `bad_public_key` with `field`.
 */
export function parseRsaPublicKey(pem: string, field: string): RsaPublicKey {
  try {
    const bytes = decodeBase64(pem.replaceAll(/-----[A-Z ]+-----/g, '').replaceAll(/\s/g, ''));
    const isBare = pem.includes('BEGIN RSA PUBLIC KEY');
    const key = isBare ? readRsaKey(bytes) : readSubjectPublicKeyInfo(bytes);
    if (key.size >= sizes.shortest && key.size <= sizes.longest && key.exponent > 2n) return key;
  } catch (cause) {
    throw new AppError('bad_public_key', { field, cause });
  }
  throw new AppError('bad_public_key', { field });
}
