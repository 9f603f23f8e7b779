import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { deriveBackupKey, openBackup, readBackupFile, sealBackup } from '../../../lib/backup/backup-file.ts';
import { largestContent, largestFile } from '../../../lib/backup/limits.ts';
import { type AppError, toAppError } from '../../../lib/errors.ts';
import { decodeBase64, encodeBase64 } from '../../../lib/vault/base64.ts';

const passphrase = 'correct horse battery';
const content = JSON.stringify({
  word: 'zażółć 电报',
  list: Array.from({ length: 50 }, (_, index) => index),
});
const ports = {
  crypto: crypto.subtle,
  randomBytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)),
};

/** The fields of a file, as a test changes them. */
interface Told {
  format: string;
  version: number;
  kdf: { name: string; iterations: number; salt: string };
  cipher: { name: string; iv: string };
  packing: string;
  digest: string;
  content: string;
}
const parse = (text: string) => JSON.parse(text) as Told;

async function open(text: string, typed = passphrase): Promise<string> {
  const file = await readBackupFile(crypto.subtle, text);
  return openBackup(crypto.subtle, file, await deriveBackupKey(crypto.subtle, file, typed));
}
const failure = async (text: string, typed?: string): Promise<AppError> => {
  try {
    await open(text, typed);
  } catch (thrown) {
    return toAppError(thrown);
  }
  throw new Error('It was opened.');
};

/** What is authenticated with the content. */
const headerOf = ({ format, version, kdf, cipher, packing }: Told) =>
  JSON.stringify({ format, version, kdf, cipher, packing });

/** As somebody does who mends the digest after a change. */
async function redigest(told: Told): Promise<string> {
  const bytes = await new Blob([headerOf(told), decodeBase64(told.content)]).arrayBuffer();
  const digest = encodeBase64(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
  return JSON.stringify({ ...told, digest });
}

let file: string;
beforeAll(async () => {
  file = await sealBackup(ports, content, passphrase);
});

describe('a backup file', () => {
  it('gives back its content to whoever knows the passphrase, however the keyboard writes it', async () => {
    expect(await open(file)).toBe(content);
    const accented = await sealBackup(ports, content, 'zażółć gęślą'.normalize('NFC'));
    expect(await open(accented, 'zażółć gęślą'.normalize('NFD'))).toBe(content);
  });

  it('says how its key is made, and nothing of its content', () => {
    expect(parse(file)).toMatchObject({
      format: 'latchkey-backup',
      version: 1,
      kdf: { name: 'PBKDF2-SHA256', iterations: 600_000 },
      cipher: { name: 'AES-256-GCM' },
    });
    expect(file).not.toContain('word');
  });

  it('is never the same twice', async () => {
    const other = parse(await sealBackup(ports, content, passphrase));
    const { kdf, cipher, content: sealed } = parse(file);
    expect([other.kdf.salt, other.cipher.iv, other.content]).not.toEqual([kdf.salt, cipher.iv, sealed]);
    expect(other.kdf.salt).not.toBe(kdf.salt);
    expect(other.cipher.iv).not.toBe(cipher.iv);
  });

  it('is read whatever its spaces and the order of its fields', async () => {
    const { kdf, ...told } = parse(file);
    expect(await open(JSON.stringify({ kdf, ...told }))).toBe(content);
  });

  it('is not opened by another passphrase', async () => {
    expect(await failure(file, `${passphrase} `)).toMatchObject({
      code: 'wrong_passphrase',
      field: 'passphrase',
    });
  });

  it('wants a passphrase of eight characters', async () => {
    await expect(sealBackup(ports, content, 'seven77')).rejects.toMatchObject({
      code: 'passphrase_too_short',
      field: 'passphrase',
    });
  });
});

describe('a file that is not as it was made', () => {
  it('is told as damaged or as none of ours, wherever a letter was changed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.integer({ min: 32, max: 126 }), async (at, code) => {
        const changed = `${file.slice(0, at)}${String.fromCharCode(code)}${file.slice(at + 1)}`;
        const same = (text: string) => {
          try {
            return JSON.stringify(parse(text)) === JSON.stringify(parse(file));
          } catch {
            return false;
          }
        };
        // A space more or less between the fields is no change.
        if (same(changed)) return;
        const { code: told, field } = await readBackupFile(crypto.subtle, changed).then(
          () => ({ code: 'read', field: '' }),
          toAppError,
        );
        expect(['backup_damaged', 'backup_not_ours', 'backup_newer']).toContain(told);
        expect(field).toBe('file');
      }),
      { numRuns: 500 },
    );
  });

  it('is told as damaged or as none of ours, wherever it was cut off', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 3), async (length) => {
        await expect(readBackupFile(crypto.subtle, file.slice(0, length))).rejects.toMatchObject({
          code: expect.stringMatching(/^backup_(damaged|not_ours)$/) as string,
        });
      }),
      { numRuns: 100 },
    );
    await expect(readBackupFile(crypto.subtle, file.slice(0, 300))).rejects.toMatchObject({
      code: 'backup_damaged',
    });
  });

  it('does not open where somebody mended the digest after a change of the sealed content', async () => {
    const sealed = decodeBase64(parse(file).content);
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const changed = sealed.slice();
        changed[at] = (changed[at] ?? 0) ^ mask;
        const forged = await redigest({ ...parse(file), content: encodeBase64(changed) });
        expect((await failure(forged)).code).toBe('wrong_passphrase');
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    ['iterations', (told: Told) => (told.kdf.iterations += 1)],
    ['salt', (told: Told) => (told.kdf.salt = encodeBase64(new Uint8Array(16)))],
    ['iv', (told: Told) => (told.cipher.iv = encodeBase64(new Uint8Array(12)))],
  ])('does not open with another %s, even with the digest mended', async (_name, change) => {
    const told = parse(file);
    change(told);
    expect((await failure(await redigest(told))).code).toBe('wrong_passphrase');
  });
});

