/** Backup files from anywhere: damaged, forged with the right passphrase, packed so that they burst. */
import * as fc from 'fast-check';
import { deriveBackupKey, openBackup, readBackupFile, sealBackup } from '../../lib/backup/backup-file.ts';
import { type BackupContent, parseContent } from '../../lib/backup/content.ts';
import { AppError } from '../../lib/errors.ts';
import { editJson, editText, hostileJson, hostileText, jsonEdit, type JsonEdit } from './hostile.ts';
import { type TextEdit, textEdit } from './hostile.ts';
import { hurryPassphrases } from './hurry-passphrases.ts';
import { createLeakCheck } from './secrets.ts';
import { defineTarget, Finding } from './target.ts';

interface Case {
  readonly kind: 'file' | 'content' | 'free' | 'bomb';
  readonly json: readonly JsonEdit[];
  readonly text: readonly TextEdit[];
  readonly free: string;
  readonly isRightPassphrase: boolean;
}

const value = fc.oneof(
  { weight: 60, arbitrary: hostileJson(2000) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(5000, 100_000).map((deep) => `${'['.repeat(deep)}${']'.repeat(deep)}`),
  },
);

const cases: fc.Arbitrary<Case> = fc.record({
  kind: fc.oneof(
    { weight: 2000, arbitrary: fc.constantFrom('file', 'content', 'content', 'free') },
    { weight: 1, arbitrary: fc.constant('bomb' as const) },
  ),
  json: fc.array(jsonEdit(value), { maxLength: 3 }),
  text: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(textEdit(), { maxLength: 2 }) },
  ),
  free: hostileText(100_000),
  isRightPassphrase: fc.boolean(),
});

const passphrase = 'PLANTED passphrase of a backup';
const secrets = [
  passphrase,
  'PLANTED-CLIENT-SECRET',
  'PLANTED-POOL-SECRET',
  'PLANTED-REFRESH-TOKEN',
] as const;

const content: BackupContent = {
  madeAt: 1_795_219_200_000,
  hasSecrets: true,
  services: [
    {
      provider: 'x',
      clientId: 'client',
      clientSecret: secrets[1],
      authBase: 'https://x.com',
      apiBase: 'https://api.x.com',
      settings: { a: 'b' },
      secrets: { poolSecret: secrets[2] },
    },
  ],
  accounts: [
    {
      id: '1',
      provider: 'x',
      subject: '145',
      name: 'bob',
      createdAt: 1,
      scopes: ['tweet.read'],
      defaultFor: ['tweet'],
      postWeight: 100,
      commentWeight: 50,
      signIn: { refreshToken: secrets[3], signedInAt: 1 },
    },
  ],
  lookups: [{ id: '2', provider: 'x', name: 'Mine', base: 'api', path: '/2/users/me', rows: 'data' }],
  settings: { undoSeconds: 5 },
  people: [{ id: '3', name: 'Li', telephone: '+48600100200', createdAt: 1 }],
  journal: [
    {
      request: '4',
      at: 1,
      action: 'vote.cast',
      provider: 'steemlogin',
      account: '1',
      name: 'bob',
      target: 'vote:bob:steem:alice/one',
      outcome: 'done',
      isReviewed: false,
    },
  ],
};

const assertNoSecret = createLeakCheck(secrets);

/** A refusal in words, whatever the file was. @throws Finding for one that tells a secret; whatever else was thrown. */
function assertRefusal(thrown: unknown): void {
  if (!(thrown instanceof AppError) || thrown.code === 'internal') throw thrown;
  const { message, code, params, field, details } = thrown;
  assertNoSecret(JSON.stringify({ message, code, params, field, details }), 'a refusal');
}

export const backupFiles = defineTarget({
  name: 'backup files',
  cases,
  open: async () => {
    const crypto = hurryPassphrases(globalThis.crypto.subtle);
    const ports = {
      crypto,
      randomBytes: (length: number) => globalThis.crypto.getRandomValues(new Uint8Array(length)),
    };
    const sample = JSON.stringify(content);
    const file = await sealBackup(ports, sample, passphrase);
    // A thousand to one: what takes a few kilobytes in the file, and would take the browser down.
    const bomb = await sealBackup(ports, `"${' '.repeat(60_000_000)}"`, passphrase);

    async function make({ kind, json, text, free }: Case): Promise<string> {
      const edit = (whole: string) => editText(editJson(whole, json), text);
      if (kind === 'file') return edit(file);
      if (kind === 'free') return free;
      if (kind === 'bomb') return bomb;
      return sealBackup(ports, edit(sample), passphrase);
    }

    async function read(text: string, typed: string): Promise<BackupContent> {
      const found = await readBackupFile(crypto, text);
      return parseContent(await openBackup(crypto, found, await deriveBackupKey(crypto, found, typed)));
    }

    return {
      async run(value: Case) {
        const { isRightPassphrase, kind } = value;
        const text = await make(value);
        try {
          const told = await read(text, isRightPassphrase ? passphrase : 'another passphrase');
          if (!isRightPassphrase) throw new Finding('leak', 'Opened with another passphrase.');
          if (kind === 'file' && JSON.stringify(told) !== sample)
            throw new Finding('state', 'Another content came out.');
        } catch (thrown) {
          assertRefusal(thrown);
        }
      },
      close: () => Promise.resolve(),
    };
  },
});
