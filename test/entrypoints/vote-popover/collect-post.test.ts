// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { openVotePopover, type PopoverTools } from '../../../entrypoints/vote-popover/open-vote-popover.ts';
import type { Invoke } from '../../../lib/bus/client.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** What comes of a shift-click; `answer` is the background's. */
async function collect(answer: () => unknown) {
  const asked: unknown[] = [];
  const marks: unknown[] = [];
  const invoke = (...question: unknown[]) => {
    asked.push(question);
    return Promise.resolve().then(answer);
  };
  const post = { author: 'alice', permlink: 'my-post' };
  openVotePopover(
    {
      spot: { post, kind: 'post', place: document.body, how: 'append' },
      chain: 'steem',
      link: 'https://steemit.com/@alice/my-post',
      findOpener: () => undefined,
      page: { isEnabled: true, undoSeconds: 0, collected: [], accounts: [] },
      weight: undefined,
      isCollecting: true,
    },
    {
      invoke: invoke as Invoke, // Answers the one action that is asked for.
      translate: (key) => key,
      reload: () => Promise.reject(new Error('not asked for')),
      onMark: (mark: Parameters<PopoverTools['onMark']>[0]) => marks.push(mark),
      explain: () => 'why',
    },
  );
  await settle();
  return { asked, marks };
}

it('puts the post on the list, marks it, and opens nothing', async () => {
  const { asked, marks } = await collect(() => ({ isCollected: true }));
  expect(asked).toEqual([['batch.collect', { author: 'alice', permlink: 'my-post' }]]);
  expect(marks).toEqual([{ text: 'page_collected', isCollected: true }]);
  expect(document.querySelector('latchkey-vote')).toBeNull();
});

it('tells when it was taken off again, and why it could not be', async () => {
  expect((await collect(() => ({ isCollected: false }))).marks).toEqual([
    { text: 'page_uncollected', isCollected: false },
  ]);
  const failing = await collect(() => {
    throw new Error('full');
  });
  expect(failing.marks).toEqual([{ text: 'page_not_collected', failure: 'why' }]);
});
