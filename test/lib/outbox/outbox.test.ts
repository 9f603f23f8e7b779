import { expect, it } from 'vitest';
import { createJournal } from '../../../lib/journal/journal.ts';
import { createOutbox } from '../../../lib/outbox/outbox.ts';
import type { JournalRecord, OutboxEntry } from '../../../lib/vault/schema.ts';
import { createVault } from '../../../lib/vault/vault.ts';
import { createFakePorts } from '../../fakes/create-fake-ports.ts';

const entry: OutboxEntry = {
  request: 'request-1',
  action: 'vote.cast',
  account: 'account-bob',
  chain: 'steem',
  author: 'alice',
  permlink: 'post',
  weight: 12.34,
  createdAt: 1,
  state: 'sending',
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
  return { ports, outbox: createOutbox(vault, ports.shell), journal: createJournal(vault, ports.shell) };
}

it('keeps what is still to be done', async () => {
  const { outbox } = build();
  await outbox.put({ ...entry, state: 'queued' });
  await outbox.put(entry);
  expect(await outbox.list()).toEqual([entry]);
  expect(await outbox.find('request-1')).toEqual(entry);
  expect(await outbox.find('request-2')).toBeUndefined();
});

it('takes an entry out and journals its end as one', async () => {
  const { ports, outbox, journal } = build();
  await outbox.put(entry);
  await outbox.finish(entry, end);
  expect(await outbox.list()).toEqual([]);
  expect(await journal.findRequest('request-1')).toMatchObject({ outcome: 'failed' });
  expect(await journal.openCount()).toBe(1);
  expect(ports.seen.announced).toEqual(['journal']);
});

it('keeps the entry when its end can’t be journaled', async () => {
  const { outbox, journal } = build();
  await outbox.put(entry);
  await outbox.finish(entry, end);
  await outbox.put(entry);
  // One request is journaled once.
  await expect(outbox.finish(entry, { ...end, outcome: 'done' })).rejects.toMatchObject({
    code: 'vault_broken',
  });
  expect(await outbox.list()).toEqual([entry]);
  expect(await journal.findRequest('request-1')).toMatchObject({ outcome: 'failed' });
});
