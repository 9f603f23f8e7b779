// @vitest-environment happy-dom
import { beforeEach, expect, it } from 'vitest';
import { App } from '../../../entrypoints/options/app.tsx';
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

beforeEach(() => {
  location.hash = 'security';
});

/** Options > Security over a vault in this state, which the passphrase `right` opens. */
async function open(first: 'open' | 'unlocked' | 'locked', answers: Answers = {}) {
  let state = first;
  const become = (next: typeof state) => {
    state = next;
    ports.announce('lock');
    return {};
  };
  const check = (passphrase: string) => {
    if (passphrase !== 'right') refuse('wrong_passphrase', { field: 'passphrase' });
  };
  const ports = createFakeViewPorts({
    'lock.state': () => ({ state, minutes: 0 }),
    'lock.set': () => become('unlocked'),
    'lock.remove': ({ passphrase }) => {
      check(passphrase);
      return become('open');
    },
    'lock.now': () => become('locked'),
    'lock.unlock': ({ passphrase }) => {
      check(passphrase);
      return become('unlocked');
    },
    ...answers,
  });
  return { ports, root: await show(<App />, ports) };
}

const said = (root: Element) =>
  [...root.querySelectorAll('[role=status]')].map(({ textContent }) => textContent).join('');

it('says that the passphrase is set or gone, and keeps neither in its fields', async () => {
  const { root } = await open('open');
  await type(field(root, 'New passphrase'), 'right');
  await type(field(root, 'The same again'), 'right');
  const save = button(root, 'Set passphrase');
  save.focus();
  await click(save);
  expect(said(root)).toBe('The passphrase is set.');
  expect(document.activeElement?.textContent).toBe('Change passphrase');

  await type(field(root, 'Current passphrase'), 'right');
  await click(button(root, 'Take the passphrase away'));
  expect(said(root)).toBe('There is no passphrase any more.');
  expect(hasButton(root, 'Set passphrase')).toBe(true);
  expect([...root.querySelectorAll('input')].map(({ value }) => value)).toEqual(['', '']);
});

it('asks for the passphrase at once, also where the address names a section, and then goes on there', async () => {
  const { root } = await open('unlocked');
  await click(button(root, 'Lock now'));
  const input = field(root, 'Passphrase') as HTMLInputElement;
  expect(document.activeElement).toBe(input);
  await type(input, 'wrong');
  await click(button(root, 'Unlock'));
  expect(alert(root)).toBe('sentence of wrong_passphrase');
  expect(document.activeElement).toBe(input);
  await type(input, 'right');
  await click(button(root, 'Unlock'));
  expect(hasButton(root, 'Unlock')).toBe(false);
  expect(document.activeElement).toBe(root.querySelector('#section-title'));
});

it('takes the focus from the heading on which an address opens', async () => {
  const { root } = await open('locked');
  expect(document.activeElement).toBe(field(root, 'Passphrase'));
});

it.each(['open', 'unlocked', 'locked'] as const)(
  'has no fault that axe-core finds while %s',
  async (state) => {
    const { root } = await open(state);
    await after(() => undefined);
    expect(await findFaults(root)).toEqual([]);
  },
);
