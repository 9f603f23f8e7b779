/** The pool's RSA key: clients encrypt passwords with its public half, in PKCS#1 v1.5. */
import type { KeyObject } from 'node:crypto';
import { constants, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { Refusal } from './error-texts.ts';

const bits = 1024;

export class PasswordKey {
  #pair: { readonly publicKey: KeyObject; readonly privateKey: KeyObject } | undefined;

  /** SubjectPublicKeyInfo as PEM. */
  get publicKey(): string {
    return this.#keys().publicKey.export({ format: 'pem', type: 'spki' }).toString();
  }

  /** Refuses with 2016 what was not encrypted with this key, in this padding, in plain base64. */
  decrypt(text: string): string {
    const bytes = Buffer.from(text, 'base64');
    if (bytes.length !== bits / 8 || bytes.toString('base64') !== text) throw new Refusal(2016);
    return stripPadding(this.#decryptBlock(bytes));
  }

  #decryptBlock(bytes: Buffer): Buffer {
    try {
      // Node refuses to strip this padding itself, for a good reason that does not matter here (CVE-2023-46809).
      return privateDecrypt({ key: this.#keys().privateKey, padding: constants.RSA_NO_PADDING }, bytes);
    } catch {
      throw new Refusal(2016);
    }
  }

  #keys(): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
    this.#pair ??= generateKeyPairSync('rsa', { modulusLength: bits });
    return this.#pair;
  }
}

/** 00 02, at least eight bytes that are not zero, 00, and the message (RFC 8017 section 7.2.2). */
function stripPadding(block: Buffer): string {
  const end = block.indexOf(0, 2);
  if (block[0] !== 0 || block[1] !== 2 || end < 10) throw new Refusal(2016);
  return block.subarray(end + 1).toString('utf8');
}
