/** Backups from one profile into another, against the stand-ins of the services. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Actions } from '../../../lib/actions/index.ts';
import { type App, createApp } from '../../../lib/app/create-app.ts';
import { deriveBackupKey, openBackup, readBackupFile, sealBackup } from '../../../lib/backup/backup-file.ts';
import { type BackupContent, parseContent } from '../../../lib/backup/content.ts';
import { askUntilDone } from '../../../lib/bus/ask-until-done.ts';
import { createVault, type Vault } from '../../../lib/vault/vault.ts';
import type { NodePorts } from '../../headless/node-ports.ts';
import {
  secret,
  type SandboxApp,
  signInAs,
  signInToOidc,
  signInToTwitter,
  signInToX,
  startSandboxApp,
} from '../../headless/sandbox-app.ts';
import { seededOidcClients } from '../../sandbox/oidc/seed.ts';
import { seededPosts } from '../../sandbox/seed.ts';
import { seededXApp } from '../../sandbox/x/seed.ts';
import { dump } from '../accounts/create-house.ts';

const passphrase = 'correct horse battery';
const everything = { secrets: true, signIns: true, rotating: false, journal: true };
let house: SandboxApp;
let vaults: Vault[];
beforeEach(async () => {
  vaults = [];
  house = await startSandboxApp();
});
afterEach(async () => {
  await Promise.all(vaults.map((vault) => vault.database.close()));
  await house.close();
});

/** The vault of a profile as it lies on its disk. */
function look(ports: NodePorts): Vault {
  const vault = createVault(ports);
  vaults.push(vault);
  return vault;
}

type MakeInput = Actions['backup.make']['input'];
const make = async (choice: Partial<MakeInput> = {}, app = house.app) =>
  (await app.invoke('backup.make', { passphrase, ...everything, ...choice })).text;
const read = (app: App, file: string) => app.invoke('backup.read', { file, passphrase });
type Kind = Actions['backup.restore']['input']['leaveOut'][number];
async function restore(
  app: App,
  file: string,
  choice: { readonly leaveOut?: Kind[]; readonly take?: string[] } = {},
) {
  await read(app, file);
  return app.invoke('backup.restore', { file, leaveOut: [], take: [], ...choice });
}
/** What is in a file, as somebody sees who knows its passphrase. */
async function openContent(text: string) {
  const file = await readBackupFile(crypto.subtle, text);
  const key = await deriveBackupKey(crypto.subtle, file, passphrase);
  return parseContent(await openBackup(crypto.subtle, file, key));
}
/** The file of whoever knows the passphrase and writes something else into it. */
async function forge(
  file: string,
  change: (content: BackupContent) => Partial<BackupContent>,
): Promise<string> {
  const content = await openContent(file);
  return sealBackup(house.ports, JSON.stringify({ ...content, ...change(content) }), passphrase);
}
const refusal = (code: string) => ({ refusal: { code } });
const health = async (app: App) =>
  Object.fromEntries(
    (await app.invoke('accounts.list', {})).accounts.map((account) => [account.provider, account.health]),
  );
/** As the popup does, which asks until there is an answer. */
async function vote(app: App, account: string, permlink: string) {
  const input = { request: crypto.randomUUID(), account, post: `alice/${permlink}`, weight: 10 };
  return askUntilDone(
    () => app.invoke('vote.cast', input),
    () => undefined,
  );
}
const accountOf = async (app: App, provider: string) => {
  const { accounts } = await app.invoke('accounts.list', {});
  return accounts.find((account) => account.provider === provider)?.id ?? '';
};
const countOf = ({ kinds }: { kinds: readonly { kind: string }[] }, kind: string) =>
  kinds.find((one) => one.kind === kind);

/** A profile with something of everything. */
async function furnish() {
  const steem = await signInAs(house, 'steemlogin', 'bob', secret);
  const hive = await signInAs(house, 'hivesigner', 'bob');
  await signInToX(house);
  await signInToTwitter(house);
  await signInToOidc(house, seededOidcClients.bound);
  await vote(house.app, steem, 'zhongwen-biaoti');
  await house.app.invoke('settings.save', { undoSecondsPage: 10, sitesOff: ['ecency.com'] });
  await house.app.invoke('custom-lookups.save', {
    provider: 'x',
    name: 'Tweets of anybody',
    address: '/2/users/{user}/tweets',
    rows: 'data',
  });
  await house.app.invoke('people.save', { telephone: '+48600100200', name: 'Li' });
  return { steem, hive };
}

