import { beforeEach, describe, expect, it } from 'vitest';
import { createRegistrations, parseBase, type Registrations } from '../../../lib/accounts/registrations.ts';
import { providers } from '../../../lib/providers/index.ts';
import { steemlogin } from '../../../lib/providers/steemlogin.ts';
import { createVault, type Vault } from '../../../lib/vault/vault.ts';
import { createFakePorts, type FakePorts } from '../../fakes/create-fake-ports.ts';

describe('a base address', () => {
  it.each([
    ['https://steemlogin.com', 'https://steemlogin.com'],
    ['  https://steemlogin.com/  ', 'https://steemlogin.com'],
    ['https://STEEMLOGIN.com///', 'https://steemlogin.com'],
    ['https://example.com/auth/', 'https://example.com/auth'],
    ['https://example.com:8443', 'https://example.com:8443'],
    ['https://example.com/?', 'https://example.com'],
    ['https://example.com/#', 'https://example.com'],
    ['http://localhost:3000/', 'http://localhost:3000'],
    ['http://127.0.0.1', 'http://127.0.0.1'],
    ['http://[::1]:80', 'http://[::1]'],
  ])('%j is %j', (text, expected) => {
    expect(parseBase(text, 'apiBase')).toBe(expected);
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['/', 'empty'],
    ['steemlogin.com', 'bad_address'],
    ['https://', 'bad_address'],
    ['https://a b', 'bad_address'],
    ['https://user@example.com', 'bad_address'],
    ['https://user:secret@example.com', 'bad_address'],
    ['https://example.com?a=b', 'bad_address'],
    ['https://example.com#a', 'bad_address'],
    ['http://steemlogin.com', 'bad_address_not_https'],
    ['http://localhost.evil.example', 'bad_address_not_https'],
    ['http://127.0.0.1.evil.example', 'bad_address_not_https'],
    ['http://0.0.0.0', 'bad_address_not_https'],
    ['ftp://localhost', 'bad_address_not_https'],
    ['javascript:alert(1)', 'bad_address_not_https'],
    ['file:///etc/passwd', 'bad_address_not_https'],
  ])('%j is refused as %s, naming its field', (text, code) => {
    expect(() => parseBase(text, 'apiBase')).toThrow(
      expect.objectContaining({ code, field: 'apiBase' }) as Error,
    );
  });
});

describe('an app registration', () => {
  let ports: FakePorts;
  let vault: Vault;
  let registrations: Registrations;
  beforeEach(() => {
    ports = createFakePorts();
    vault = createVault(ports);
    registrations = createRegistrations(ports, vault);
  });
  const input = {
    provider: 'steemlogin',
    clientId: 'latchkey.app',
    authBase: 'https://steemlogin.com',
    apiBase: 'https://api.steemlogin.com',
  };

  it('is offered for every provider, with the preset bases and the redirect address', async () => {
    const all = await registrations.list();
    expect(all.map(({ provider }) => provider)).toEqual(
      providers.filter(({ registeredAs }) => registeredAs === undefined).map(({ id }) => id),
    );
    expect(all[0]).toMatchObject({
      isSetUp: false,
      clientId: '',
      hasSecret: false,
      redirectUrl: 'https://latchkey.example/steemlogin',
      authBase: 'https://steemlogin.com',
      accounts: 0,
    });
  });

  it('is kept as typed, without the spaces of a paste', async () => {
    const saved = await registrations.save({
      ...input,
      clientId: ' latchkey.app\n',
      clientSecret: ' s3cret ',
    });
    expect(saved).toMatchObject({ isSetUp: true, clientId: 'latchkey.app', hasSecret: true });
    expect(await registrations.client(steemlogin)).toMatchObject({
      clientId: 'latchkey.app',
      clientSecret: 's3cret',
      bases: { auth: 'https://steemlogin.com', api: 'https://api.steemlogin.com' },
    });
    expect(ports.seen.announced).toEqual(['services']);
  });

  it('keeps its secret sealed, and never gives it back to a view', async () => {
    const saved = await registrations.save({ ...input, clientSecret: 'PLANTED' });
    expect(JSON.stringify(saved)).not.toContain('PLANTED');
    expect(JSON.stringify(await registrations.list())).not.toContain('PLANTED');
    const raw = await vault.store.registrations.find('steemlogin');
    expect(Buffer.from(raw?.clientSecret?.data ?? []).toString('latin1')).not.toContain('PLANTED');
  });

  it('keeps the secret when none is typed, and forgets it when it is emptied', async () => {
    await registrations.save({ ...input, clientSecret: 'secret' });
    expect(await registrations.save({ ...input, clientId: 'other' })).toMatchObject({ hasSecret: true });
    expect((await registrations.client(steemlogin)).clientSecret).toBe('secret');
    expect(await registrations.save({ ...input, clientSecret: '' })).toMatchObject({ hasSecret: false });
    expect((await registrations.client(steemlogin)).clientSecret).toBe('');
  });

  it.each([
    [{ clientId: '' }, 'empty', 'clientId'],
    [{ clientId: '  ' }, 'empty', 'clientId'],
    [{ clientId: 'my app' }, 'bad_client_id', 'clientId'],
    [{ clientId: 'my\tapp' }, 'bad_client_id', 'clientId'],
    [{ clientId: 'my\napp' }, 'bad_client_id', 'clientId'],
    [{ clientId: 'приложение' }, 'bad_client_id', 'clientId'],
    [{ clientSecret: 'se cret' }, 'bad_client_id', 'clientSecret'],
    [{ authBase: '' }, 'empty', 'authBase'],
    [{ apiBase: 'http://api.steemlogin.com' }, 'bad_address_not_https', 'apiBase'],
    [{ provider: 'constructor' }, 'bad_input', 'provider'],
  ])('with %j is refused as %s of %s and changes nothing', async (changes, code, field) => {
    await registrations.save({ ...input, clientSecret: 'secret' });
    await expect(registrations.save({ ...input, ...changes })).rejects.toMatchObject({ code, field });
    expect(await registrations.client(steemlogin)).toMatchObject({
      clientId: 'latchkey.app',
      clientSecret: 'secret',
    });
  });

  it('that is missing is asked for', async () => {
    await expect(registrations.client(steemlogin)).rejects.toMatchObject({ code: 'needs_set_up' });
  });

  it('that is damaged can be typed anew', async () => {
    await (await vault.database.get()).put('registrations', { provider: 'steemlogin' } as never);
    await expect(registrations.client(steemlogin)).rejects.toMatchObject({ code: 'vault_record_broken' });
    await registrations.save(input);
    expect(await registrations.client(steemlogin)).toMatchObject({ clientId: 'latchkey.app' });
  });
});
