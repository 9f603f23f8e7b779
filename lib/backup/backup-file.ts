/**
 * A backup as a file: JSON that says how the key is made of the passphrase, and the content, packed and sealed with
 * AES-256-GCM (NIST SP 800-38D). All that the file says beside the content is authenticated with it. A file comes from
 * anywhere: it is measured before it is read, and asks for no more work than {@link mostIterations}.
 */
import * as z from 'zod/mini';
import { AppError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { decodeBase64, encodeBase64 } from '../vault/base64.ts';
import { assertLongEnough, derivePassphraseKey, iterationsNow } from '../vault/passphrase-key.ts';
import { importDataKey } from '../vault/wrapped-key.ts';
import { gunzip, gzip } from './gzip.ts';
import { assertFileSize, largestContent, largestFile, tooLarge } from './limits.ts';

const format = 'latchkey-backup';
const version = 1;
/** A few seconds of a slow machine. */
const mostIterations = 10_000_000;
const saltBytes = 16;
const ivBytes = 12;

const base64 = (length: number) =>
  z.string().check(z.refine((text) => tryDecode(text)?.length === length, 'not as many bytes'));

/** What the file says of itself before its content. */
const header = z.strictObject({
  format: z.literal(format),
  version: z.literal(version),
  kdf: z.strictObject({
    name: z.literal('PBKDF2-SHA256'),
    iterations: z.int().check(z.minimum(iterationsNow), z.maximum(mostIterations)),
    salt: base64(saltBytes),
  }),
  cipher: z.strictObject({ name: z.literal('AES-256-GCM'), iv: base64(ivBytes) }),
  packing: z.literal('gzip'),
});
type Header = z.output<typeof header>;

const file = z.strictObject({
  ...header.shape,
  /** SHA-256 of header and content as base64: tells a damaged file from a wrong passphrase. */
  digest: z.string(),
  /** The sealed content as base64. */
  content: z.string(),
});

/** Its format, by which a file is told from others and from those of a newer Latchkey. */
const signature = z.object({ format: z.literal(format), version: z.int().check(z.minimum(1)) });

/** A file that is whole and was read, not yet opened. */
export interface BackupFile {
  readonly iterations: number;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealed: Uint8Array<ArrayBuffer>;
  readonly additionalData: Uint8Array<ArrayBuffer>;
}

type SealPorts = Pick<Ports, 'crypto' | 'randomBytes'>;

function tryDecode(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return decodeBase64(text);
  } catch {
    return undefined;
  }
}

const damaged = (cause?: unknown) => new AppError('backup_damaged', { field: 'file', cause });

/** The header as it is authenticated: its fields in the order of the schema, whatever the file's order and spaces. */
function toAdditionalData(told: Header): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(header.parse(told)));
}

async function digestOf(
  crypto: SubtleCrypto,
  additionalData: Uint8Array<ArrayBuffer>,
  sealed: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const whole = await new Blob([additionalData, sealed]).arrayBuffer();
  return encodeBase64(new Uint8Array(await crypto.digest('SHA-256', whole)));
}

/** @throws AppError `backup_not_ours`, `backup_newer`, `backup_damaged`. */
function parseFile(text: string): z.output<typeof file> {
  let told: unknown;
  try {
    told = JSON.parse(text);
  } catch (cause) {
    // Cut off somewhere; the beginning still says what it was.
    throw text.slice(0, 200).includes(`"${format}"`)
      ? damaged(cause)
      : new AppError('backup_not_ours', { field: 'file', cause });
  }
  const signed = signature.safeParse(told);
  if (!signed.success) throw new AppError('backup_not_ours', { field: 'file', cause: signed.error });
  if (signed.data.version > version) throw new AppError('backup_newer', { field: 'file' });
  const parsed = file.safeParse(told);
  if (!parsed.success) throw damaged(parsed.error);
  return parsed.data;
}

/**
 * Reads all of a file that needs no passphrase, and makes sure that it is as it was made.
 * @throws AppError `backup_too_large`, `backup_not_ours`, `backup_newer`, `backup_damaged`, at the field `file`.
 */
export async function readBackupFile(crypto: SubtleCrypto, text: string): Promise<BackupFile> {
  assertFileSize(text.length);
  const { content, digest, ...told } = parseFile(text);
  const sealed = tryDecode(content);
  if (sealed === undefined) throw damaged();
  const additionalData = toAdditionalData(told);
  if ((await digestOf(crypto, additionalData, sealed)) !== digest) throw damaged();
  return {
    iterations: told.kdf.iterations,
    salt: decodeBase64(told.kdf.salt),
    iv: decodeBase64(told.cipher.iv),
    sealed,
    additionalData,
  };
}

/** The key that a passphrase makes for a file. Whether it is the right one, {@link openBackup} finds out. */
export function deriveBackupKey(
  crypto: SubtleCrypto,
  { salt, iterations }: BackupFile,
  passphrase: string,
): Promise<Uint8Array<ArrayBuffer>> {
  return derivePassphraseKey(crypto, passphrase, { salt, iterations });
}

/**
 * The content of a file.
 * @throws AppError `wrong_passphrase` at the field `passphrase`; `backup_too_large`, `backup_damaged` at the field `file`.
 */
export async function openBackup(
  crypto: SubtleCrypto,
  { iv, sealed, additionalData }: BackupFile,
  key: Uint8Array<ArrayBuffer>,
): Promise<string> {
  let packed: Uint8Array<ArrayBuffer>;
  try {
    const parameters = { name: 'AES-GCM', iv, additionalData };
    packed = new Uint8Array(await crypto.decrypt(parameters, await importDataKey(crypto, key), sealed));
  } catch (cause) {
    throw new AppError('wrong_passphrase', { field: 'passphrase', cause });
  }
  const bytes = await gunzip(packed, largestContent).catch((cause: unknown) => {
    throw damaged(cause);
  });
  if (bytes === undefined) throw tooLarge();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw damaged(cause);
  }
}

/**
 * A file with this content.
 * @throws AppError `passphrase_too_short`; `backup_overfull` where it could not be read again for its size.
 */
export async function sealBackup(ports: SealPorts, content: string, passphrase: string): Promise<string> {
  assertLongEnough(passphrase, 'passphrase');
  const { crypto, randomBytes } = ports;
  const bytes = new TextEncoder().encode(content);
  const salt = randomBytes(saltBytes);
  const iv = randomBytes(ivBytes);
  const told: Header = {
    format,
    version,
    kdf: { name: 'PBKDF2-SHA256', iterations: iterationsNow, salt: encodeBase64(salt) },
    cipher: { name: 'AES-256-GCM', iv: encodeBase64(iv) },
    packing: 'gzip',
  };
  const additionalData = toAdditionalData(told);
  const raw = await derivePassphraseKey(crypto, passphrase, { salt, iterations: iterationsNow });
  const key = await importDataKey(crypto, raw);
  const sealed = new Uint8Array(
    await crypto.encrypt({ name: 'AES-GCM', iv, additionalData }, key, await gzip(bytes)),
  );
  const digest = await digestOf(crypto, additionalData, sealed);
  const text = `${JSON.stringify({ ...told, digest, content: encodeBase64(sealed) }, undefined, 2)}\n`;
  if (bytes.length > largestContent || text.length > largestFile) throw new AppError('backup_overfull');
  return text;
}