describe('a backup restored in another profile', () => {
  it('brings everything that can be brought, and what can’t asks for a sign-in', async () => {
    await furnish();
    const file = await make();
    const { app, ports } = house.startElsewhere();

    const preview = await read(app, file);
    expect(preview.kinds.map(({ kind, added }) => [kind, added])).toEqual([
      ['services', 5],
      ['accounts', 5],
      ['signIns', 2],
      ['lookups', 1],
      ['settings', 1],
      ['people', 1],
      ['journal', 6],
    ]);
    expect(preview).toMatchObject({ unsigned: 3, hosts: [] });
    expect(preview.kinds.every(({ same, different, refused }) => same + different + refused === 0)).toBe(
      true,
    );

    const restored = await app.invoke('backup.restore', { file, leaveOut: [], take: [] });
    expect(restored.kinds.every(({ changed }) => changed === 0)).toBe(true);
    expect(restored.unsigned).toBe(3);
    expect(await health(app)).toMatchObject({
      steemlogin: { state: 'refreshing' },
      twitter: { state: 'fresh' },
      hivesigner: { state: 'needs_sign_in', message: expect.stringContaining('backup') as string },
      x: { state: 'needs_sign_in', message: expect.stringContaining('backup') as string },
      oidc: { state: 'needs_sign_in', message: expect.stringContaining('backup') as string },
    });
    expect(ports.seen.badge).toBe('!');
    expect((await app.invoke('settings.get', {})).settings).toMatchObject({
      undoSecondsPage: 10,
      sitesOff: ['ecency.com'],
    });
    expect((await app.invoke('custom-lookups.list', { provider: 'x' })).lookups).toHaveLength(1);
    expect((await app.invoke('people.list', {})).people).toMatchObject([
      { name: 'Li', telephone: '+48600100200' },
    ]);
    const { entries } = await app.invoke('journal.list', {});
    expect(entries.map(({ action }) => action)).toEqual([
      'vote.cast',
      ...Array.from({ length: 5 }, () => 'accounts.sign-in'),
    ]);
  });

  it('acts there at once where the sign-in came along, and here as before', async () => {
    const { steem } = await furnish();
    const { app, ports } = house.startElsewhere();
    await restore(app, await make());
    // The renewal rings by itself; nobody has to use the account for that.
    expect(ports.alarmTimes.get('refresh')).toBeLessThanOrEqual(house.clock.now() + 2000);
    await app.onAlarm('refresh');
    expect(await health(app)).toMatchObject({ steemlogin: { state: 'fresh' } });
    expect(await vote(app, await accountOf(app, 'steemlogin'), seededPosts.fresh.permlink)).toMatchObject({
      state: 'done',
    });
    const tweet = { request: crypto.randomUUID(), parts: ['From another machine'], seen: 1 };
    const account = await accountOf(app, 'twitter');
    expect(await app.invoke('tweet.post', { ...tweet, account })).toMatchObject({ state: 'done' });
    await house.app.invoke('accounts.refresh', { account: steem });
    expect(await health(house.app)).toMatchObject({ steemlogin: { state: 'fresh' }, x: { state: 'fresh' } });
  });

  it('signs an account in again that came without its sign-in, as the same account', async () => {
    const { hive } = await furnish();
    const { app } = house.startElsewhere();
    await restore(app, await make());
    await expect(vote(app, hive, 'zhongwen-biaoti')).rejects.toMatchObject(
      refusal('restored_without_sign_in'),
    );
    await app.invoke('accounts.sign-in', { provider: 'hivesigner', account: hive });
    expect(await health(app)).toMatchObject({ hivesigner: { state: 'ends' } });
    expect((await app.invoke('accounts.list', {})).accounts).toHaveLength(5);
  });

  it('changes nothing the second time', async () => {
    await furnish();
    const file = await make({ rotating: true });
    const { app, ports } = house.startElsewhere();
    await restore(app, file);
    const vault = look(ports);
    const before = await dump(vault);
    const preview = await read(app, file);
    expect(preview.kinds.map(({ kind, same }) => [kind, same])).toEqual([
      ['services', 5],
      ['accounts', 5],
      ['signIns', 3],
      ['lookups', 1],
      ['settings', 1],
      ['people', 1],
      ['journal', 6],
    ]);
    const again = await restore(app, file, { take: preview.kinds.map(({ kind }) => kind) });
    expect(again.kinds.every(({ added, changed }) => added + changed === 0)).toBe(true);
    expect(await dump(vault)).toBe(before);
  });

  it('takes nothing of a kind that is left out', async () => {
    await furnish();
    const { app } = house.startElsewhere();
    const restored = await restore(app, await make(), {
      leaveOut: ['signIns', 'journal', 'people', 'lookups', 'settings'],
    });
    expect(restored.kinds.filter(({ added }) => added > 0).map(({ kind }) => kind)).toEqual([
      'services',
      'accounts',
    ]);
    expect(restored.unsigned).toBe(5);
    expect((await app.invoke('journal.list', {})).entries).toEqual([]);
  });
});

