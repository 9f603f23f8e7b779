import fc from 'fast-check';
import * as z from 'zod/mini';
import { describe, expect, it } from 'vitest';
import { defineAction } from '../../../lib/actions/action.ts';
import { actions } from '../../../lib/actions/index.ts';
import { createDispatch, isForUs } from '../../../lib/bus/dispatch.ts';
import { envelope } from '../../../lib/bus/envelope.ts';
import { type Sender, senders } from '../../../lib/bus/sender.ts';
import { AppError } from '../../../lib/errors.ts';
import { createFakePorts } from '../../fakes/create-fake-ports.ts';
import { buildContext } from './recording-context.ts';

function build(of: Parameters<typeof createDispatch>[0] = actions) {
  const ports = createFakePorts();
  const calls: string[] = [];
  return { ports, calls, dispatch: createDispatch(of, buildContext(calls), ports) };
}

const senderOf = (kind: Sender['kind']): Sender =>
  kind === 'page' ? { kind, host: 'steemit.com' } : { kind };

/** An input that each action's schema takes. */
const inputs: Readonly<Record<(typeof actions)[number]['id'], unknown>> = {
  'lock.state': {},
  'lock.unlock': { passphrase: 'x' },
  'lock.now': {},
  'lock.set': { passphrase: 'long enough' },
  'lock.change': { passphrase: 'x', next: 'long enough' },
  'lock.remove': { passphrase: 'x' },
  'lock.after': { minutes: 5 },
  'accounts.list': {},
  'accounts.sign-in': { provider: 'steemlogin' },
  'accounts.find-sign-in': {},
  'accounts.cancel-sign-in': {},
  'accounts.refresh': { account: 'a' },
  'accounts.sign-out': { account: 'a' },
  'accounts.set-default': { account: 'a', action: 'vote' },
  'accounts.begin-device': { provider: 'x' },
  'accounts.check-device': { provider: 'x' },
  'accounts.cancel-device': { provider: 'x' },
  'people.list': {},
  'people.find': { account: 'a' },
  'people.register': { account: 'a', telephone: '+48600100200', name: 'Li' },
  'people.save': { telephone: '+48600100200', name: 'Li' },
  'people.remove': { id: 'p' },
  'people.export': {},
  'people.import': { people: [] },
  'services.list': {},
  'services.save': { provider: 'steemlogin', clientId: 'x', authBase: 'y', apiBase: 'z' },
  'vote.preview': { post: 'alice/post' },
  'vote.cast': {
    request: '7f1a0c1e-6b0e-4c55-9d5c-0d4b6d1f2a3b',
    account: 'a',
    post: 'alice/post',
    weight: 1,
  },
  'vote.hand-off': { post: 'alice/post', weight: 1 },
  'vote.start': {},
  'tweet.hand-off': {},
  'tweet.start': {},
  'tweet.suggest': {},
  'tweet.post': { request: '7f1a0c1e-6b0e-4c55-9d5c-0d4b6d1f2a3b', account: 'a', parts: ['Hi'] },
  'tweet.check': { account: 'a', text: 'Hi' },
  'tweet.delete': { account: 'a', tweet: '1' },
  'tweet.open': { post: 'alice/post' },
  'tweet.take': {},
  'tweet.about': { post: 'alice/post' },
  'tweet.post-about': {
    request: '7f1a0c1e-6b0e-4c55-9d5c-0d4b6d1f2a3b',
    account: 'a',
    post: 'alice/post',
  },
  'tweet.resume': { id: 1, request: '7f1a0c1e-6b0e-4c55-9d5c-0d4b6d1f2a3b' },
  'tweet.check-entry': { id: 1 },
  'tweet.delete-entry': { id: 1 },
  'lookup.list': {},
  'lookup.run': { account: 'a', lookup: 'b', params: {} },
  'backup.offer': {},
  'backup.make': { passphrase: 'x', secrets: true, signIns: true, rotating: false, journal: true },
  'backup.read': { file: '{}', passphrase: 'x' },
  'backup.restore': { file: '{}', leaveOut: [], take: [] },
  'backup.close': {},
  'custom-lookups.list': { provider: 'x' },
  'custom-lookups.save': { provider: 'x', name: 'Mine', address: '/mine', rows: '' },
  'custom-lookups.remove': { id: 'a' },
  'custom-lookups.try': { provider: 'x', account: 'a', address: '/mine', rows: '', params: {} },
  'lookup.cancel': { request: '7f1a0c1e-6b0e-4c55-9d5c-0d4b6d1f2a3b' },
  'page.open': {},
  'page.votes': { posts: [] },
  'page.report': { url: 'https://steemit.com/', isPostFound: true },
  'health.read': {},
  'health.remove-record': { store: 'accounts', key: '"a"' },
  'journal.list': {},
  'journal.review': { id: 1, isReviewed: true },
  'journal.export': { format: 'csv' },
  'journal.clear': {},
  'journal.try-again': { id: 1, request: '7f1a0c1e-6b0e-4c55-9d5c-0d4b6d1f2a3b' },
  'outbox.list': {},
  'outbox.cancel': { request: 'r' },
  'outbox.send-now': { request: 'r' },
  'outbox.reschedule': { request: 'r', schedule: { at: 1, timeZone: 'UTC' } },
  'batch.read': { account: 'a', text: 'alice/post' },
  'batch.preview': { account: 'a', votes: [{ author: 'alice', permlink: 'post', weight: 1 }] },
  'batch.start': {
    batch: '7f1a0c1e-6b0e-4c55-9d5c-0d4b6d1f2a3b',
    account: 'a',
    votes: [{ author: 'alice', permlink: 'post', weight: 1 }],
  },
  'batch.list': {},
  'batch.pause': { batch: '7f1a0c1e-6b0e-4c55-9d5c-0d4b6d1f2a3b' },
  'batch.resume': { batch: '7f1a0c1e-6b0e-4c55-9d5c-0d4b6d1f2a3b' },
  'batch.cancel': { batch: '7f1a0c1e-6b0e-4c55-9d5c-0d4b6d1f2a3b' },
  'batch.try-again': {
    batch: '7f1a0c1e-6b0e-4c55-9d5c-0d4b6d1f2a3b',
    next: '7f1a0c1e-6b0e-4c55-9d5c-0d4b6d1f2a3b',
  },
  'batch.collect': { author: 'alice', permlink: 'post' },
  'batch.collected': {},
  'batch.clear-collected': { chain: 'steem' },
  'settings.get': {},
  'settings.save': {},
  'draft.read': { form: 'vote' },
  'draft.save': { form: 'vote', fields: {} },
};

