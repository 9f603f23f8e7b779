// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import { createLookupForm } from '../../../entrypoints/popup/lookup-form.ts';
import { LookUpView } from '../../../entrypoints/popup/views/look-up.tsx';
import type { LookupResult } from '../../../lib/actions/lookup.ts';
import {
  after,
  alert,
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
import { changes, firstPage, lastPage, offers } from './lookup-offers.ts';

async function open(answers: Answers = {}, isInTab = false) {
  const ports = createFakeViewPorts({
    'lookup.list': () => offers,
    'lookup.run': ({ next }) => (next === undefined ? firstPage : lastPage),
    'draft.read': () => ({}),
    'draft.save': () => ({}),
    ...answers,
  });
  const form = createLookupForm(ports);
  return { ports, root: await show(<LookUpView form={form} isInTab={isInTab} />, ports) };
}

const lookUp = (root: Element) => click(button(root, 'Look up'));
const column = (root: Element, index: number) =>
  [...root.querySelectorAll('tbody tr')].map((row) => row.children[index]?.textContent);
const orders = (root: Element) => [...root.querySelectorAll('th')].map((th) => th.getAttribute('aria-sort'));

it('draws the form from the params and names the price before anything is asked', async () => {
  const { root, ports } = await open();
  expect(field(root, 'Account').textContent).toBe('ada · Xgrace · X');
  expect(field(root, 'What').textContent).toBe('TimelineFollowersA person');
  expect(field(root, 'How many')).toMatchObject({ value: '10', inputMode: 'decimal' });
  expect(root.textContent).toContain('About $0.005 a row');
  expect(ports.asked.some(({ action }) => action === 'lookup.run')).toBe(false);
  await type(field(root, 'What'), 'user');
  expect(field(root, 'User')).toMatchObject({ required: true });
  expect(root.textContent).not.toContain('a row');
});

it('draws the table from the answer, as people of the language write it', async () => {
  const { root } = await open();
  await lookUp(root);
  expect([...root.querySelectorAll('th')].map(({ textContent }) => textContent)).toEqual([
    'Text',
    'Posted',
    'Likes',
    'Link',
  ]);
  expect(column(root, 2)).toEqual(['5', '1,200', '']);
  const [time] = root.querySelectorAll('time');
  expect(time?.dateTime).toBe('2026-11-21T12:00:00.000Z');
  expect(time?.textContent).toMatch(/^Nov 2\d, 2026/);
  expect(status(root)).toMatch(/^3 rows · 14 more until \d+:\d\d/);
});

it('links https only, in a tab of its own', async () => {
  const { root } = await open();
  await lookUp(root);
  const links = [...root.querySelectorAll('td a')];
  expect(links.map((link) => [link.getAttribute('href'), link.getAttribute('target')])).toEqual([
    ['https://x.com/i/web/status/1', '_blank'],
  ]);
  expect(column(root, 3)).toEqual(['x.com/i/web/status/1', 'javascript:alert(1)', '']);
});

it('sorts by a button in each head and says how', async () => {
  const { root } = await open();
  await lookUp(root);
  expect(orders(root)).toEqual(['none', 'none', 'none', 'none']);
  await click(button(root, 'Likes'));
  expect(column(root, 0)).toEqual(['=Äpfel', 'zebra', 'birch']);
  expect(orders(root)).toEqual(['none', 'none', 'descending', 'none']);
  await click(button(root, 'Likes'));
  expect(orders(root)[2]).toBe('ascending');
  await click(button(root, 'Likes'));
  expect(column(root, 0)).toEqual(['zebra', '=Äpfel', 'birch']);
});

it('adds the next page, and gives the focus to the table when there is none left', async () => {
  const { root } = await open();
  await lookUp(root);
  button(root, 'More').focus();
  await click(button(root, 'More'));
  expect(column(root, 0)).toEqual(['zebra', '=Äpfel', 'birch', 'acorn']);
  expect(hasButton(root, 'More')).toBe(false);
  expect(status(root)).toBe('4 rows');
  expect(document.activeElement).toBe(root.querySelector('[role=region]'));
});

it('says that it is busy, and Cancel ends that', async () => {
  const late = Promise.withResolvers<LookupResult>();
  const { root } = await open({ 'lookup.run': () => late.promise });
  await lookUp(root);
  expect(status(root)).toBe('Looking up…');
  expect(button(root, 'Look up').getAttribute('aria-disabled')).toBe('true');
  await click(button(root, 'Cancel'));
  expect(status(root)).toContain('Cancelled.');
  await after(() => late.resolve(firstPage));
  expect(root.querySelector('table')).toBeNull();
});

it('draws each kind of param as its own control', async () => {
  const { root } = await open({ 'lookup.list': () => changes });
  expect(field(root, 'Password')).toMatchObject({ type: 'password', autocomplete: 'new-password' });
  await type(field(root, 'What'), 'remove');
  expect(field(root, 'Note').tagName).toBe('TEXTAREA');
  expect(field(root, 'Role').textContent).toBe('GuestAdmin');
  expect(field(root, 'Role')).toMatchObject({ value: 'guest' });
});

it('keeps changes apart, and asks once more before it sends one', async () => {
  const { root, ports } = await open({
    'lookup.list': () => changes,
    'lookup.run': () => ({ columns: [], rows: [] }),
  });
  const group = root.querySelector('optgroup');
  expect([group?.label, group?.textContent]).toEqual(['Change', 'Rename meDelete a person']);
  await type(field(root, 'What'), 'remove');
  await type(field(root, 'Role'), 'admin');
  await click(button(root, 'Delete a person'));
  expect(root.querySelector('.confirm.danger p')?.textContent).toBe(
    'Delete a person as ada? What Authing deletes can’t be brought back from here.',
  );
  expect(document.activeElement).toBe(button(root, 'Cancel'));
  // The second half of a double click.
  await after(() => button(root, 'Confirm').dispatchEvent(new MouseEvent('click', { detail: 2 })));
  expect(ports.asked.some(({ action }) => action === 'lookup.run')).toBe(false);
  await click(button(root, 'Confirm'));
  expect(ports.asked.filter(({ action }) => action === 'lookup.run')).toMatchObject([
    { input: { lookup: 'remove', params: { note: '', role: 'admin' } } },
  ]);
  expect(status(root)).toBe('Done: Delete a person');
  expect(document.activeElement).toBe(button(root, 'Delete a person'));
  expect(root.querySelector('.answer')).toBeNull();
});

it('marks what the person wrote, and names its file by its title', async () => {
  const [account] = offers.accounts;
  const own = { id: 'custom:1', title: 'Wer folgt/wem?', isOwn: true, params: [] };
  const { root, ports } = await open({
    'lookup.list': () => ({ accounts: [{ ...account, lookups: [own] }] }),
  });
  expect(root.querySelector('optgroup')?.label).toBe('My own');
  await lookUp(root);
  await click(button(root, 'Save as CSV'));
  expect(vi.mocked(ports.saveFile).mock.calls[0]?.[0]).toBe('latchkey-Wer-folgt-wem-2026-11-21.csv');
});

it('gives the focus back when a change is not wanted after all', async () => {
  const { root } = await open({ 'lookup.list': () => changes });
  await type(field(root, 'Name'), 'Ada');
  await type(field(root, 'Password'), 'hunter2');
  await click(button(root, 'Rename me'));
  expect(root.querySelector('.confirm')?.classList.contains('danger')).toBe(false);
  expect(field(root, 'Name')).toHaveProperty('readOnly', true);
  await click(button(root, 'Cancel'));
  expect(root.querySelector('.confirm')).toBeNull();
  expect(document.activeElement).toBe(button(root, 'Rename me'));
});

it('says so when nothing was found', async () => {
  const { root } = await open({ 'lookup.run': () => ({ columns: firstPage.columns, rows: [] }) });
  await lookUp(root);
  expect(status(root)).toBe('Nothing found.');
  expect(root.querySelector('table')).toBeNull();
  expect(hasButton(root, 'Save as CSV')).toBe(false);
});

it('shows an error at the param it belongs to, and any other as an alert with its Details', async () => {
  const { root } = await open({
    'lookup.run': ({ params }) =>
      params['user'] === undefined
        ? refuse('x_refused', { details: 'raw text' })
        : refuse('bad_user_name', { field: 'user' }),
  });
  await lookUp(root);
  expect(alert(root)).toBe('sentence of x_refused');
  expect(root.querySelector('details pre')?.textContent).toBe('raw text');
  await type(field(root, 'What'), 'user');
  await type(field(root, 'User'), 'no such');
  await lookUp(root);
  expect(field(root, 'User').getAttribute('aria-invalid')).toBe('true');
  expect(document.activeElement).toBe(field(root, 'User'));
  expect(root.querySelectorAll('[role=alert]')).toHaveLength(1);
  expect(field(root, 'User')).toHaveProperty('value', 'no such');
});

it('offers to allow what a look-up needs', async () => {
  const allowed = { ...offers, accounts: offers.accounts.slice(1) };
  let list = offers;
  const { root, ports } = await open({
    'lookup.list': () => list,
    'accounts.list': () => ({ accounts: [{ id: 'a', provider: 'x' }] }),
    'accounts.sign-in': () => {
      const [first, ...others] = offers.accounts;
      const lookups = first?.lookups.map(({ missing: _, ...lookup }) => lookup) ?? [];
      list = { ...allowed, accounts: [{ id: 'a', name: 'ada', service: 'X', lookups }, ...others] };
      return { account: {} };
    },
  });
  await type(field(root, 'What'), 'followers');
  expect(root.querySelector('.notice')?.textContent).toContain('a right that ada has not given yet');
  expect(button(root, 'Look up').getAttribute('aria-disabled')).toBe('true');
  await click(button(root, 'Allow'));
  expect(ports.asked).toContainEqual({
    action: 'accounts.sign-in',
    input: { provider: 'x', account: 'a', allow: ['follows'] },
  });
  expect(root.querySelector('.notice')).toBeNull();
  expect(field(root, 'What')).toHaveProperty('value', 'followers');
});

it('is calm where no account offers look-ups, and opens again where the list failed', async () => {
  const none = await open({ 'lookup.list': () => ({ accounts: offers.accounts.slice(2) }) });
  expect(none.root.textContent).toContain('Nothing to look up yet');
  await click(button(none.root, 'Set up a service'));
  expect(none.ports.openOptions).toHaveBeenCalled();
  let isBroken = true;
  const { root } = await open({ 'lookup.list': () => (isBroken ? refuse('vault_blocked') : offers) });
  expect(alert(root)).toBe('sentence of vault_blocked');
  isBroken = false;
  await click(button(root, 'Try again'));
  expect(field(root, 'What')).toHaveProperty('value', 'timeline');
});

it('leads to a tab of its own, but not from there', async () => {
  const { root, ports } = await open();
  await click(button(root, 'Open in a tab'));
  expect(ports.openLookUp).toHaveBeenCalledOnce();
  expect(hasButton((await open({}, true)).root, 'Open in a tab')).toBe(false);
});

it('has no fault that axe-core finds, before and after', async () => {
  const { root } = await open();
  await lookUp(root);
  await click(button(root, 'Likes'));
  // Colours need a browser that paints.
  expect(await findFaults(root)).toEqual([]);
});