describe('the sign-ins of services whose refresh tokens rotate', () => {
  it('are left out by default, and the person is told which and why', async () => {
    await furnish();
    expect(await house.app.invoke('backup.offer', {})).toEqual({
      services: 5,
      secrets: 2,
      accounts: 5,
      lookups: 1,
      people: 1,
      journal: 6,
      signIns: 2,
      left: [
        { name: 'bob', service: 'HiveSigner', reason: 'short' },
        { name: 'bob_on_x', service: 'X', reason: 'rotating' },
        { name: 'bob', service: 'OpenID Connect', reason: 'bound' },
      ],
    });
    const { accounts } = await openContent(await make());
    expect(accounts.map(({ provider, signIn }) => [provider, Object.keys(signIn ?? {}).sort()])).toEqual([
      ['steemlogin', ['boundTo', 'refreshToken', 'signedInAt']],
      ['hivesigner', []],
      ['x', []],
      ['twitter', ['accessToken', 'boundTo', 'signedInAt', 'tokenSecret']],
      ['oidc', []],
    ]);
  });

  it('come along where the person wants it, and using the copy ends the original, as they were told', async () => {
    const account = await signInToX(house);
    const file = await make({ rotating: true });
    const { app } = house.startElsewhere();
    await restore(app, file);
    await app.onAlarm('refresh');
    expect(await health(app)).toMatchObject({ x: { state: 'fresh' } });
    house.clock.advance(3 * 60 * 60_000);
    await house.app.onAlarm('refresh');
    expect(await health(house.app)).toMatchObject({ x: { state: 'needs_sign_in' } });
    house.sandbox.x.autoConsent(seededXApp.clientId, 'bob_on_x');
    await house.app.invoke('accounts.sign-in', { provider: 'x', account });
  });

  it('never replace one that works here, unless the person says so', async () => {
    const account = await signInToX(house);
    const file = await make({ rotating: true });
    await house.app.invoke('accounts.refresh', { account });
    const vault = look(house.ports);
    const before = await vault.store.grants.find(account);
    const preview = await read(house.app, file);
    expect(countOf(preview, 'signIns')).toMatchObject({
      different: 1,
      added: 0,
      items: [{ label: 'bob_on_x (X)' }],
    });
    await house.app.invoke('backup.restore', { file, leaveOut: [], take: [] });
    expect(await vault.store.grants.find(account)).toEqual(before);
    await restore(house.app, file, { take: ['signIns'] });
    // A generation is added, so that a renewal under way can't write over it.
    expect(await vault.store.grants.find(account)).toMatchObject({
      generation: (before?.generation ?? 0) + 1,
      state: 'live',
    });
    // It was spent when the account was renewed after the backup.
    await house.app.onAlarm('refresh');
    expect(await health(house.app)).toMatchObject({ x: { state: 'needs_sign_in' } });
  });

  it('are not undone by a renewal that was under way', async () => {
    const account = await signInAs(house, 'steemlogin', 'bob', secret);
    const file = await make();
    await house.app.invoke('accounts.refresh', { account });
    const [renewal] = await Promise.allSettled([
      house.app.invoke('accounts.refresh', { account }),
      restore(house.app, file, { take: ['signIns'] }),
    ]);
    expect(renewal.status).toBe('fulfilled');
    await house.app.invoke('accounts.refresh', { account });
    expect(await health(house.app)).toMatchObject({ steemlogin: { state: 'fresh' } });
  });
});

