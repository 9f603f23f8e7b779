// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import { Accounts } from '../../../lib/ui/accounts.tsx';
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

const until = new Date(2026, 10, 28, 12, 5).getTime();
const account = {
  id: 'b',
  provider: 'steemlogin',
  service: 'SteemLogin',
  chain: 'steem',
  name: 'bob',
  health: { state: 'fresh', until },
  actsFor: 'vote',
  defaultFor: ['vote'],
};
const open = async (accounts: unknown[], answers: Answers = {}) => {
  const ports = createFakeViewPorts({
    'accounts.list': () => ({ accounts }),
    'services.list': () => ({
      services: [
        { provider: 'steemlogin', title: 'SteemLogin', isSetUp: true },
        { provider: 'hivesigner', title: 'HiveSigner', isSetUp: false },
      ],
    }),
    ...answers,
  });
  const onSetUp = vi.fn();
  return { ports, onSetUp, root: await show(<Accounts onSetUp={onSetUp} />, ports) };
};

it.each([
  [{ state: 'fresh', until }, /^Fresh until Nov 28, 2026, 12:05\sPM$/, ['Refresh now', 'Sign out']],
  [{ state: 'refreshing' }, /^Refreshing$/, ['Sign out']],
  [
    { state: 'try_later', at: until, message: 'Why.' },
    /^Try later: .*12:05\sPM\. Why\.$/,
    ['Refresh now', 'Sign out'],
  ],
  [{ state: 'needs_sign_in', message: 'Why.' }, /^Sign in again\. Why\.$/, ['Sign in again', 'Sign out']],
  [{ state: 'ends', until }, /^Ends Nov 28, .*, can’t be renewed here$/, ['Refresh now', 'Sign out']],
])('tells how an account is doing and what can be done: %o', async (health, words, names) => {
  const { root } = await open([{ ...account, health }]);
  expect(root.querySelector('.health')?.textContent).toMatch(words);
  expect([...root.querySelectorAll('li button')].map(({ textContent }) => textContent)).toEqual(names);
});

it('signs out only when confirmed, and says where the right is really taken away', async () => {
  const page = 'https://hivesigner.com/authorized-apps';
  const { root, ports } = await open([account], {
    'accounts.sign-out': () => ({ revoked: false, revokePage: page }),
  });
  await click(button(root, 'Sign out'));
  expect(ports.asked.some(({ action }) => action === 'accounts.sign-out')).toBe(false);
  expect(document.activeElement?.textContent).toBe('Cancel');
  await click(button(root, 'Confirm'));
  expect(status(root)).toContain('SteemLogin does not revoke tokens.');
  expect(root.querySelector('[role=status] a')?.getAttribute('href')).toBe(page);
});

it('says so where there was no token to revoke', async () => {
  const { root } = await open([account], { 'accounts.sign-out': () => ({ wasEmpty: true, revoked: false }) });
  await click(button(root, 'Sign out'));
  await click(button(root, 'Confirm'));
  expect(status(root)).toContain('It had no tokens in this browser, so none was revoked.');
});

it('signs the very account in again', async () => {
  const health = { state: 'needs_sign_in', message: 'Why.' };
  const { root, ports } = await open([{ ...account, health }], { 'accounts.sign-in': () => ({ account }) });
  await click(button(root, 'Sign in again'));
  expect(ports.asked.find(({ action }) => action === 'accounts.sign-in')?.input).toEqual({
    provider: 'steemlogin',
    account: 'b',
  });
  expect(status(root)).toBe('Signed in as bob.');
});

it('adds an account of a service that is set up, and tells why not', async () => {
  const { root } = await open([], { 'accounts.sign-in': () => refuse('cancelled') });
  expect(hasButton(root, 'Add account: HiveSigner')).toBe(false);
  await click(button(root, 'Add account: SteemLogin'));
  expect(alert(root)).toBe('sentence of cancelled');
});

it('leads to the set-up where there is no account', async () => {
  const { root, onSetUp } = await open([]);
  expect(root.textContent).toContain('No account connected');
  await click(button(root, 'Set up a service'));
  expect(onSetUp).toHaveBeenCalled();
});

it('lets the person choose who votes first, where there is a choice', async () => {
  const carol = { ...account, id: 'c', name: 'carol', defaultFor: [] };
  const { root, ports } = await open([account, carol], { 'accounts.set-default': () => ({}) });
  expect(root.querySelector('li .chip')?.textContent).toBe('Taken first');
  await click(button(root, 'Take this one first'));
  expect(ports.asked.find(({ action }) => action === 'accounts.set-default')?.input).toEqual({
    account: 'c',
    action: 'vote',
  });
});

it('offers no choice between accounts that are for different things', async () => {
  const onHive = { ...account, id: 'h', chain: 'hive' };
  const onX = { ...account, id: 'x', chain: undefined, actsFor: 'tweet', defaultFor: ['tweet'] };
  const { root } = await open([account, onHive, onX]);
  expect(root.querySelectorAll('li')).toHaveLength(3);
  expect(root.querySelector('li .chip')).toBeNull();
});

it('looks again when the accounts changed elsewhere', async () => {
  const accounts: unknown[] = [];
  const { root, ports } = await open(accounts);
  accounts.push(account);
  await after(() => ports.announce('accounts'));
  expect(root.querySelectorAll('li')).toHaveLength(1);
});

it('finds one among a thousand, and shows a page of them at a time', async () => {
  const many = Array.from({ length: 1000 }, (_, index) => ({
    ...account,
    id: `id-${index}`,
    name: `person-${index}`,
  }));
  const { root } = await open(many);
  const rows = () => root.querySelectorAll('ul.rows > li').length;
  expect(rows()).toBe(20);
  await click(button(root, 'Show 980 more'));
  expect(rows()).toBe(40);
  await type(field(root, 'Find an account'), 'PERSON-77');
  expect(rows()).toBe(11);
  expect(root.textContent).toContain('11 accounts');
  await type(field(root, 'Find an account'), 'nobody');
  expect(rows()).toBe(0);
});

it('says once that the vault’s key is gone, whatever the number of accounts', async () => {
  const health = { state: 'needs_sign_in', message: 'Why.', isKeyMissing: true };
  const { root } = await open([
    { ...account, health },
    { ...account, id: 'c', name: 'carol', health },
  ]);
  expect(root.textContent.match(/Nothing was deleted/g)).toHaveLength(1);
  expect(root.textContent).not.toContain('Why.');
  expect(root.querySelectorAll('li .health.bad')).toHaveLength(2);
});
