// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { useLazyTabs } from '../../../entrypoints/popup/use-lazy-tabs.ts';
// At hand, so that no test waits for a file.
import '../../../entrypoints/popup/tabs/accounts-tab.tsx';
import '../../../entrypoints/popup/tabs/activity-tab.tsx';
import '../../../entrypoints/popup/tabs/look-up-tab.tsx';
import '../../../entrypoints/popup/tabs/tweet-tab.tsx';
import { after, createFakeViewPorts, show } from '../../fakes/view.tsx';

async function open() {
  let idle = () => {};
  const ports = createFakeViewPorts({}, { whenIdle: (work) => (idle = work) });
  const seen: ReturnType<typeof useLazyTabs>[] = [];
  function Probe() {
    seen.push(useLazyTabs({ isInTab: false, onSeeActivity: () => undefined }));
    return null;
  }
  await show(<Probe />, ports);
  const now = () => seen.at(-1) ?? { views: {}, load: () => {} };
  return { idle: () => idle(), now };
}

it('loads nothing of the other tabs at first, and all of it in idle time', async () => {
  const { idle, now } = await open();
  expect(now().views).toEqual({});
  await after(idle);
  expect(Object.keys(now().views).sort()).toEqual(['accounts', 'activity', 'lookup', 'tweet']);
});

it('loads a tab that is wanted earlier, and makes its view once', async () => {
  const { idle, now } = await open();
  await after(() => now().load('tweet'));
  const { tweet } = now().views;
  expect(tweet).toBeDefined();
  expect(Object.keys(now().views)).toEqual(['tweet']);
  await after(idle);
  expect(now().views['tweet']).toBe(tweet);
});

it('has nothing to load for the tab that is there from the start', async () => {
  const { now } = await open();
  await after(() => now().load('vote'));
  expect(now().views).toEqual({});
});
