// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import { BackupSection } from '../../../entrypoints/options/sections/backup.tsx';
import type { BackupOffer, BackupPreview } from '../../../lib/actions/backup.ts';
import { largestFile } from '../../../lib/backup/limits.ts';
import {
  after,
  alert,
  type Answers,
  button,
  click,
  createFakeViewPorts,
  field,
  hasButton,
  refuse,
  show,
  type,
} from '../../fakes/view.tsx';
import { findFaults } from '../../fakes/find-faults.ts';

const offer: BackupOffer = {
  services: 3,
  secrets: 2,
  accounts: 4,
  lookups: 1,
  people: 0,
  journal: 12,
  signIns: 2,
  left: [
    { name: 'bob_on_x', service: 'X', reason: 'rotating' },
    { name: 'bob', service: 'HiveSigner', reason: 'short' },
  ],
};
const kind = (
  name: BackupPreview['kinds'][number]['kind'],
  counts: Partial<BackupPreview['kinds'][number]>,
) => ({
  kind: name,
  ...{ added: 0, same: 0, different: 0, refused: 0, items: [], refusals: [] },
  ...counts,
});
const preview: BackupPreview = {
  madeAt: Date.UTC(2026, 10, 21, 12),
  kinds: [
    kind('services', {
      different: 2,
      items: [
        {
          key: 'steemlogin',
          label: 'SteemLogin',
          differences: [{ title: 'Client ID', mine: 'mine.app', theirs: 'saved.app' }],
          ends: 2,
          misses: 1,
        },
        { key: 'x', label: 'X', differences: [{ title: 'Client ID', mine: undefined, theirs: 'abc' }] },
      ],
    }),
    kind('accounts', { added: 2, same: 1 }),
    kind('lookups', { refused: 1, refusals: ['Tweets'] }),
    kind('journal', { same: 4 }),
  ],
  elsewhere: ['HiveSigner: https://own.example'],
  unsigned: 1,
  hosts: [],
};
const restored = {
  kinds: [
    { kind: 'services', added: 0, changed: 1 },
    { kind: 'accounts', added: 2, changed: 0 },
  ],
  unsigned: 1,
  ended: 2,
};

async function open(answers: Answers = {}, overrides = {}) {
  const ports = createFakeViewPorts(
    {
      'lock.state': () => ({ state: 'none', minutes: 0 }),
      'backup.offer': () => offer,
      'backup.make': () => ({ name: 'latchkey-backup-2026-11-21.json', text: 'sealed' }),
      'backup.read': () => preview,
      'backup.restore': () => restored,
      'backup.close': () => ({}),
      ...answers,
    },
    overrides,
  );
  const root = await show(<BackupSection />, ports);
  const asked = (action: string) =>
    ports.asked.filter((question) => question.action === action).map(({ input }) => input);
  return { root, ports, asked };
}

/** Chooses a file, as a person does. */
async function choose(root: Element, file: File) {
  const input = field(root, 'Backup file');
  Object.defineProperty(input, 'files', { value: [file], configurable: true });
  await after(() => void input.dispatchEvent(new Event('change', { bubbles: true })));
}
const file = () => new File(['the sealed text'], 'latchkey-backup.json');

async function openBackup(root: Element) {
  await choose(root, file());
  await type(field(root, 'Its passphrase'), 'long enough');
  await click(button(root, 'Open backup'));
}
const statuses = (root: Element) =>
  [...root.querySelectorAll('[role=status]')].map(({ textContent }) => textContent).join('');

it('says what goes in, what is left out, and why', async () => {
  const { root } = await open();
  expect(root.textContent).toContain('App registrations 3');
  expect(field(root, 'Client secrets (2)')).toHaveProperty('checked', true);
  expect(field(root, 'Sign-ins that can be copied (2)')).toHaveProperty('checked', true);
  expect(field(root, 'Sign-ins that only one browser can use (1)')).toHaveProperty('checked', false);
  expect(root.textContent).toContain('bob_on_x (X): each renewal replaces the refresh token');
  expect(root.textContent).toContain('Not in a backup: bob (HiveSigner).');
  expect(root.textContent).toContain('Votes and tweets that still wait are never in a backup');
  expect(await findFaults(root)).toEqual([]);
});

