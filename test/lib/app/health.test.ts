/** Diagnostics by the headless road: what a script reads is what Options shows. */
import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { HealthFacts } from '../../../lib/actions/health.ts';
import { createApp, type App } from '../../../lib/app/create-app.ts';
import { buildReport } from '../../../lib/app/health-report.ts';
import { errorCodes } from '../../../lib/errors.ts';
import { createVault } from '../../../lib/vault/vault.ts';
import { createDatabaseHandle } from '../../../lib/vault/open-database.ts';
import { storeNames } from '../../../lib/vault/inspect.ts';
import { upgrades } from '../../../lib/vault/upgrades/index.ts';
import { breakReads, holdOpen } from '../../fakes/break-storage.ts';
import { createFakePorts, type FakePorts } from '../../fakes/create-fake-ports.ts';

let ports: FakePorts;
let app: App;
const read = () => app.invoke('health.read', {});

async function put(store: string, ...records: object[]): Promise<void> {
  const database = await createVault(ports).database.get();
  for (const record of records) await database.put(store as 'accounts', record as never); // As damaged as they are.
  database.close();
}

const account = (id: string, name = id) => ({
  id,
  provider: 'steemlogin',
  subject: name,
  name,
  createdAt: 1,
  defaultFor: [],
  postWeight: 100,
  commentWeight: 100,
});

beforeEach(() => {
  ports = createFakePorts();
  app = createApp(ports);
});

it('tells of a new profile that all is well', async () => {
  const { facts, report } = await read();
  expect(facts).toMatchObject({
    version: '1.2.3',
    browser: 'Fakefox 1',
    vaultVersion: upgrades.length,
    key: 'whole',
    troubles: [],
    setAside: [],
    storage: { used: 1000, quota: 1_000_000, isPersisted: true },
    requestRules: [
      { name: 'origin', isInstalled: true },
      { name: 'user-agent', isInstalled: true },
    ],
    missingHosts: [],
    outbox: { waiting: 0, sending: 0 },
  });
  expect(facts.stores.map(({ store }) => store)).toEqual(storeNames);
  expect(report).toContain('Latchkey 1.2.3, Fakefox 1');
});

it('looks through every store that there is', async () => {
  const database = await createVault(ports).database.get();
  expect([...storeNames].sort()).toEqual([...database.objectStoreNames].sort());
});

it('counts what is stored, and tells when each account was refreshed, how it is and when it is due', async () => {
  const vault = createVault(ports);
  await put('accounts', account('one', 'bob'));
  await put('grants', {
    account: 'one',
    generation: 1,
    accessToken: await vault.seal('PLANTED', 'grants/one/accessToken'),
    renewsSilently: true,
    expiresAt: ports.clock.now() + 1000,
    dueAt: ports.clock.now() + 500,
    writtenAt: ports.clock.now() - 60_000,
    state: 'try_later',
    attempts: 2,
    trouble: 'network',
    isRejected: false,
  });
  await app.start();
  const { facts } = await read();
  expect(facts.accounts).toEqual([
    {
      name: 'bob',
      provider: 'steemlogin',
      service: 'SteemLogin',
      state: 'try_later',
      trouble: 'network',
      refreshedAt: ports.clock.now() - 60_000,
      failures: 2,
      dueAt: ports.clock.now() + 500,
    },
  ]);
  expect(facts.alarms.map(({ name }) => name)).toContain('refresh');
  expect(facts.stores.find(({ store }) => store === 'accounts')).toMatchObject({ count: 1 });
  expect(facts.stores.find(({ store }) => store === 'accounts')?.bytes).toBeGreaterThan(50);
});

it('names the hosts that may not be reached, those of the person’s own too', async () => {
  await put('registrations', {
    provider: 'oidc',
    clientId: 'a',
    authBase: 'https://sso.example.org/realm',
    apiBase: 'https://sso.example.org/realm',
  });
  ports.script.mayReach = false;
  const { facts } = await read();
  expect(facts.missingHosts).toContainEqual({
    host: 'api.steemlogin.com',
    pattern: 'https://api.steemlogin.com/*',
    isTyped: false,
  });
  expect(facts.missingHosts).toContainEqual({
    host: 'sso.example.org',
    pattern: 'https://sso.example.org/*',
    isTyped: true,
  });
});

it('says that it does not know where the browser gives no answer about hosts', async () => {
  const mayReach = () => Promise.reject(new Error('No answer.'));
  const { facts, report } = await createApp({ ...ports, permissions: { mayReach } }).invoke(
    'health.read',
    {},
  );
  expect(facts.missingHosts).toBeUndefined();
  expect(facts.troubles).toMatchObject([{ code: 'internal' }]);
  expect(report).toContain('hosts not allowed: unknown');
});