describe('who may ask for what', () => {
  const table = actions.flatMap((action) => senders.map((kind) => [action.id, kind] as const));
  it.each(table)('%s asked by %s', async (id, kind) => {
    const { dispatch, calls } = build();
    const reply = await dispatch(envelope(id, inputs[id]), senderOf(kind));
    const action = actions.find((one) => one.id === id);
    const isAllowed = action?.senders.some((allowed) => allowed === kind) ?? false;
    const refusal = reply.ok ? undefined : reply.error.code;
    expect(refusal === 'not_allowed').toBe(!isAllowed);
    expect(calls.length > 0).toBe(isAllowed);
  });

  it('lets a page do what it needs and nothing else', () => {
    const open = actions.filter(({ senders: allowed }) => allowed.some((kind) => kind === 'page'));
    expect(open.map(({ id }) => id).sort()).toEqual([
      'batch.collect',
      'page.open',
      'page.report',
      'page.votes',
      'tweet.about',
      'tweet.open',
      'tweet.post-about',
      'vote.cast',
      'vote.hand-off',
      'vote.preview',
    ]);
  });

  it.each(actions.map(({ id }) => id))('refuses %s to a stranger', async (id) => {
    const { dispatch, calls } = build();
    const reply = await dispatch(envelope(id, inputs[id]), undefined);
    expect(reply).toMatchObject({ ok: false, error: { code: 'not_allowed' } });
    expect(calls).toEqual([]);
  });
});

it('has one action for an id', () => {
  expect(new Set(actions.map(({ id }) => id)).size).toBe(actions.length);
});