describe('what is here and in the backup', () => {
  async function change(app: App) {
    await app.invoke('services.save', {
      provider: 'steemlogin',
      clientId: 'other.app',
      clientSecret: 'OTHER-SECRET',
      authBase: 'https://steemlogin.com',
      apiBase: 'https://own.example',
    });
    await app.invoke('settings.save', { undoSecondsPage: 0 });
    const { lookups } = await app.invoke('custom-lookups.list', { provider: 'x' });
    for (const { id, address, rows } of lookups)
      await app.invoke('custom-lookups.save', { id, provider: 'x', name: 'Renamed', address, rows });
    const [person] = (await app.invoke('people.list', {})).people;
    await app.invoke('people.save', { id: person?.id, telephone: '+48600100200', name: 'Wang' });
  }
  const state = async (app: App) => ({
    clientId: (await app.invoke('services.list', {})).services.find((one) => one.provider === 'steemlogin')
      ?.clientId,
    undo: (await app.invoke('settings.get', {})).settings.undoSecondsPage,
    lookup: (await app.invoke('custom-lookups.list', { provider: 'x' })).lookups[0]?.name,
    person: (await app.invoke('people.list', {})).people[0]?.name,
  });
  const changed = { clientId: 'other.app', undo: 0, lookup: 'Renamed', person: 'Wang' };
  const saved = { clientId: 'latchkey.app', undo: 10, lookup: 'Tweets of anybody', person: 'Li' };

  it('is told apart by field, secrets only as others, and mine is kept', async () => {
    await furnish();
    const file = await make();
    await change(house.app);
    const preview = await read(house.app, file);
    expect(preview.kinds.filter(({ different }) => different > 0).map(({ kind }) => kind)).toEqual([
      'services',
      'lookups',
      'settings',
      'people',
    ]);
    expect(countOf(preview, 'services')).toMatchObject({
      items: [
        {
          key: 'steemlogin',
          label: 'SteemLogin',
          differences: [
            { title: 'Client ID', mine: 'other.app', theirs: 'latchkey.app' },
            { title: 'API address', mine: 'https://own.example', theirs: 'https://api.steemlogin.com' },
            { title: 'Client secret', mine: 'not shown', theirs: 'not shown' },
          ],
        },
      ],
    });
    expect(countOf(preview, 'settings')).toMatchObject({
      items: [
        { differences: [{ title: 'Time to undo a vote from a page', mine: 'Off', theirs: '10 seconds' }] },
      ],
    });
    await house.app.invoke('backup.restore', { file, leaveOut: [], take: [] });
    expect(await state(house.app)).toEqual(changed);
  });

  it.each([
    ['services', { clientId: saved.clientId }],
    ['services:steemlogin', { clientId: saved.clientId }],
    ['settings', { undo: saved.undo }],
    ['lookups', { lookup: saved.lookup }],
    ['people', { person: saved.person }],
    ['people:somebody else', {}],
  ])('is replaced where the person takes %s of the backup', async (take, taken) => {
    await furnish();
    const file = await make();
    await change(house.app);
    await restore(house.app, file, { take: [take] });
    expect(await state(house.app)).toEqual({ ...changed, ...taken });
  });

  it('keeps the secret that is here where the backup was made without', async () => {
    const account = await signInAs(house, 'steemlogin', 'bob', secret);
    const file = await make({ secrets: false });
    expect((await openContent(file)).services).toMatchObject([{ secrets: {} }]);
    const preview = await read(house.app, file);
    expect(countOf(preview, 'services')).toMatchObject({ same: 1, different: 0 });
    await restore(house.app, file, { take: ['services'] });
    await house.app.invoke('accounts.refresh', { account });
    expect(await health(house.app)).toMatchObject({ steemlogin: { state: 'fresh' } });
  });

  it('leaves one account of a chain that is chosen first', async () => {
    await signInAs(house, 'steemlogin', 'bob', secret);
    const file = await make();
    const { app } = house.startElsewhere();
    const elsewhere = { app, sandbox: house.sandbox };
    await signInAs(elsewhere, 'steemconnect', 'carol');
    await restore(app, file);
    const { accounts } = await app.invoke('accounts.list', {});
    expect(accounts.map(({ name, defaultFor }) => [name, defaultFor])).toEqual(
      expect.arrayContaining([
        ['carol', ['vote']],
        ['bob', []],
      ]),
    );
  });

  it('puts the Activity together by request, in the order of time', async () => {
    const account = await signInAs(house, 'steemlogin', 'bob', secret);
    await vote(house.app, account, 'zhongwen-biaoti');
    const file = await make();
    const { app } = house.startElsewhere();
    house.clock.advance(60_000);
    await signInAs({ app, sandbox: house.sandbox }, 'hivesigner', 'bob');
    await restore(app, file);
    const { entries } = await app.invoke('journal.list', {});
    expect(entries.map(({ action, service }) => [action, service])).toEqual([
      ['accounts.sign-in', 'HiveSigner'],
      ['vote.cast', 'SteemLogin'],
      ['accounts.sign-in', 'SteemLogin'],
    ]);
  });
});

describe('secrets', () => {
  it('are nowhere in the clear: not in the file, not in an answer, not in session storage', async () => {
    await furnish();
    const planted = [
      secret,
      seededXApp.apiKeySecret,
      passphrase,
      ...house.sandbox.auth.steemlogin.tokens.list().map(({ text }) => text),
      ...house.sandbox.x.validAccessTokens(),
      ...house.sandbox.x.validRefreshTokens(),
    ];
    expect(planted.length).toBeGreaterThanOrEqual(7);
    const set = vi.spyOn(house.ports.session, 'set');
    const file = await make({ rotating: true });
    const seen = {
      file,
      content: atob((JSON.parse(file) as { content: string }).content),
      offer: JSON.stringify(await house.app.invoke('backup.offer', {})),
      preview: JSON.stringify(await read(house.app, file)),
      restored: JSON.stringify(await restore(house.app, file, { take: ['services', 'signIns'] })),
      session: JSON.stringify(set.mock.calls),
      vault: await dump(look(house.ports)),
    };
    expect(seen.session).toContain('backup-key');
    for (const [where, text] of Object.entries(seen))
      for (const value of planted)
        expect(text.includes(value), `${where} holds ${value.slice(0, 8)}`).toBe(false);
  });

  it('of rotating services, access tokens that end, the vault’s key and the outbox are in no backup made by default', async () => {
    await furnish();
    const content = JSON.stringify(await openContent(await make()));
    const { x, auth, oidc } = house.sandbox;
    const left = [
      ...x.validRefreshTokens(),
      ...auth.steemlogin.validAccessTokens(),
      ...auth.hivesigner.validAccessTokens(),
      ...oidc.validRefreshTokens(),
      ...oidc.validAccessTokens(),
    ];
    expect(left.length).toBeGreaterThanOrEqual(5);
    for (const token of left) expect(content).not.toContain(token);
    expect(Object.keys(JSON.parse(content) as object)).toEqual([
      'madeAt',
      'hasSecrets',
      'services',
      'accounts',
      'lookups',
      'settings',
      'people',
      'journal',
    ]);
  });
});

