import { constants, createHash, createPublicKey, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtInKey } from '../../../lib/authing/built-in-key.ts';
import { encryptPassword } from '../../../lib/authing/encrypt-password.ts';
import { parseRsaPublicKey } from '../../../lib/authing/rsa-public-key.ts';

const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const spki = { type: 'spki', format: 'pem' } as const;

/** The block inside, by Node's own RSA; it does not strip this padding itself (CVE-2023-46809). */
function open(cipher: string, privateKey: string): Buffer {
  const key = { key: privateKey, padding: constants.RSA_NO_PADDING };
  return privateDecrypt(key, Buffer.from(cipher, 'base64'));
}

/** RFC 8017 section 7.2.2, step 3. */
function readMessage(block: Buffer): string {
  const end = block.indexOf(0, 2);
  expect([block[0], block[1]]).toEqual([0, 2]);
  expect(end).toBeGreaterThanOrEqual(10);
  return block.subarray(end + 1).toString('utf8');
}

describe.each([512, 1024, 1030, 2048, 4096])('a key of %i bits', (modulusLength) => {
  const pair = generateKeyPairSync('rsa', {
    modulusLength,
    publicKeyEncoding: spki,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const key = parseRsaPublicKey(pair.publicKey, 'publicKey');
  const size = Math.ceil(modulusLength / 8);

  it('is read as Node reads it, in both forms and without its frame', () => {
    const { n = '', e = '' } = createPublicKey(pair.publicKey).export({ format: 'jwk' });
    expect(key).toEqual({
      modulus: BigInt(`0x${Buffer.from(n, 'base64url').toString('hex')}`),
      exponent: BigInt(`0x${Buffer.from(e, 'base64url').toString('hex')}`),
      size,
    });
    const bare = createPublicKey(pair.publicKey).export({ type: 'pkcs1', format: 'pem' }).toString();
    expect(parseRsaPublicKey(bare, 'publicKey')).toEqual(key);
    expect(parseRsaPublicKey(pair.publicKey.replaceAll(/-----.*-----/g, ' \r\n'), 'publicKey')).toEqual(key);
  });

  it('encrypts what its private half opens, never twice alike', () => {
    const text = fc
      .string({ unit: 'grapheme', maxLength: 40 })
      .filter((one) => Buffer.byteLength(one) <= size - 11);
    fc.assert(
      fc.property(text, (password) => {
        const cipher = encryptPassword(password, key, randomBytes);
        expect(Buffer.from(cipher, 'base64')).toHaveLength(size);
        expect(readMessage(open(cipher, pair.privateKey))).toBe(password);
        expect(encryptPassword(password, key, randomBytes)).not.toBe(cipher);
      }),
      { numRuns: modulusLength > 2048 ? 10 : 40 },
    );
  });

  it('takes as many bytes as fit and not one more', () => {
    const longest = 'ż'.repeat(Math.floor((size - 11) / 2)) + 'z'.repeat((size - 11) % 2);
    expect(readMessage(open(encryptPassword(longest, key, randomBytes), pair.privateKey))).toBe(longest);
    expect(() => encryptPassword(`${longest}x`, key, randomBytes, 'oldPassword')).toThrow(
      expect.objectContaining({ code: 'password_too_long', field: 'oldPassword' }),
    );
  });

  it('has no zero in the padding, even where chance is full of them', () => {
    let calls = 0;
    const poor = (length: number) => Uint8Array.from({ length }, (_, at) => (calls++ + at) % 3);
    expect(readMessage(open(encryptPassword('secret', key, poor), pair.privateKey))).toBe('secret');
  });
});

describe('what is no key', () => {
  const ec = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: spki,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const { publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 1024,
    publicKeyEncoding: spki,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

  it.each([
    ['', 'nothing'],
    ['my key', 'words'],
    ['AAAA', 'other bytes'],
    [ec.publicKey, 'another kind of key'],
    [ec.privateKey, 'a private key'],
    [publicKey.slice(0, 120), 'half a key'],
  ])('is refused at its field: %#', (text) => {
    expect(() => parseRsaPublicKey(text, 'publicKey')).toThrow(
      expect.objectContaining({ code: 'bad_public_key', field: 'publicKey' }),
    );
  });

  it('is refused however it is garbled', () => {
    fc.assert(
      fc.property(fc.base64String({ maxLength: 300 }), (text) => {
        try {
          parseRsaPublicKey(text, 'publicKey');
        } catch (thrown) {
          expect(thrown).toMatchObject({ code: 'bad_public_key' });
        }
      }),
    );
  });
});

it('has the vendor’s own key, as its digest tells', () => {
  const digest = createHash('sha256').update(Buffer.from(builtInKey, 'base64')).digest('hex');
  expect(digest).toBe('b82ffaca93fee64c09015e45768f61a274fc5483cf25b4c56889e30d5a9e0f27');
  expect(parseRsaPublicKey(builtInKey, 'publicKey')).toMatchObject({ exponent: 65_537n, size: 128 });
});