describe('a file from anywhere', () => {
  it.each([
    ['', 'backup_not_ours'],
    ['null', 'backup_not_ours'],
    ['[]', 'backup_not_ours'],
    ['{"format":"something else","version":1}', 'backup_not_ours'],
    ['{"format":"latchkey-backup","version":"1"}', 'backup_not_ours'],
    ['{"format":"latchkey-backup","version":2}', 'backup_newer'],
    ['{"format":"latchkey-backup","version":1}', 'backup_damaged'],
    ['{"format":"latchkey-backup","versi', 'backup_damaged'],
    [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'backup_not_ours'],
  ])('is refused with its reason: %.40s', async (text, code) => {
    await expect(readBackupFile(crypto.subtle, text)).rejects.toMatchObject({ code, field: 'file' });
  });

  it.each([
    ['too much work', (told: Told) => (told.kdf.iterations = 2 ** 31)],
    ['work of no whole number', (told: Told) => (told.kdf.iterations = 600_000.5)],
    ['hardly any work', (told: Told) => (told.kdf.iterations = 1)],
    ['another way to the key', (told: Told) => (told.kdf.name = 'scrypt')],
    ['another cipher', (told: Told) => (told.cipher.name = 'AES-128-CBC')],
    ['a salt of a megabyte', (told: Told) => (told.kdf.salt = encodeBase64(new Uint8Array(1 << 20)))],
    ['a salt with a space', (told: Told) => (told.kdf.salt = ` ${told.kdf.salt}`)],
    ['an IV of another length', (told: Told) => (told.cipher.iv = encodeBase64(new Uint8Array(16)))],
    ['a field more', (told: Told) => Object.assign(told, { more: 1 })],
    ['content that is no base64', (told: Told) => (told.content = '%%%')],
  ])('is refused before any key is made: %s', async (_name, change) => {
    const told = parse(file);
    change(told);
    await expect(readBackupFile(crypto.subtle, JSON.stringify(told))).rejects.toMatchObject({
      code: 'backup_damaged',
    });
  });

  it('is not looked at when it is too large', async () => {
    await expect(readBackupFile(crypto.subtle, ' '.repeat(largestFile + 1))).rejects.toMatchObject({
      code: 'backup_too_large',
      params: { megabytes: 20 },
    });
  });

  it('is unpacked no further than the limit', async () => {
    // Zeros pack to a thousandth: what is sealed is small, and would not end when unpacked.
    const bomb = await sealAnything(new Uint8Array(largestContent + 1));
    expect(bomb.length).toBeLessThan(largestFile / 10);
    expect((await failure(bomb)).code).toBe('backup_too_large');
  });

  it('is told as damaged where what was sealed is not packed, or no text', async () => {
    expect((await failure(await sealAnything(new Uint8Array(9), false))).code).toBe('backup_damaged');
    expect((await failure(await sealAnything(Uint8Array.of(0xff, 0xfe)))).code).toBe('backup_damaged');
  });
});

it('is not made where it could not be read again', async () => {
  const noise = encodeBase64(ports.randomBytes(1024));
  await expect(
    sealBackup(ports, noise.repeat(largestContent / noise.length + 1), passphrase),
  ).rejects.toMatchObject({ code: 'backup_overfull' });
});

/** A file by somebody who knows the passphrase and seals what Latchkey would not. */
async function sealAnything(bytes: Uint8Array<ArrayBuffer>, isPacked = true): Promise<string> {
  const told = parse(file);
  const key = await deriveBackupKey(crypto.subtle, await readBackupFile(crypto.subtle, file), passphrase);
  const aes = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
  const packed = new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip')));
  const sealed = await crypto.subtle.encrypt(
    {
      name: 'AES-GCM',
      iv: decodeBase64(told.cipher.iv),
      additionalData: new TextEncoder().encode(headerOf(told)),
    },
    aes,
    isPacked ? await packed.arrayBuffer() : bytes,
  );
  return redigest({ ...told, content: encodeBase64(new Uint8Array(sealed)) });
}