describe('a locked vault', () => {
  it('gives no backup and takes none', async () => {
    await signInAs(house, 'steemlogin', 'bob', secret);
    const file = await make();
    await read(house.app, file);
    await house.app.invoke('lock.set', { passphrase: 'another passphrase' });
    await house.app.invoke('lock.now', {});
    for (const asked of [
      house.app.invoke('backup.offer', {}),
      make(),
      read(house.app, file),
      house.app.invoke('backup.restore', { file, leaveOut: [], take: [] }),
    ])
      await expect(asked).rejects.toMatchObject(refusal('vault_locked'));
    await house.app.invoke('lock.unlock', { passphrase: 'another passphrase' });
    // The key of what was being looked at went when it was locked.
    await expect(house.app.invoke('backup.restore', { file, leaveOut: [], take: [] })).rejects.toMatchObject(
      refusal('backup_open_again'),
    );
    await restore(house.app, file);
  });
});

describe('a backup that is being looked at', () => {
  const open = refusal('backup_open_again');
  let file: string;
  beforeEach(async () => {
    await signInAs(house, 'steemlogin', 'bob', secret);
    file = await make();
  });
  const finish = (app = house.app) => app.invoke('backup.restore', { file, leaveOut: [], take: [] });

  it('is restored without its passphrase, over a restart of the worker too', async () => {
    await read(house.app, file);
    const again = createApp(house.ports);
    await finish(again);
    // The key is forgotten with it.
    await expect(finish()).rejects.toMatchObject(open);
    await again.close();
  });

  it('has to be opened first, and again after half an hour, after Cancel, and for another file', async () => {
    await expect(finish()).rejects.toMatchObject(open);
    await read(house.app, file);
    house.clock.advance(31 * 60_000);
    await expect(finish()).rejects.toMatchObject(open);
    await read(house.app, file);
    await house.app.invoke('backup.close', {});
    await expect(finish()).rejects.toMatchObject(open);
    await read(house.app, await make());
    await expect(finish()).rejects.toMatchObject(open);
  });

  it('is told with its reason where it can’t be opened', async () => {
    await expect(house.app.invoke('backup.read', { file, passphrase: 'not the one' })).rejects.toMatchObject({
      refusal: { code: 'wrong_passphrase', field: 'passphrase' },
    });
    await expect(read(house.app, file.slice(0, -20))).rejects.toMatchObject(refusal('backup_damaged'));
    await expect(read(house.app, 'something else')).rejects.toMatchObject(refusal('backup_not_ours'));
    await expect(make({ passphrase: 'short' })).rejects.toMatchObject({
      refusal: { code: 'passphrase_too_short', field: 'passphrase' },
    });
  });
});

it('leaves nothing of a backup where the disk is full half-way', async () => {
  await furnish();
  const file = await make();
  const { app, ports } = house.startElsewhere();
  const before = await dump(look(ports));
  await read(app, file);
  const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  await expect(app.invoke('backup.restore', { file, leaveOut: [], take: [] })).rejects.toMatchObject({
    refusal: { code: 'storage_full' },
  });
  expect(add).toHaveBeenCalled();
  add.mockRestore();
  const after = await dump(look(ports));
  expect(JSON.parse(after)).toEqual(
    expect.arrayContaining((JSON.parse(before) as unknown[][]).filter((rows) => rows.length === 0)),
  );
  expect((await app.invoke('accounts.list', {})).accounts).toEqual([]);
  // The key is still there, so the person can try again when there is room.
  await app.invoke('backup.restore', { file, leaveOut: [], take: [] });
  expect((await app.invoke('accounts.list', {})).accounts).toHaveLength(5);
});