it('saves a backup as chosen, and keeps no passphrase', async () => {
  const { root, ports, asked } = await open();
  await click(field(root, 'Sign-ins that only one browser can use (1)'));
  await click(field(root, 'Activity (12)'));
  await type(field(root, 'Passphrase of the backup'), 'long enough');
  await type(field(root, 'The same again'), 'long enough');
  await click(button(root, 'Save backup'));
  expect(asked('backup.make')).toEqual([
    { passphrase: 'long enough', secrets: true, signIns: true, rotating: true, journal: false },
  ]);
  expect(ports.saveFile).toHaveBeenCalledWith('latchkey-backup-2026-11-21.json', 'sealed');
  expect(statuses(root)).toContain('Saved latchkey-backup-2026-11-21.json.');
  expect(field(root, 'Passphrase of the backup')).toHaveProperty('value', '');
  expect(field(root, 'The same again')).toHaveProperty('value', '');
  expect(root.innerHTML).not.toContain('long enough');
});

it('makes none of two different passphrases, or of one that is too short', async () => {
  const { root, asked } = await open({
    'backup.make': () => refuse('passphrase_too_short', { field: 'passphrase' }),
  });
  await type(field(root, 'Passphrase of the backup'), 'short');
  await click(button(root, 'Save backup'));
  expect(alert(root)).toBe('The two are not the same.');
  expect(asked('backup.make')).toEqual([]);
  await type(field(root, 'The same again'), 'short');
  await click(button(root, 'Save backup'));
  expect(alert(root)).toBe('sentence of passphrase_too_short');
  expect(document.activeElement).toBe(field(root, 'Passphrase of the backup'));
});

it('makes and opens nothing while Latchkey is locked', async () => {
  const { root, asked } = await open({ 'lock.state': () => ({ state: 'locked', minutes: 0 }) });
  expect(root.textContent).toContain('Unlock Latchkey above');
  expect(root.querySelector('form')).toBeNull();
  expect(asked('backup.offer')).toEqual([]);
});

it('asks for a file, says what is wrong with it, and opens it', async () => {
  const { root, asked } = await open({
    'backup.read': ({ passphrase }) =>
      passphrase === 'long enough' ? preview : refuse('wrong_passphrase', { field: 'passphrase' }),
  });
  await click(button(root, 'Open backup'));
  expect(alert(root)).toBe('Choose the file of the backup.');
  const large = new File([''], 'large.json');
  Object.defineProperty(large, 'size', { value: largestFile + 1 });
  await choose(root, large);
  await click(button(root, 'Open backup'));
  expect(alert(root)).toContain('the limit is 20 MB');
  expect(asked('backup.read')).toEqual([]);
  await choose(root, file());
  await type(field(root, 'Its passphrase'), 'not the one');
  await click(button(root, 'Open backup'));
  expect(alert(root)).toBe('sentence of wrong_passphrase');
  await openBackup(root);
  expect(asked('backup.read').at(-1)).toEqual({ file: 'the sealed text', passphrase: 'long enough' });
  expect(root.innerHTML).not.toContain('long enough');
  expect(root.querySelector('input[type=password][autocomplete=current-password]')).toBeNull();
});

