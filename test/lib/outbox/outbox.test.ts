import { expect, it } from 'vitest';
import { createJournal } from '../../../lib/journal/journal.ts';
import { createOutboxAlarm } from '../../../lib/outbox/outbox-alarm.ts';
import { createOutbox, type NewEntry } from '../../../lib/outbox/outbox.ts';
import type { JournalRecord, VoteEntry } from '../../../lib/vault/schema.ts';
import { createVault } from '../../../lib/vault/vault.ts';
import { createFakePorts } from '../../fakes/create-fake-ports.ts';

const entry: Omit<VoteEntry, 'position'> = {
  request: 'request-1',
  action: 'vote.cast',
  account: 'account-bob',
  chain: 'steem',
  author: 'alice',
  permlink: 'post',
  weight: 12.34,
  createdAt: 1,
  state: 'queued',
};
const end: JournalRecord = {
  request: 'request-1',
  at: 2,
  action: 'vote.cast',
  provider: 'steemlogin',
  account: 'account-bob',
  name: 'bob',
  target: 'vote:bob:steem:alice/post',
  outcome: 'failed',
  isReviewed: false,
};

function build() {
  const ports = createFakePorts();
  const vault = createVault(ports);
  return {
    ports,
    outbox: createOutbox(vault, ports.shell, createOutboxAlarm(ports)),
    journal: createJournal(vault, ports.shell),
  };
}

const first: VoteEntry = { ...entry, position: 1 };

it('keeps what is still to be done in the order of acceptance, whatever the clock says', async () => {
  const { outbox } = build();
  const second: NewEntry = { ...entry, request: 'request-2', createdAt: 0 };
  await outbox.add([entry, second]);
  await outbox.add([{ ...entry, request: 'request-0', createdAt: -1 }]);
  expect((await outbox.list()).map(({ request, position }) => [request, position])).toEqual([
    ['request-1', 1],
    ['request-2', 2],
    ['request-0', 3],
  ]);
  expect(await outbox.find('request-3')).toBeUndefined();
});

it('leaves a request that is known as it is, also one that has ended', async () => {
  const { outbox } = build();
  await outbox.add([entry]);
  await outbox.begin(first);
  await outbox.add([entry]);
  expect(await outbox.find('request-1')).toMatchObject({ state: 'sending' });
  await outbox.finish(first, () => end);
  await outbox.add([entry]);
  expect(await outbox.list()).toEqual([]);
});

it('lets one only mark an entry before it leaves', async () => {
  const { outbox } = build();
  await outbox.add([{ ...entry, hold: { reason: 'network' } }]);
  const marks = await Promise.all([outbox.begin(first), outbox.begin(first)]);
  expect(marks.filter((mark) => mark !== undefined)).toEqual([{ ...first, state: 'sending' }]);
});

it('moves what joins behind the others', async () => {
  const { outbox } = build();
  await outbox.add([entry, { ...entry, request: 'request-2' }]);
  await outbox.join(first, 7);
  expect((await outbox.list()).map(({ request }) => request)).toEqual(['request-2', 'request-1']);
  expect(await outbox.find('request-1')).toMatchObject({ joinedAt: 7, position: 3 });
});

it('takes an entry out and journals its end as one, once', async () => {
  const { ports, outbox, journal } = build();
  await outbox.add([entry]);
  expect(await outbox.finish(first, () => undefined)).toBeUndefined();
  expect(await outbox.finish(first, () => end)).toMatchObject({ outcome: 'failed' });
  expect(await outbox.list()).toEqual([]);
  expect(await journal.findRequest('request-1')).toMatchObject({ outcome: 'failed' });
  expect(await journal.openCount()).toBe(1);
  expect(ports.seen.announced).toContain('journal');
  // Whoever comes later hears how it ended.
  expect(await outbox.finish(first, () => ({ ...end, outcome: 'done' }))).toMatchObject({
    outcome: 'failed',
  });
  expect(await outbox.findEnd(first)).toMatchObject({ outcome: 'failed' });
});

it('keeps the entry when its end can’t be journaled', async () => {
  const { outbox, journal } = build();
  await outbox.add([entry, { ...entry, request: 'request-2' }]);
  await outbox.finish(first, () => end);
  const second = { ...first, request: 'request-2', position: 2 };
  // One request is journaled once.
  await expect(outbox.finish(second, () => end)).rejects.toMatchObject({ code: 'vault_broken' });
  expect(await outbox.list()).toEqual([second]);
  expect(await outbox.findEnd(second)).toBeUndefined();
  expect(await journal.findRequest('request-2')).toBeUndefined();
});