describe('a service of a backup that is another than here', () => {
  const evil = 'https://evil.example';
  type Service = BackupContent['services'][number];
  const withService = (file: string, change: Partial<Service>) =>
    forge(file, ({ services }) => ({
      services: services.map((one) => (one.provider === 'steemlogin' ? { ...one, ...change } : one)),
    }));
  /** A stranger's file says nothing of what its sign-ins are bound to, or what it likes. */
  const withoutSignIns = (file: string) =>
    forge(file, ({ accounts }) => ({ accounts: accounts.map(({ signIn: _signIn, ...account }) => account) }));
  let account: string;
  let file: string;
  beforeEach(async () => {
    account = await signInAs(house, 'steemlogin', 'bob', secret);
    file = await make();
    house.sandbox.pages.set('evil.example', () => ({ status: 200, headers: {}, body: '{}' }));
  });
  const useAll = async () => {
    await house.app.onAlarm('refresh');
    await vote(house.app, account, seededPosts.fresh.permlink).catch(() => undefined);
    house.clock.advance(9 * 24 * 60 * 60_000);
    await house.app.onAlarm('refresh');
    await house.app.invoke('accounts.sign-out', { account });
  };

  it.each<[string, Partial<Service>]>([
    ['API address', { apiBase: evil }],
    ['sign-in address', { authBase: evil }],
    ['client id', { clientId: 'other.app' }],
  ])('is shown no token of the accounts here (%s)', async (_what, change) => {
    const forged = await withService(await withoutSignIns(file), change);
    const preview = await read(house.app, forged);
    expect(countOf(preview, 'services')).toMatchObject({ different: 1, items: [{ ends: 1 }] });
    const restored = await restore(house.app, forged, { take: ['services'] });
    expect(restored).toMatchObject({ ended: 1, unsigned: 0 });
    expect(await health(house.app)).toMatchObject({
      steemlogin: { state: 'needs_sign_in', message: expect.stringContaining('was changed') as string },
    });
    expect(house.ports.seen.badge).toBe('!');
    house.sandbox.requests.clear();
    await useAll();
    expect(house.sandbox.requests.find({ where: ({ headers }) => 'authorization' in headers })).toEqual([]);
    expect(house.sandbox.requests.count({ host: 'evil.example' })).toBe(0);
  });

  it('is shown none of grants from before they said what they are bound to', async () => {
    const vault = look(house.ports);
    const grant = await vault.store.grants.find(account);
    if (grant === undefined) throw new Error('no grant');
    const old = { ...grant };
    delete old.boundTo;
    await vault.store.grants.put(old);
    await restore(house.app, await withService(await withoutSignIns(file), { apiBase: evil }), {
      take: ['services'],
    });
    house.sandbox.requests.clear();
    await useAll();
    expect(house.sandbox.requests.count({ host: 'evil.example' })).toBe(0);
  });

  it('is told with its addresses where it is new and not where it usually is', async () => {
    const { app } = house.startElsewhere();
    expect((await read(app, file)).elsewhere).toEqual([]);
    const preview = await read(app, await withService(file, { authBase: evil }));
    expect(preview.elsewhere).toEqual([`SteemLogin: ${evil}`]);
  });

  it('ends no sign-in where it is not taken', async () => {
    const forged = await withService(await withoutSignIns(file), { apiBase: evil });
    expect(await restore(house.app, forged)).toMatchObject({ ended: 0 });
    expect(await health(house.app)).toMatchObject({ steemlogin: { state: 'fresh' } });
  });

  it('counts as there when what is here can not be read, so that it is never replaced unasked', async () => {
    const database = await look(house.ports).database.get();
    await database.put('registrations', { provider: 'steemlogin' } as never);
    const forged = await withService(await withoutSignIns(file), { apiBase: evil });
    const preview = await read(house.app, forged);
    expect(countOf(preview, 'services')).toMatchObject({ added: 0, different: 1 });
    expect(countOf(preview, 'services')).toMatchObject({
      items: [
        {
          ends: 1,
          differences: expect.arrayContaining([
            { title: 'API address', mine: 'can’t be read', theirs: evil },
          ]) as unknown,
        },
      ],
    });
    await restore(house.app, forged);
    expect(await database.get('registrations', 'steemlogin')).toEqual({ provider: 'steemlogin' });
    // What was here all along mends it, and everything goes on.
    expect(await restore(house.app, file, { take: ['services'] })).toMatchObject({ ended: 0 });
    await house.app.invoke('accounts.refresh', { account });
    expect(await health(house.app)).toMatchObject({ steemlogin: { state: 'fresh' } });
  });

  it('leaves the sign-in here that it makes good again, which is newer than the backup’s', async () => {
    await house.app.invoke('accounts.refresh', { account });
    const vault = look(house.ports);
    const before = await vault.store.grants.find(account);
    await house.app.invoke('services.save', {
      provider: 'steemlogin',
      clientId: 'other.app',
      authBase: 'https://steemlogin.com',
      apiBase: 'https://api.steemlogin.com',
    });
    const other = await forge(file, ({ accounts }) => ({
      accounts: accounts.map(({ signIn, ...one }) =>
        signIn === undefined ? one : { ...one, signIn: { ...signIn, refreshToken: 'of-long-ago' } },
      ),
    }));
    await restore(house.app, other, { take: ['services'] });
    expect(await vault.store.grants.find(account)).toEqual(before);
    expect(await health(house.app)).toMatchObject({ steemlogin: { state: 'fresh' } });
  });

  it('is shown none of the backup’s sign-ins unless it is taken', async () => {
    const { app } = house.startElsewhere();
    await app.invoke('services.save', {
      provider: 'steemlogin',
      clientId: 'latchkey.app',
      clientSecret: secret,
      authBase: 'https://steemlogin.com',
      apiBase: evil,
    });
    const preview = await read(app, file);
    expect(countOf(preview, 'services')).toMatchObject({ items: [{ misses: 1 }] });
    const restored = await restore(app, file);
    expect(restored).toMatchObject({ unsigned: 1 });
    expect(countOf(restored, 'signIns')).toEqual({ kind: 'signIns', added: 0, changed: 0 });
    house.sandbox.requests.clear();
    await app.onAlarm('refresh');
    expect(await health(app)).toMatchObject({ steemlogin: { state: 'needs_sign_in' } });
    expect(house.sandbox.requests.count({ host: 'evil.example' })).toBe(0);
  });

  it('takes the sign-ins of a backup from before they said what they are bound to, with its registration', async () => {
    const old = await forge(file, ({ accounts }) => {
      for (const { signIn } of accounts) delete signIn?.boundTo;
      return { accounts };
    });
    const { app } = house.startElsewhere();
    await restore(app, old);
    await app.onAlarm('refresh');
    expect(await health(app)).toMatchObject({ steemlogin: { state: 'fresh' } });
  });
});

