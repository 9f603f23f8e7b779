// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import { Diagnostics } from '../../../entrypoints/options/sections/diagnostics.tsx';
import type { HealthFacts } from '../../../lib/actions/health.ts';
import {
  alert,
  button,
  click,
  createFakeViewPorts,
  hasButton,
  refuse,
  show,
  status,
  type Answers,
} from '../../fakes/view.tsx';
import { findFaults } from '../../fakes/find-faults.ts';

const at = new Date(2026, 10, 28, 12, 5).getTime();
const healthy: HealthFacts = {
  at,
  version: '1.2.3',
  browser: 'Firefox 153',
  vaultVersion: 3,
  key: 'whole',
  troubles: [],
  stores: [{ store: 'journal', count: 100_000, bytes: 42_000_000 }],
  setAside: [],
  setAsideCount: 0,
  storage: { used: 43_000_000, quota: 1_043_000_000, isPersisted: true },
  accounts: [],
  alarms: [{ name: 'refresh', at }],
  requestRules: [{ name: 'origin', isInstalled: true }],
  missingHosts: [],
  outbox: { waiting: 2, sending: 1 },
  errors: [{ code: 'network', message: 'No network.', count: 3, lastAt: at }],
};
const account = {
  name: 'bob',
  provider: 'steemlogin',
  service: 'SteemLogin',
  state: 'fresh',
  refreshedAt: at,
  failures: 0,
  dueAt: at,
} as const;

const open = async (facts: Partial<HealthFacts> = {}, answers: Answers = {}, overrides = {}) => {
  const ports = createFakeViewPorts(
    {
      'health.read': () => ({ facts: { ...healthy, ...facts }, report: 'the report, to the letter' }),
      ...answers,
    },
    overrides,
  );
  return { ports, root: await show(<Diagnostics />, ports) };
};
const text = (root: Element) => root.textContent.replace(/\s+/g, ' ');

it('tells what is stored and set', async () => {
  const { root } = await open();
  for (const words of [
    'The browser lets Latchkey reach every host that it needs.',
    'Latchkey 1.2.3, Firefox 153, vault version 3',
    '43 MB used, 1 GB free. The browser does not clear it by itself.',
    '2 waiting, 1 being sent',
    'Refresh of accounts: Nov 28, 2026, 12:05 PM',
    'origin: installed',
    'network ×3, Nov 28, 2026, 12:05 PM. No network.',
    'Activity100,00042 MB',
  ])
    expect(text(root)).toContain(words);
});

it('shows the accounts that need somebody first, and fifty of a thousand', async () => {
  const { root } = await open({
    accounts: [
      ...Array.from({ length: 1000 }, (_, index) => ({
        ...account,
        name: `account-${index}`,
        dueAt: at + index,
      })),
      { ...account, name: 'carol', state: 'needs_sign_in', trouble: 'vault_key_missing', dueAt: undefined },
    ],
  });
  const rows = [...root.querySelectorAll('table:last-of-type tbody tr')].filter((row) =>
    row.textContent.includes('SteemLogin'),
  );
  expect(rows).toHaveLength(50);
  expect(rows[0]?.textContent).toBe(
    'carol SteemLoginSign in again vault_key_missingNov 28, 2026, 12:05 PMNone'.replace(/ (?=PM)/, ' '),
  );
  expect(rows[1]?.textContent).toContain('account-0');
  expect(text(root)).toContain('and 951 more accounts');
});

it('asks the browser for all missing hosts in the press itself, and looks again', async () => {
  const host = { host: 'api.x.com', pattern: 'https://api.x.com/*', isTyped: false };
  const requestHosts = vi.fn(() => Promise.resolve(true));
  const { root, ports } = await open({ missingHosts: [host] }, {}, { requestHosts });
  expect(text(root)).toContain('api.x.com');
  button(root, 'Grant').click();
  // Not one turn later: browsers ask on a gesture only.
  expect(requestHosts).toHaveBeenCalledWith(['https://api.x.com/*']);
  await click(document.body);
  expect(ports.asked.filter(({ action }) => action === 'health.read')).toHaveLength(2);
});

it('says when the person did not allow it', async () => {
  const host = { host: 'api.x.com', pattern: 'https://api.x.com/*', isTyped: false };
  const { root } = await open({ missingHosts: [host] }, {}, { requestHosts: () => Promise.resolve(false) });
  await click(button(root, 'Grant'));
  expect(status(root)).toBe('Not granted. Nothing was changed.');
});

it('names a record that can’t be read; it can be copied, and is removed only when confirmed', async () => {
  const record = { store: 'accounts', key: '"damaged"', text: '{ "name": "bob" }' };
  const { root, ports } = await open(
    { setAside: [record], setAsideCount: 1 },
    { 'health.remove-record': () => ({}) },
  );
  expect(text(root)).toContain('1 record can’t be read');
  expect(text(root)).toContain('Accounts: "damaged"');
  await click(button(root, 'Copy'));
  expect(ports.copy).toHaveBeenCalledWith(record.text);
  await click(button(root, 'Remove it'));
  expect(ports.asked.map(({ action }) => action)).not.toContain('health.remove-record');
  await click(button(root, 'Confirm'));
  expect(ports.asked).toContainEqual({
    action: 'health.remove-record',
    input: { store: 'accounts', key: '"damaged"' },
  });
  // Told after all was looked at anew, until the person looks again.
  expect(status(root)).toBe('Removed.');
  await click(button(root, 'Check again'));
  expect(status(root)).toBe('');
});

it('copies exactly what it shows', async () => {
  const { root, ports } = await open();
  expect(root.querySelector('.report')?.textContent).toBe('the report, to the letter');
  await click(button(root, 'Copy report'));
  expect(ports.copy).toHaveBeenCalledWith('the report, to the letter');
});

it('tells what could not be looked at, and the rest all the same', async () => {
  const { root } = await open({ troubles: [{ code: 'vault_blocked', message: 'Close the other window.' }] });
  expect(alert(root)).toBe('Close the other window.');
  expect(text(root)).toContain('2 waiting');
});

it('does not say that every host can be reached where that could not be found out', async () => {
  const { root } = await open({
    missingHosts: undefined,
    troubles: [{ code: 'internal', message: 'The browser gave no answer.' }],
  });
  expect(alert(root)).toBe('The browser gave no answer.');
  expect(text(root)).toContain('It could not be found out which hosts Latchkey may reach.');
  expect(text(root)).not.toContain('every host that it needs');
  expect(hasButton(root, 'Grant')).toBe(false);
});

it('says why nothing could be looked at, and looks again when asked', async () => {
  const { root, ports } = await open({}, { 'health.read': () => refuse('internal') });
  expect(alert(root)).toBe('sentence of internal');
  expect(hasButton(root, 'Copy report')).toBe(false);
  await click(button(root, 'Check again'));
  expect(ports.asked).toHaveLength(2);
});

it('has no fault that axe-core finds, well or in trouble', async () => {
  const { root: well } = await open();
  expect(await findFaults(well)).toEqual([]);
  const { root: ill } = await open({
    troubles: [{ code: 'vault_blocked', message: 'Close the other window.' }],
    missingHosts: [{ host: 'api.x.com', pattern: 'https://api.x.com/*', isTyped: false }],
    setAside: ['"one"', '"two"'].map((key) => ({ store: 'accounts', key, text: '{}' })),
    setAsideCount: 2,
    accounts: [account, { ...account, name: 'carol', state: 'needs_sign_in', trouble: 'vault_key_missing' }],
  });
  expect(await findFaults(ill)).toEqual([]);
});
