// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import { SignInWaiting } from '../../../lib/ui/sign-in-waiting.tsx';
import { after, button, click, createFakeViewPorts, show } from '../../fakes/view.tsx';

const start = Date.UTC(2026, 10, 21);
const running = { provider: 'wechat', service: 'WeChat', endsAt: start + 300_000 };

it('counts down second by second, and cancels', async () => {
  let time = start;
  let wake: () => void = () => undefined;
  const ports = createFakeViewPorts(
    { 'accounts.cancel-sign-in': () => ({}) },
    { now: () => time, sleep: () => new Promise((resolve) => (wake = resolve)) },
  );
  const root = await show(<SignInWaiting running={running} />, ports);
  const timer = () => root.querySelector('[role=timer]')?.textContent;
  expect(timer()).toBe('5:00 left');
  await after(() => {
    time += 54_000;
    wake();
  });
  expect(timer()).toBe('4:06 left');
  await click(button(root, 'Cancel sign-in'));
  expect(ports.asked).toEqual([{ action: 'accounts.cancel-sign-in', input: {} }]);
});

it('has no countdown where there is no limit, and is not there where nothing runs', async () => {
  const sleep = vi.fn(() => Promise.resolve());
  const ports = createFakeViewPorts({}, { sleep });
  const unlimited = { provider: 'x', service: 'X' };
  const root = await show(<SignInWaiting running={unlimited} />, ports);
  expect(root.textContent).toContain('Waiting for X.');
  expect(root.querySelector('[role=timer]')).toBeNull();
  expect(sleep).not.toHaveBeenCalled();
  expect((await show(<SignInWaiting running={undefined} />, ports)).textContent).toBe('');
});