describe('the Activity of a stranger’s backup', () => {
  type Entry = BackupContent['journal'][number];
  const planted = (account: string): Entry => ({
    request: crypto.randomUUID(),
    at: house.clock.now(),
    action: 'vote.cast',
    provider: 'steemlogin',
    account,
    name: 'bob',
    chain: 'steem',
    author: seededPosts.fresh.author,
    permlink: seededPosts.fresh.permlink,
    weight: -100,
    target: 'vote:bob:steem:x',
    outcome: 'failed',
    isReviewed: false,
  });
  const newest = async () => {
    const [entry] = (await house.app.invoke('journal.list', {})).entries;
    if (entry === undefined) throw new Error('The Activity is empty.');
    return entry;
  };
  const tryAgain = async (more: object = {}) =>
    house.app.invoke('journal.try-again', { id: (await newest()).id, request: crypto.randomUUID(), ...more });

  it('casts no downvote that was never confirmed here', async () => {
    const account = await signInAs(house, 'steemlogin', 'bob', secret);
    await restore(house.app, await forge(await make(), () => ({ journal: [planted(account)] })));
    await expect(tryAgain()).rejects.toMatchObject(refusal('downvote_needs_confirmation'));
    expect(house.sandbox.requests.count({ path: '/api/broadcast' })).toBe(0);
  });

  it.each<[string, Partial<Entry>]>([
    ['another name', { name: 'carol' }],
    ['another service', { provider: 'hivesigner' }],
    ['another chain', { chain: 'hive' }],
  ])('acts with no account under %s', async (_what, change) => {
    const account = await signInAs(house, 'steemlogin', 'bob', secret);
    const entry = { ...planted(account), weight: 10, ...change };
    await restore(house.app, await forge(await make(), () => ({ journal: [entry] })));
    await expect(tryAgain({ isConfirmed: true })).rejects.toMatchObject({
      refusal: expect.anything() as object,
    });
    expect(house.sandbox.requests.count({ path: '/api/broadcast' })).toBe(0);
    expect(await newest()).toMatchObject({ canTryAgain: false });
  });

  it('acts with no account that the backup does not hold', async () => {
    const account = await signInAs(house, 'steemlogin', 'bob', secret);
    await restore(
      house.app,
      await forge(await make(), () => ({ accounts: [], journal: [planted(account)] })),
    );
    await expect(tryAgain({ isConfirmed: true })).rejects.toMatchObject({
      refusal: expect.anything() as object,
    });
    expect(house.sandbox.requests.count({ path: '/api/broadcast' })).toBe(0);
  });

  it('posts and deletes no tweet that it names', async () => {
    const account = await signInToX(house);
    const tweet = { request: crypto.randomUUID(), account, parts: ['Mine for years'], seen: 1 };
    const posted = await house.app.invoke('tweet.post', tweet);
    if (posted.state !== 'done') throw new Error('not posted');
    const entry: Entry = {
      ...planted(account),
      action: 'tweet.post',
      provider: 'x',
      name: 'bob_on_x',
      parts: ['Buy my coin', 'and more of it'],
      posted: posted.posted.map(({ id }) => id),
      batch: 'a batch',
      ...{ author: undefined, permlink: undefined, weight: undefined, chain: undefined },
    } as Entry;
    await restore(house.app, await forge(await make(), () => ({ journal: [entry] })));
    expect(await newest()).toMatchObject({ canTryAgain: false, isRestored: true });
    const { id } = await newest();
    const bad = refusal('bad_input');
    await expect(
      house.app.invoke('tweet.resume', { id, request: crypto.randomUUID() }),
    ).rejects.toMatchObject(bad);
    await expect(house.app.invoke('tweet.delete-entry', { id })).rejects.toMatchObject(bad);
    expect(house.sandbox.requests.count({ method: 'DELETE' })).toBe(0);
    const [lying] = await look(house.ports).database.use((database) => database.getAll('journal'));
    expect(lying).not.toHaveProperty('batch');
  });
});