it('compares the backup with what is here, kind by kind', async () => {
  const { root } = await open();
  await openBackup(root);
  const rows = [...root.querySelectorAll('table tr')].map(({ children }) =>
    [...children].map(({ textContent }) => textContent),
  );
  expect(rows).toEqual([
    ['Restore', 'New', 'The same', 'Different'],
    ['App registrations', '0', '0', '2'],
    ['Accounts', '2', '1', '0'],
    ['Activity', '0', '4', '0'],
  ]);
  expect(root.textContent).toContain('Client ID: mine.app here, saved.app in the backup');
  expect(root.textContent).toContain('at addresses of their own: HiveSigner: https://own.example.');
  expect(root.textContent).toContain('If it is taken, 2 accounts here have to sign in again');
  expect(root.textContent).toContain('If it is not taken, 1 account of the backup has to sign in');
  expect(root.textContent).toContain('Client ID: nothing here, abc in the backup');
  expect(root.textContent).toContain('1 account comes without its sign-in.');
  expect(root.textContent).toContain('belong to somebody else here: Tweets.');
  expect(document.activeElement?.textContent).toContain('Made on Nov 21, 2026');
  expect(await findFaults(root)).toEqual([]);
});

it('restores with mine kept, unless chosen otherwise', async () => {
  const { root, asked } = await open();
  await openBackup(root);
  await click(button(root, 'Restore'));
  expect(asked('backup.restore')).toEqual([{ file: 'the sealed text', leaveOut: [], take: [] }]);
  expect(statuses(root)).toContain('Restored: 2 new, 1 replaced.');
  expect(statuses(root)).toContain('2 accounts that were here have to sign in again');
  expect(root.querySelector('a[href="#accounts"]')).not.toBeNull();
  expect(asked('backup.close')).toHaveLength(1);
  expect(hasButton(root, 'Open backup')).toBe(false);
  await click(button(root, 'Open another backup'));
  expect(hasButton(root, 'Open backup')).toBe(true);
  expect(statuses(root)).toBe('');
});

it('takes the backup’s where the person says so: all of a kind, or one by one', async () => {
  const { root, asked } = await open();
  await openBackup(root);
  await type(field(root, 'Which one stays'), 'theirs');
  await click(field(root, 'Accounts'));
  await click(button(root, 'Restore'));
  await click(button(root, 'Open another backup'));
  await openBackup(root);
  await type(field(root, 'Which one stays'), 'each');
  await click(field(root, 'Take X of the backup'));
  await click(field(root, 'Take SteemLogin of the backup'));
  await click(field(root, 'Take X of the backup'));
  await click(button(root, 'Restore'));
  expect(asked('backup.restore')).toMatchObject([
    { leaveOut: ['accounts'], take: ['services'] },
    { leaveOut: [], take: ['services:steemlogin'] },
  ]);
});

it('asks the browser for new hosts on the click, and restores even where the answer is no', async () => {
  const requestHosts = vi.fn(() => Promise.resolve(false));
  const hosts = ['https://id.example/*'];
  const { root, asked } = await open({ 'backup.read': () => ({ ...preview, hosts }) }, { requestHosts });
  await openBackup(root);
  await click(button(root, 'Restore'));
  expect(requestHosts).toHaveBeenCalledWith(hosts);
  expect(asked('backup.restore')).toHaveLength(1);
});

it('forgets the backup on Cancel, and when the page is left', async () => {
  const { root, asked } = await open();
  await openBackup(root);
  await click(button(root, 'Cancel'));
  expect(asked('backup.close')).toHaveLength(1);
  expect(hasButton(root, 'Open backup')).toBe(true);
});

it('says so where there is nothing to restore', async () => {
  const same = { ...preview, kinds: [kind('accounts', { same: 2 })], unsigned: 0 };
  const { root } = await open({ 'backup.read': () => same });
  await openBackup(root);
  expect(root.textContent).toContain('Everything in this backup is here already.');
  expect(hasButton(root, 'Restore')).toBe(false);
  expect(field(root, 'Accounts')).toHaveProperty('disabled', true);
});

it('says what went wrong with a restore, and leaves the choices as they were', async () => {
  const { root } = await open({ 'backup.restore': () => refuse('vault_broken') });
  await openBackup(root);
  await type(field(root, 'Which one stays'), 'theirs');
  await click(button(root, 'Restore'));
  expect(alert(root)).toBe('sentence of vault_broken');
  expect(field(root, 'Which one stays')).toHaveProperty('value', 'theirs');
});