it('counts failures by their code, the most frequent first', async () => {
  const failure = (request: string, code: string, at: number) => ({
    request,
    at,
    action: 'vote.cast',
    provider: 'steemlogin',
    account: 'one',
    name: 'bob',
    target: 'x',
    outcome: 'failed',
    code,
    message: `words of ${request}`,
    isReviewed: false,
    open: 1,
  });
  await put('journal', failure('a', 'network', 1), failure('b', 'timeout', 5), failure('c', 'network', 3));
  // That one is what the person wanted.
  await put('journal', failure('d', 'taken_back', 4));
  expect((await read()).facts.errors).toEqual([
    { code: 'network', count: 2, lastAt: 3, message: 'words of c' },
    { code: 'timeout', count: 1, lastAt: 5, message: 'words of b' },
  ]);
});

describe('a record that can’t be read', () => {
  const damaged = { id: 'damaged', name: 'bob', accessToken: 'PLANTED-TOKEN', when: new Uint8Array(12) };

  it('is named with its store and key, shown without what may be secret, and hides no other', async () => {
    await put('accounts', account('one'), damaged, account('two'));
    await put('journal', { id: 7, request: 'r', nonsense: true });
    const { facts } = await read();
    expect(facts.accounts.map(({ name }) => name)).toEqual(['one', 'two']);
    expect(facts.setAsideCount).toBe(2);
    expect(facts.setAside.map(({ store, key }) => [store, key])).toEqual([
      ['accounts', '"damaged"'],
      ['journal', '7'],
    ]);
    const [text = ''] = facts.setAside.map((record) => record.text);
    expect(text).toContain('bob');
    expect(text).toContain('[12 bytes]');
    expect(text).not.toContain('PLANTED');
  });

  it('stays until the person removes it; one that is well can’t be removed this way', async () => {
    await put('accounts', account('one'), damaged);
    await put('journal', { id: 7, request: 'r', nonsense: true });
    await app.invoke('health.remove-record', { store: 'accounts', key: '"damaged"' });
    await app.invoke('health.remove-record', { store: 'journal', key: '7' });
    expect((await read()).facts).toMatchObject({ setAside: [], setAsideCount: 0 });
    for (const [store, key] of [
      ['accounts', '"one"'],
      ['accounts', '"nobody"'],
      ['accounts', 'not JSON'],
      ['nowhere', '"one"'],
    ] as const)
      await expect(app.invoke('health.remove-record', { store, key })).rejects.toMatchObject({
        refusal: { code: 'bad_input' },
      });
    expect((await read()).facts.accounts).toHaveLength(1);
  });

  it('in thousands is counted, and a hundred are shown', async () => {
    await put('people', ...Array.from({ length: 1200 }, (_, index) => ({ id: `person-${index}` })));
    const { facts } = await read();
    expect(facts.setAsideCount).toBe(1200);
    expect(facts.setAside).toHaveLength(100);
  });

  it('that is the vault’s key can be taken away, and the sign-ins are asked for again', async () => {
    await put('keys', { id: 'data', key: 'no key' });
    await expect(app.invoke('accounts.sign-in', { provider: 'steemlogin' })).rejects.toMatchObject({
      refusal: { code: 'vault_broken' },
    });
    await app.invoke('health.remove-record', { store: 'keys', key: '"data"' });
    expect((await read()).facts.key).toBe('whole');
  });
});

describe('where the vault can’t be read', () => {
  it('one store of it: the rest is told', async () => {
    breakReads('journal');
    ports.alarmTimes.set('refresh', 5);
    const { facts } = await read();
    expect(facts.troubles).toEqual([{ code: 'vault_broken', message: 'error_vault_broken' }]);
    expect(facts.alarms).toEqual([{ name: 'refresh', at: 5 }]);
  });

  it('because another window holds an older version open: said in words, and well again when it is closed', async () => {
    const old = createDatabaseHandle(ports.database, ports.log, upgrades.slice(0, 1));
    await old.get();
    await old.close();
    const held = await holdOpen(ports.database.name, 1);
    const { facts } = await read();
    expect(facts.troubles).toEqual([{ code: 'vault_blocked', message: 'error_vault_blocked' }]);
    expect(facts.vaultVersion).toBeUndefined();
    // Those that the person typed lie in the vault.
    expect(facts.missingHosts).toBeUndefined();
    expect(facts.storage.quota).toBe(1_000_000);
    held.close();
    await vi.waitFor(() => app.invoke('accounts.list', {}));
    expect((await read()).facts).toMatchObject({ troubles: [], vaultVersion: upgrades.length });
  });
});