describe('an account of a stranger’s backup', () => {
  it('is never one of those here for its id alone', async () => {
    const account = await signInAs(house, 'steemlogin', 'bob', secret);
    const file = await forge(await make(), ({ accounts }) => ({
      accounts: accounts.map((one) => ({ ...one, subject: 'mallory', name: 'mallory' })),
    }));
    const preview = await read(house.app, file);
    expect(countOf(preview, 'accounts')).toMatchObject({ added: 1, different: 0 });
    await restore(house.app, file, { take: ['accounts', 'signIns'] });
    const { accounts } = await house.app.invoke('accounts.list', {});
    expect(accounts.map(({ name }) => name).sort()).toEqual(['bob', 'mallory']);
    expect(accounts.find(({ name }) => name === 'bob')?.id).toBe(account);
  });

  it('has a name that a view has room for', async () => {
    await signInAs(house, 'steemlogin', 'bob', secret);
    const file = await forge(await make(), ({ accounts }) => ({
      accounts: accounts.map((one) => ({ ...one, id: 'x', subject: 'long', name: 'y'.repeat(1_000_000) })),
    }));
    await restore(house.app, file);
    const { accounts } = await house.app.invoke('accounts.list', {});
    expect(accounts.find(({ id }) => id === 'x')?.name).toHaveLength(200);
  });

  it('without its sign-in leaves nothing to revoke when it is signed out, and says so', async () => {
    await signInAs(house, 'steemlogin', 'bob', secret);
    const file = await make({ signIns: false });
    const { app } = house.startElsewhere();
    await restore(app, file);
    house.sandbox.requests.clear();
    const account = await accountOf(app, 'steemlogin');
    expect(await app.invoke('accounts.sign-out', { account })).toEqual({ wasEmpty: true, revoked: false });
    expect(house.sandbox.requests.count({})).toBe(0);
  });

  it('is not counted with its sign-in where accounts are left out', async () => {
    await signInAs(house, 'steemlogin', 'bob', secret);
    const { app } = house.startElsewhere();
    const restored = await restore(app, await make(), { leaveOut: ['accounts'] });
    expect(countOf(restored, 'signIns')).toEqual({ kind: 'signIns', added: 0, changed: 0 });
    expect(restored.unsigned).toBe(0);
  });

  it('of which there are thousands is restored in moments', async () => {
    await signInAs(house, 'steemlogin', 'bob', secret);
    const file = await forge(await make(), ({ accounts: [one] }) => ({
      accounts: Array.from({ length: 5000 }, (_, index) => ({
        ...(one ?? ({} as never)),
        id: `id-${index}`,
        subject: `s-${index}`,
      })),
    }));
    const before = Date.now();
    const restored = await restore(house.app, file);
    expect(countOf(restored, 'accounts')).toMatchObject({ added: 5000 });
    expect(Date.now() - before).toBeLessThan(20_000);
  });
});

describe('a restore that is written', () => {
  let file: string;
  beforeEach(async () => {
    await signInAs(house, 'steemlogin', 'bob', secret);
    file = await make();
  });

  it('is done, whatever fails afterwards', async () => {
    const { app, ports } = house.startElsewhere();
    await read(app, file);
    vi.spyOn(ports.alarms, 'set').mockRejectedValue(new Error('no alarms'));
    vi.spyOn(ports.alarms, 'clear').mockRejectedValue(new Error('no alarms'));
    const restored = await app.invoke('backup.restore', { file, leaveOut: [], take: [] });
    expect(countOf(restored, 'accounts')).toMatchObject({ added: 1 });
    expect(ports.seen.warnings.length).toBeGreaterThan(0);
  });

  it('waits for no renewal', async () => {
    const account = await accountOf(house.app, 'steemlogin');
    const people = [{ id: 'li', name: 'Li', telephone: '+48600100200', createdAt: 1 }];
    const more = await forge(file, () => ({ people }));
    const held = house.sandbox.misbehave({ path: '/api/oauth2/token', how: { kind: 'hold' } });
    const renewal = house.app.invoke('accounts.refresh', { account });
    await held.hit;
    const restored = await restore(house.app, more);
    expect(countOf(restored, 'people')).toMatchObject({ added: 1 });
    held.release();
    await renewal;
  });
});

it('forgets the key of a backup that nobody looks at any more', async () => {
  await signInAs(house, 'steemlogin', 'bob', secret);
  const file = await make();
  await read(house.app, file);
  expect(await house.ports.session.get('backup-key')).toBeDefined();
  house.clock.advance(31 * 60_000);
  expect(house.ports.alarmTimes.get('backup-key')).toBeLessThanOrEqual(house.clock.now());
  await house.app.onAlarm('backup-key');
  expect(await house.ports.session.get('backup-key')).toBeUndefined();
  // One that was asked for too late is gone as well, whether or not the alarm rang.
  await read(house.app, file);
  house.clock.advance(31 * 60_000);
  await expect(house.app.invoke('backup.restore', { file, leaveOut: [], take: [] })).rejects.toMatchObject(
    refusal('backup_open_again'),
  );
  expect(await house.ports.session.get('backup-key')).toBeUndefined();
});

it('shows choices in words', async () => {
  await house.app.invoke('settings.save', { missed: 'skip', manaFloorPercent: 80, undoSecondsPopup: 0 });
  const file = await make();
  await house.app.invoke('settings.save', { missed: 'ask', manaFloorPercent: 0, undoSecondsPopup: 5 });
  expect(countOf(await read(house.app, file), 'settings')).toMatchObject({
    items: [
      {
        differences: [
          { title: 'Time to undo a vote from the popup', mine: '5 seconds', theirs: 'Off' },
          { title: 'When a scheduled time was missed', mine: 'Ask me', theirs: 'Skip it' },
          { title: 'Voting power to keep, in percent', mine: '0 %', theirs: '80 %' },
        ],
      },
    ],
  });
});