describe('a message', () => {
  const internal: Sender = { kind: 'internal' };

  it.each(['', 'constructor', '__proto__', 'toString', 'accounts', 'ACCOUNTS.LIST', 'accounts.list '])(
    'for the action %j is refused: there is none',
    async (id) => {
      const { dispatch, calls } = build();
      expect(await dispatch(envelope(id, {}), internal)).toMatchObject({
        ok: false,
        error: { code: 'unknown_action', message: 'error_unknown_action' },
      });
      expect(calls).toEqual([]);
    },
  );

  it('that is malformed in any way is refused and runs nothing', async () => {
    const { dispatch, calls } = build();
    const part = fc.oneof(fc.anything(), fc.constant('latchkey/1'), fc.constant('accounts.list'));
    const message = fc.oneof(fc.anything(), fc.record({ protocol: part, action: part, input: part }));
    await fc.assert(
      fc.asyncProperty(message, async (malformed) => {
        const { protocol, action } = Object(malformed) as Record<string, unknown>;
        fc.pre(!(protocol === 'latchkey/1' && action === 'accounts.list'));
        const reply = await dispatch(malformed, internal);
        expect(['malformed_message', 'unknown_action']).toContain(reply.ok ? 'ok' : reply.error.code);
      }),
    );
    expect(calls).toEqual([]);
  });

  it('is ours only when it says so', () => {
    expect(isForUs(envelope('x', {}))).toBe(true);
    expect(isForUs({ protocol: 'another/1' })).toBe(true);
    for (const other of [undefined, null, 'latchkey/1', 1, {}, []]) expect(isForUs(other)).toBe(false);
  });

  it('with bad input names the field', async () => {
    const { dispatch, calls } = build();
    expect(await dispatch(envelope('accounts.refresh', { account: 5 }), internal)).toMatchObject({
      error: { code: 'bad_input', field: 'account' },
    });
    expect(await dispatch(envelope('accounts.refresh', 'text'), internal)).toMatchObject({
      error: { code: 'bad_input' },
    });
    expect(calls).toEqual([]);
  });
});

describe('a reply', () => {
  const popup: Sender = { kind: 'popup' };
  const actionOf = (run: () => Promise<unknown>) =>
    defineAction({
      id: 'test',
      title: 'For this test',
      senders: ['popup'],
      input: z.object({}),
      output: z.object({ kept: z.string(), inner: z.optional(z.array(z.object({ kept: z.string() }))) }),
      run: run as () => Promise<{ kept: string }>, // Some of them lie, as a bug would.
    });
  const ask = async (run: () => Promise<unknown>) => {
    const { dispatch, ports } = build([actionOf(run)]);
    return { reply: await dispatch(envelope('test', {}), popup), ports };
  };

  it('BCP 35: holds what the schema names and nothing else', async () => {
    const { reply } = await ask(() =>
      Promise.resolve({
        kept: 'yes',
        accessToken: 'PLANTED',
        inner: [{ kept: 'yes', refreshToken: 'PLANTED' }],
      }),
    );
    expect(reply).toEqual({ ok: true, value: { kept: 'yes', inner: [{ kept: 'yes' }] } });
  });

  it('gives code, sentence, field and details of our errors, never their cause', async () => {
    const { reply } = await ask(() =>
      Promise.reject(
        new AppError('bad_weight', { field: 'weight', details: 'words', cause: new Error('PLANTED') }),
      ),
    );
    expect(reply).toEqual({
      ok: false,
      error: { code: 'bad_weight', message: 'error_bad_weight', field: 'weight', details: 'words' },
    });
  });

  it.each([
    ['an error', () => Promise.reject(new TypeError('PLANTED'))],
    [
      'a text',
      () => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- what a library may do
        throw 'PLANTED';
      },
    ],
    ['an output that is none', () => Promise.resolve({ kept: { PLANTED: 1 } })],
    [
      'an error before its first await',
      () => {
        throw new Error('PLANTED');
      },
    ],
  ] as [string, () => Promise<unknown>][])('to %s of ours gives no detail', async (_name, run) => {
    const { reply, ports } = await ask(run);
    expect(reply).toEqual({ ok: false, error: { code: 'internal', message: 'error_internal' } });
    expect(ports.seen.warnings).toHaveLength(1);
    expect(ports.seen.warnings.join()).not.toContain('PLANTED');
  });
});
