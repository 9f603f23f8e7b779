// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { CustomLookups } from '../../../entrypoints/options/sections/custom-lookups.tsx';
import type { CustomLookupView } from '../../../lib/actions/custom-lookups.ts';
import {
  after,
  button,
  click,
  createFakeViewPorts,
  field,
  hasButton,
  refuse,
  show,
  status,
  type,
  type Answers,
} from '../../fakes/view.tsx';
import { findFaults } from '../../fakes/find-faults.ts';
import { steemLogin } from './service.ts';

const mine: CustomLookupView = {
  id: 'one',
  provider: 'steemlogin',
  name: 'Followers of',
  address: 'https://api.steemlogin.com/api/followers?of={person}',
  rows: 'data.items',
  params: [{ name: 'person', isRequired: false }],
};
const kept = {
  lookups: [mine],
  origins: ['https://api.steemlogin.com'],
  accounts: [{ id: 'a', name: 'bob' }],
};

async function open(answers: Answers = {}, service: Partial<typeof steemLogin> = {}) {
  const ports = createFakeViewPorts({
    'custom-lookups.list': () => kept,
    'custom-lookups.save': ({ name }) => ({ lookup: { ...mine, name } }),
    'custom-lookups.remove': () => ({}),
    ...answers,
  });
  const root = await show(<CustomLookups service={{ ...steemLogin, isSetUp: true, ...service }} />, ports);
  const details = root.querySelector('details');
  if (details === null) throw new Error('No part to open.');
  await after(() => {
    details.open = true;
    details.dispatchEvent(new Event('toggle'));
  });
  const asked = (action: string) => ports.asked.filter((question) => question.action === action);
  return { root, ports, asked };
}

it('asks nothing before it is opened, and needs the service to be set up', async () => {
  const ports = createFakeViewPorts({});
  await show(<CustomLookups service={steemLogin} />, ports);
  expect(ports.asked).toEqual([]);
  const { root, asked } = await open({}, { isSetUp: false });
  expect(root.textContent).toContain('Save the service above first.');
  expect(asked('custom-lookups.list')).toEqual([]);
});

it('writes a new one', async () => {
  const { root, asked } = await open();
  await click(button(root, 'New look-up'));
  expect(document.activeElement).toBe(field(root, 'Name of the look-up'));
  await type(field(root, 'Name of the look-up'), 'Mine');
  await type(field(root, 'Address to read'), '/api/me');
  await click(button(root, 'Save look-up'));
  expect(asked('custom-lookups.save')).toEqual([
    {
      action: 'custom-lookups.save',
      input: { provider: 'steemlogin', name: 'Mine', address: '/api/me', rows: '' },
    },
  ]);
  expect(status(root)).toBe('Mine is saved. It stands in Look up now.');
  expect(root.querySelector('form')).toBeNull();
  expect(document.activeElement).toBe(button(root, 'New look-up'));
});

it('says at its field what can’t be, and loses nothing', async () => {
  const { root } = await open({
    'custom-lookups.save': () => refuse('lookup_leaves_origin', { field: 'address' }),
  });
  await click(button(root, 'New look-up'));
  await type(field(root, 'Address to read'), 'https://evil.example/');
  await click(button(root, 'Save look-up'));
  const address = field(root, 'Address to read');
  expect(address.getAttribute('aria-invalid')).toBe('true');
  expect(address).toHaveProperty('value', 'https://evil.example/');
  expect(document.activeElement).toBe(address);
  expect(root.querySelectorAll('[role=alert]')).toHaveLength(1);
});

it('edits, duplicates and removes', async () => {
  const { root, asked } = await open();
  await click(button(root, 'Edit'));
  expect(field(root, 'Path to the rows')).toHaveProperty('value', 'data.items');
  await click(button(root, 'Save look-up'));
  expect(asked('custom-lookups.save').at(-1)?.input).toMatchObject({ id: 'one', name: 'Followers of' });
  await click(button(root, 'Duplicate'));
  await click(button(root, 'Save look-up'));
  const copy = asked('custom-lookups.save').at(-1)?.input;
  expect(copy).toMatchObject({ name: 'Followers of (copy)', address: mine.address });
  expect(copy).not.toHaveProperty('id');
  await click(button(root, 'Remove'));
  expect(asked('custom-lookups.remove')).toEqual([]);
  await click(button(root, 'Confirm'));
  expect(asked('custom-lookups.remove')).toMatchObject([{ input: { id: 'one' } }]);
  expect(status(root)).toBe('Followers of is removed.');
});

it('tries what is written, with values for its fields', async () => {
  const { root, asked } = await open({
    'custom-lookups.try': () => ({
      columns: [{ id: 'name', title: 'name', kind: 'text' }],
      rows: Array.from({ length: 7 }, (_, at) => ({ name: `person ${at}` })),
    }),
  });
  await click(button(root, 'Edit'));
  await type(field(root, 'person (to try with)'), 'ada');
  await click(button(root, 'Try it'));
  expect(asked('custom-lookups.try')).toMatchObject([
    { input: { account: 'a', address: mine.address, rows: 'data.items', params: { person: 'ada' } } },
  ]);
  expect([...root.querySelectorAll('tbody tr')].map(({ textContent }) => textContent)).toEqual([
    'person 0',
    'person 1',
    'person 2',
    'person 3',
    'person 4',
  ]);
  expect([...root.querySelectorAll('[role=status]')].map(({ textContent }) => textContent)).toContain(
    '7 rows',
  );
  expect(await findFaults(root)).toEqual([]);
});

it('can’t be tried without an account', async () => {
  const { root } = await open({ 'custom-lookups.list': () => ({ ...kept, accounts: [] }) });
  await click(button(root, 'New look-up'));
  expect(root.textContent).toContain('Sign in to try it.');
  expect(hasButton(root, 'Try it')).toBe(false);
});
