// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest';
import { App } from '../../../entrypoints/options/app.tsx';
import { steemLogin } from './service.ts';
import {
  after,
  alert,
  button,
  click,
  createFakeViewPorts,
  field,
  refuse,
  show,
  type,
  type Answers,
} from '../../fakes/view.tsx';

const settings = {
  undoSecondsPopup: 0,
  undoSecondsPage: 3,
  sitesOff: ['d.buzz'],
  missed: 'ask',
  manaFloorPercent: 0,
};

const open = async (answers: Answers = {}, service: Partial<typeof steemLogin> = {}, overrides = {}) => {
  const ports = createFakeViewPorts(
    {
      'services.list': () => ({ services: [{ ...steemLogin, ...service }] }),
      'services.save': () => ({ service: steemLogin }),
      'settings.get': () => ({ settings, sites: ['steemit.com', 'd.buzz'] }),
      'settings.save': () => ({ settings }),
      'accounts.list': () => ({ accounts: [] }),
      'accounts.find-sign-in': () => ({}),
      'batch.list': () => ({ batches: [] }),
      'people.list': () => ({ people: [], count: 0 }),
      'outbox.list': () => ({ entries: [] }),
      'journal.list': () => ({ entries: [], openCount: 0, accounts: [] }),
      ...answers,
    },
    overrides,
  );
  return { ports, root: await show(<App />, ports) };
};
const inputsOf = (asked: readonly { action: string; input: unknown }[], wanted: string) =>
  asked.filter(({ action }) => action === wanted).map(({ input }) => input);

beforeEach(() => {
  location.hash = '';
});

it('has the eight sections, each with an address', async () => {
  const { root } = await open();
  const links = [...root.querySelectorAll('nav a')];
  expect(links.map(({ textContent }) => textContent)).toEqual([
    'Services',
    'Accounts',
    'Batch',
    'People',
    'Activity',
    'Security',
    'Backup',
    'About',
  ]);
  // The page opens on the first section, so that one comes last.
  for (const link of [...links.slice(1), ...links.slice(0, 1)]) {
    await after(() => {
      location.hash = link.getAttribute('href') ?? '';
      dispatchEvent(new Event('hashchange'));
    });
    expect(root.querySelector('h2')?.textContent).toBe(link.textContent);
    expect(document.activeElement).toBe(root.querySelector('h2'));
  }
});

it('opens on the section of its address, and tells its version', async () => {
  location.hash = 'about';
  const { root } = await open();
  expect(root.textContent).toContain('Latchkey 1.2.3');
});

it('guides the set-up of a service', async () => {
  const { root, ports } = await open();
  const region = root.querySelector('section.service');
  expect(root.querySelector(`[id="${region?.getAttribute('aria-labelledby') ?? ''}"]`)?.textContent).toBe(
    'SteemLogin',
  );
  expect(region?.querySelector('a')?.href).toBe(steemLogin.consoleUrl);
  expect(region?.textContent).toContain('Let @steemlogin post for your app account');
  expect(region?.textContent).toContain('asks once for your active key');
  expect(field(root, 'Redirect address')).toHaveProperty('value', steemLogin.redirectUrl);
  await click(button(root, 'Copy'));
  expect(ports.copy).toHaveBeenCalledWith(steemLogin.redirectUrl);
});

it('guides the set-up of X: a public client, at one address, with its prices', async () => {
  const x = { title: 'X', guide: 'x', addresses: 'fixed', consoleUrl: 'https://console.x.com' } as const;
  const { root } = await open({}, x);
  const region = root.querySelector('section.service');
  expect(region?.textContent).toContain('set its type to “Native App”');
  expect(region?.textContent).toContain('about $0.015 for a post, $0.20 with a link');
  expect(region?.textContent).toContain('X’s prices of Apr 20, 2026');
  expect(region?.textContent).toContain('The OAuth 2.0 Client ID, not the API key.');
  expect(region?.textContent).toContain('callback list');
  expect(field(root, 'Client ID')).toBeInstanceOf(HTMLInputElement);
  expect(() => field(root, 'Client secret')).toThrow();
  expect(() => field(root, 'API address')).toThrow();
});

it('asks for an API key and its secret where a service works with those, and forgets no secret it needs', async () => {
  const twitter = { guide: 'twitter', fields: 'api-key', isSecretRequired: true, hasSecret: true } as const;
  const { root, ports } = await open({}, twitter);
  await type(field(root, 'API key'), 'key');
  await type(field(root, 'API key secret'), 's3cret');
  await click(button(root, 'Save'));
  expect(inputsOf(ports.asked, 'services.save')).toMatchObject([{ clientId: 'key', clientSecret: 's3cret' }]);
  expect(() => field(root, 'Forget the saved secret')).toThrow();
});

it('saves what was typed, and keeps a saved secret that nobody touched', async () => {
  const { root, ports } = await open({}, { hasSecret: true });
  await type(field(root, 'Client ID'), ' my.app ');
  await click(button(root, 'Save'));
  expect(inputsOf(ports.asked, 'services.save')).toEqual([
    {
      provider: 'steemlogin',
      clientId: 'my.app',
      authBase: steemLogin.authBase,
      apiBase: steemLogin.apiBase,
      settings: {},
    },
  ]);
  expect(ports.requestHosts).not.toHaveBeenCalled();
});

