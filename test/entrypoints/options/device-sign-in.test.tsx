// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import type { ServiceView } from '../../../lib/actions/registrations.ts';
import { Service } from '../../../entrypoints/options/sections/service.tsx';
import {
  alert,
  type Answers,
  button,
  click,
  createFakeViewPorts,
  hasButton,
  refuse,
  show,
} from '../../fakes/view.tsx';
import { steemLogin } from './service.ts';

const service: ServiceView = {
  ...steemLogin,
  provider: 'allegro',
  title: 'Allegro',
  guide: 'allegro',
  addresses: 'fixed',
  signInBy: 'code',
  isSetUp: true,
  clientId: 'key',
};
const now = Date.UTC(2026, 10, 21);
const wait = {
  state: 'waiting',
  userCode: 'cbt3zdu4g',
  page: 'https://allegro.pl/skojarz-aplikacje',
  pageWithCode: 'https://allegro.pl/skojarz-aplikacje?code=cbt3zdu4g',
  expiresAt: now + 3_599_000,
  pollAt: now + 5000,
} as const;

/** Sleeps go on for ever but those that a test ends. */
function createSleep() {
  const sleepers: { ms: number; wake: () => void }[] = [];
  const sleep = (ms: number) =>
    new Promise<void>((wake) => {
      sleepers.push({ ms, wake });
    });
  return { sleep, sleepers };
}

async function open(checks: (() => unknown)[], answers: Answers = {}) {
  const { sleep, sleepers } = createSleep();
  const copy = vi.fn(() => Promise.resolve());
  const ports = createFakeViewPorts(
    {
      'accounts.check-device': () => (checks.shift() ?? (() => ({ state: 'none' })))(),
      'accounts.begin-device': () => wait,
      'accounts.cancel-device': () => ({}),
      ...answers,
    },
    { sleep, copy, now: () => now },
  );
  const root = await show(<Service service={service} running={undefined} />, ports);
  /** Lets the pause before the next check be over. */
  const nextCheck = () =>
    click(
      Object.assign(document.createElement('i'), {
        onclick: () => sleepers.find(({ ms }) => ms === 5000)?.wake(),
      }),
    );
  return { root, ports, copy, nextCheck };
}

it('shows nothing before Sign in, then the code, its page and its time', async () => {
  const { root, ports, copy } = await open([() => ({ state: 'none' }), () => wait]);
  expect(root.querySelector('.device')).toBeNull();
  await click(button(root, 'Sign in'));
  expect(root.querySelector('.device code')?.textContent).toBe('cbt3zdu4g');
  expect(root.querySelector('.device a')?.getAttribute('href')).toBe(wait.pageWithCode);
  expect(root.querySelector('[role=timer]')?.textContent).toBe('Good for 59:59 more');
  expect(ports.asked.map(({ action }) => action)).not.toContain('accounts.sign-in');
  const card = root.querySelector('.device');
  if (card === null) throw new Error('no card');
  await click(button(card, 'Copy'));
  expect(copy).toHaveBeenCalledWith('cbt3zdu4g');
  await vi.waitFor(() => expect(root.querySelector('svg.qr-code path')).not.toBeNull());
});

it('goes on with a code from before the page opened, and says how it ended', async () => {
  const { root, nextCheck } = await open([
    () => wait,
    () => ({ state: 'signed_in', account: { name: 'bob' } }),
  ]);
  expect(root.querySelector('.device')).not.toBeNull();
  await nextCheck();
  expect(root.querySelector('.device')).toBeNull();
  expect([...root.querySelectorAll('[role=status]')].map((line) => line.textContent)).toContain(
    'Signed in as bob.',
  );
});

it('says when access was refused', async () => {
  const { root, nextCheck } = await open([() => wait, () => refuse('device_refused')]);
  await nextCheck();
  expect(alert(root)).toBe('sentence of device_refused');
  expect(root.querySelector('.device')).toBeNull();
});

it('says where to look when another worker got the answer', async () => {
  const { root, nextCheck } = await open([() => wait]);
  await nextCheck();
  expect(root.textContent).toContain('This sign-in has ended');
});

it('cancels', async () => {
  const { root, ports } = await open([() => wait]);
  await click(button(root, 'Cancel'));
  expect(ports.asked).toContainEqual({ action: 'accounts.cancel-device', input: { provider: 'allegro' } });
  expect(hasButton(root, 'Cancel')).toBe(false);
  expect(root.textContent).toContain('Cancelled. The code is forgotten.');
});
