/** Files of each version, as they were written then. They stay readable; a new version adds a sample and changes none. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createApp } from '../../../lib/app/create-app.ts';
import { deriveBackupKey, openBackup, readBackupFile } from '../../../lib/backup/backup-file.ts';
import { parseContent } from '../../../lib/backup/content.ts';
import { createVault } from '../../../lib/vault/vault.ts';
import { createFakePorts } from '../../fakes/create-fake-ports.ts';

const passphrase = 'sample passphrase';
const read = (name: string) => readFileSync(new URL(`samples/${name}`, import.meta.url), 'utf8');

it('keeps one sample for each version', () => {
  expect(readdirSync(new URL('samples', import.meta.url))).toEqual(['001.json']);
});

it('reads version 1: every field that was written', async () => {
  const file = await readBackupFile(crypto.subtle, read('001.json'));
  const content = parseContent(
    await openBackup(crypto.subtle, file, await deriveBackupKey(crypto.subtle, file, passphrase)),
  );
  expect(content.services).toMatchObject([
    { provider: 'steemlogin', clientId: 'latchkey.app', clientSecret: 'sample-secret' },
    { provider: 'wechat', settings: { callback: 'https://example.com/callback' } },
  ]);
  expect(content.accounts).toMatchObject([
    { subject: 'bob', defaultFor: ['vote'], signIn: { refreshToken: 'sample-refresh' } },
    { subject: '42', signIn: { accessToken: 'sample-access', tokenSecret: 'sample-token-secret' } },
    { signIn: { boundTo: 'https://id.example client', renewableUntil: 1_797_811_200_000 } },
    { app: 'wx0123456789abcdef', unionId: 'union' },
  ]);
  expect(content.journal).toMatchObject([
    { request: 'request-1', weight: 100, transactionId: 'abc' },
    { request: 'request-2', code: 'tweet_duplicate', posted: ['1'], isReviewed: true },
  ]);
});

it('restores version 1 into a vault of today', async () => {
  const ports = createFakePorts();
  const app = createApp(ports);
  const file = read('001.json');
  const preview = await app.invoke('backup.read', { file, passphrase });
  expect(preview.kinds.map(({ kind, added, refused }) => [kind, added, refused])).toEqual([
    ['services', 2, 0],
    ['accounts', 4, 0],
    ['signIns', 3, 0],
    ['lookups', 1, 0],
    ['settings', 1, 0],
    ['people', 1, 0],
    ['journal', 2, 0],
  ]);
  expect(await app.invoke('backup.restore', { file, leaveOut: [], take: [] })).toMatchObject({ unsigned: 1 });
  const vault = createVault(ports);
  const grant = await vault.store.grants.find('account-1');
  if (grant?.refreshToken === undefined) throw new Error('no sign-in');
  expect(await vault.open(grant.refreshToken, 'grants/account-1/refreshToken')).toBe('sample-refresh');
  expect((await app.invoke('journal.list', {})).entries.map(({ account }) => account)).toEqual([
    'bob_on_x',
    'bob',
  ]);
  await Promise.all([app.close(), vault.database.close()]);
});