describe('the report', () => {
  const secret = 'Xplanted7Secret';
  /** Any text with the secret in it. */
  const planted = fc.string().map((text) => `${secret}${text}${secret}`);
  const code = fc.constantFrom(...errorCodes);
  const time = fc.oneof(fc.integer(), fc.constantFrom(Infinity, Number.NaN, 8_640_000_000_000_000));
  const store = fc.oneof(fc.constantFrom(...storeNames), planted);
  const facts: fc.Arbitrary<HealthFacts> = fc.record({
    at: time,
    version: planted,
    browser: planted,
    vaultVersion: fc.nat(),
    key: fc.constantFrom('whole', 'locked', 'missing', 'replaced'),
    troubles: fc.array(fc.record({ code, message: planted })),
    stores: fc.array(fc.record({ store, count: fc.nat(), bytes: fc.nat() })),
    setAside: fc.array(fc.record({ store, key: planted, text: planted })),
    setAsideCount: fc.nat(),
    storage: fc.record({ used: fc.nat(), quota: fc.nat(), isPersisted: fc.boolean() }),
    accounts: fc.array(
      fc.record({
        name: planted,
        provider: fc.oneof(fc.constant('steemlogin'), planted),
        service: planted,
        state: fc.constantFrom('fresh', 'try_later', 'needs_sign_in'),
        trouble: code,
        refreshedAt: time,
        failures: fc.nat(),
        dueAt: time,
      }),
    ),
    alarms: fc.array(fc.record({ name: fc.oneof(fc.constant('refresh'), planted), at: time })),
    requestRules: fc.array(
      fc.record({ name: fc.constantFrom('origin', 'user-agent'), isInstalled: fc.boolean() }),
    ),
    missingHosts: fc.array(fc.record({ host: planted, pattern: planted, isTyped: fc.constant(true) })),
    outbox: fc.record({ waiting: fc.nat(), sending: fc.nat() }),
    errors: fc.array(fc.record({ code, message: planted, count: fc.nat(), lastAt: time })),
  });

  it('holds no name, host, key or text, whatever they are', () => {
    fc.assert(
      fc.property(facts, (all) => {
        expect(buildReport(all)).not.toContain(secret);
      }),
      { numRuns: 1000 },
    );
  });

  it('of a vault full of secrets holds none of them', async () => {
    const vault = createVault(ports);
    const names = ['PLANTED-person', 'PLANTED-other'];
    await put('accounts', ...names.map((name, index) => account(`PLANTED-id-${index}`, name)));
    await put('accounts', { id: 'PLANTED-damaged', name: 'PLANTED' });
    await put('people', { id: 'PLANTED-entry', name: 'PLANTED-friend', telephone: '+48123456789' });
    await put('registrations', {
      provider: 'oidc',
      clientId: 'PLANTED-client',
      clientSecret: await vault.seal('PLANTED-secret', 'registrations/oidc/clientSecret'),
      authBase: 'https://planted.example.org',
      apiBase: 'https://planted.example.org',
    });
    await put('journal', {
      request: 'PLANTED-request',
      at: 1,
      action: 'tweet.post',
      provider: 'x',
      account: 'PLANTED-id-0',
      name: 'PLANTED-person',
      target: 'PLANTED-target',
      outcome: 'failed',
      code: 'network',
      message: 'PLANTED-words',
      parts: ['PLANTED-tweet'],
      isReviewed: false,
      open: 1,
    });
    ports.script.mayReach = false;
    ports.alarmTimes.set('PLANTED-alarm', 5);
    const { report, facts: shown } = await read();
    expect(shown.accounts.map(({ name }) => name).sort()).toEqual(names.toSorted());
    expect(report).not.toMatch(/planted/i);
    expect(report).not.toContain('48123456789');
    expect(report).toContain('account 2: steemlogin');
    expect(report).toContain('network 1');
    expect(report).toMatch(/typed host \d+/);
  });

  it('of a thousand accounts stays short', async () => {
    await put('accounts', ...Array.from({ length: 1000 }, (_, index) => account(`account-${index}`)));
    const { facts: shown, report } = await read();
    expect(shown.accounts).toHaveLength(1000);
    expect(report.split('\n').length).toBeLessThan(80);
    expect(report).toContain('and 950 more accounts');
  });
});