it('replaces a secret or forgets it', async () => {
  const { root, ports } = await open({}, { clientId: 'my.app', hasSecret: true });
  await type(field(root, 'Client secret'), 's3cret');
  await click(button(root, 'Save'));
  await click(field(root, 'Forget the saved secret'));
  await click(button(root, 'Save'));
  expect(inputsOf(ports.asked, 'services.save')).toMatchObject([
    { clientSecret: 's3cret' },
    { clientSecret: '' },
  ]);
  expect(field(root, 'Client secret')).toHaveProperty('value', '');
});

it('shows what is wrong at its field and keeps the form as typed', async () => {
  const { root } = await open({ 'services.save': () => refuse('bad_client_id', { field: 'clientId' }) });
  await type(field(root, 'Client ID'), 'my app');
  await click(button(root, 'Save'));
  expect(field(root, 'Client ID')).toHaveProperty('value', 'my app');
  expect(field(root, 'Client ID').getAttribute('aria-invalid')).toBe('true');
  expect(document.activeElement).toBe(field(root, 'Client ID'));
  expect(alert(root)).toBe('sentence of bad_client_id');
});

it('saves what is typed before it signs in', async () => {
  const { root, ports } = await open({ 'accounts.sign-in': () => ({ account: { name: 'bob' } }) });
  await type(field(root, 'Client ID'), 'my.app');
  await click(button(root, 'Sign in'));
  const actions = ports.asked.map(({ action }) => action);
  expect(actions.indexOf('services.save')).toBeLessThan(actions.indexOf('accounts.sign-in'));
  expect(actions).toContain('services.save');
  expect(root.textContent).toContain('Signed in as bob.');
});

it('asks the browser for the host of an address of one’s own before it saves', async () => {
  const { root, ports } = await open();
  await type(field(root, 'API address'), 'https://sc.example.org');
  await click(button(root, 'Save'));
  expect(ports.requestHosts).toHaveBeenCalledWith(['https://sc.example.org/*']);
  expect(inputsOf(ports.asked, 'services.save')).toMatchObject([{ apiBase: 'https://sc.example.org' }]);
});

it('saves nothing when the browser was told no, and goes back to the preset', async () => {
  const requestHosts = vi.fn(() => Promise.resolve(false));
  const { root, ports } = await open({}, {}, { requestHosts });
  await type(field(root, 'API address'), 'https://sc.example.org');
  await click(button(root, 'Save'));
  expect(alert(root)).toContain('Latchkey may not reach sc.example.org.');
  expect(inputsOf(ports.asked, 'services.save')).toEqual([]);
  await click(button(root, 'Use preset'));
  expect(field(root, 'API address')).toHaveProperty('value', steemLogin.presetApiBase);
});

it('switches sites off and on, and sets the undo window', async () => {
  const { root, ports } = await open();
  await click(field(root, 'steemit.com'));
  await click(field(root, 'd.buzz'));
  await type(field(root, 'Time to undo a vote from a page'), '10');
  expect(inputsOf(ports.asked, 'settings.save')).toEqual([
    { sitesOff: ['d.buzz', 'steemit.com'] },
    { sitesOff: [] },
    { undoSecondsPage: 10 },
  ]);
});

it('sets what becomes of a missed time, and how much voting power is kept', async () => {
  const { root, ports } = await open();
  await type(field(root, 'When a scheduled time was missed'), 'skip');
  await type(field(root, 'Voting power to keep, in percent'), '80');
  expect(inputsOf(ports.asked, 'settings.save')).toEqual([{ missed: 'skip' }, { manaFloorPercent: 80 }]);
});

it.each(['', '-1', '101'])('takes "%s" for no voting power to keep', async (typed) => {
  const { root, ports } = await open();
  await type(field(root, 'Voting power to keep, in percent'), typed);
  expect(alert(root)).toBe('Type a number from 0 to 100.');
  expect(field(root, 'Voting power to keep, in percent').getAttribute('aria-invalid')).toBe('true');
  expect(inputsOf(ports.asked, 'settings.save')).toEqual([]);
});

it('takes what was wrong before away at the press, while the browser still asks for the host', async () => {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const requestHosts = vi.fn().mockResolvedValueOnce(false).mockReturnValue(promise);
  const { root, ports } = await open({}, { apiBase: 'https://steem.example/api' }, { requestHosts });
  await type(field(root, 'Client ID'), 'my.app');
  await click(button(root, 'Save'));
  expect(alert(root)).toContain('Latchkey may not reach steem.example.');
  await click(button(root, 'Save'));
  expect(alert(root)).toBe('');
  expect(inputsOf(ports.asked, 'services.save')).toEqual([]);
  await after(() => resolve(true));
  expect(inputsOf(ports.asked, 'services.save')).toHaveLength(1);
});
