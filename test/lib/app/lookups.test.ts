/** What look-ups of any service can rely on: changes, passwords, secrets, and Cancel. The service is made up. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ActionContext } from '../../../lib/actions/context.ts';
import { createCustomLookupStore } from '../../../lib/app/custom-lookups.ts';
import { createLookupRunner } from '../../../lib/app/lookup-runner.ts';
import { createLookupChanges, type LookupChanges } from '../../../lib/app/lookup-changes.ts';
import { createLookups } from '../../../lib/app/lookups.ts';
import { AppError } from '../../../lib/errors.ts';
import { createOutboxAlarm } from '../../../lib/outbox/outbox-alarm.ts';
import { createOutbox, type Outbox } from '../../../lib/outbox/outbox.ts';
import { createJournal, type Journal } from '../../../lib/journal/journal.ts';
import { mask } from '../../../lib/lookup/secrets.ts';
import type { Lookup } from '../../../lib/providers/lookup.ts';
import { createHouse, dump, type House } from '../accounts/create-house.ts';

const address = 'https://api.steemlogin.com/thing';
const read = `GET ${address}`;
const write = `POST ${address}`;

const param = (id: string, kind: Lookup['params'][number]['kind'], isRequired = true) => ({
  id,
  titleKey: id,
  kind,
  isRequired,
  initial: '',
});
const lookups: readonly Lookup[] = [
  {
    id: 'rename',
    titleKey: 'rename-title',
    effect: 'change',
    params: [
      param('name', 'text'),
      param('password', 'password'),
      { ...param('role', 'choice', false), choices: [{ value: 'admin', titleKey: 'admin' }] },
      param('age', 'number', false),
    ],
    columns: [],
    run: async (call, { params }) => {
      if (params['name'] === 'bad') throw new AppError('bad_user_name', { field: 'name' });
      await call(new Request(address, { method: 'POST', body: JSON.stringify(params) }));
      return { rows: [] };
    },
  },
  {
    id: 'show',
    titleKey: 'show-title',
    params: [param('password', 'password', false)],
    columns: [],
    run: async (call) => {
      const body = await call(new Request(address));
      const row = body as Record<string, string>;
      return {
        rows: [row],
        columns: Object.keys(row).map((id) => ({ id, title: id, kind: 'text' })),
      };
    },
  },
];

let house: House;
let journal: Journal;
let account: string;
let outbox: Outbox;
let changes: LookupChanges;
let desk: ActionContext['lookups'];
beforeEach(async () => {
  house = await createHouse();
  account = await house.signIn();
  const { accounts, ports, vault } = house;
  journal = createJournal(vault, ports.shell);
  outbox = createOutbox(vault, ports.shell, createOutboxAlarm(ports));
  changes = createLookupChanges(ports, { accounts, journal, outbox });
  desk = createLookups(ports, {
    vault,
    changes,
    runPage: createLookupRunner(ports, accounts),
    customLookups: createCustomLookupStore(vault),
    accounts: {
      access: async (id) => {
        const access = await accounts.access(id);
        return { ...access, provider: { ...access.provider, lookups } };
      },
      list: async () =>
        (await accounts.list()).map((state) => ({ ...state, provider: { ...state.provider, lookups } })),
    },
  });
});

const change = (params: Record<string, string>) => desk.run({ account, lookup: 'rename', params });
const good = { name: 'PLANTED-NAME', password: 'PLANTED-PASSWORD' };
const noted = async () => (await journal.page({}, 10)).entries;

describe('a change', () => {
  it('is noted with who and what, and without anything that was typed', async () => {
    house.ports.script.http[write] = () => Response.json({});
    await change(good);
    expect(await noted()).toMatchObject([
      {
        action: 'lookup.change',
        title: 'rename-title',
        name: 'bob',
        outcome: 'done',
        provider: 'steemlogin',
      },
    ]);
    expect(await dump(house.vault)).not.toMatch(/PLANTED-(NAME|PASSWORD)/);
  });

  it('is not remembered as the last look-up', async () => {
    house.ports.script.http[write] = () => Response.json({});
    await change(good);
    expect((await desk.list()).last).toBeUndefined();
  });

  it('that the service refuses is noted as failed, and its words never repeat the password', async () => {
    house.ports.script.http[write] = () =>
      Response.json({ error_description: 'Not PLANTED-PASSWORD of PLANTED-NAME' }, { status: 400 });
    await expect(change(good)).rejects.toMatchObject({
      code: 'service_error',
      details: `Not ${mask} of PLANTED-NAME`,
    });
    expect(await noted()).toMatchObject([{ outcome: 'failed', code: 'service_error' }]);
    expect(await dump(house.vault)).not.toMatch(/PLANTED-(NAME|PASSWORD)/);
  });

  it.each([
    ['a broken line', () => Promise.reject(new AppError('network'))],
    ['a page of the gateway', () => new Response('<html>', { status: 502 })],
    ['half an answer', () => new Response('{"o')],
  ])('is unknown after %s', async (_, answer) => {
    house.ports.script.http[write] = answer;
    await expect(change(good)).rejects.toMatchObject({ code: 'change_unknown' });
    expect(await noted()).toMatchObject([{ outcome: 'unknown', code: 'change_unknown' }]);
  });

  it.each([
    [{ ...good, name: '' }, 'empty', 'name'],
    [{ ...good, name: 'bad' }, 'bad_user_name', 'name'],
    [{ ...good, role: 'king' }, 'bad_input', 'role'],
    [{ ...good, age: 'old' }, 'bad_number', 'age'],
    [{ name: 'Ada' }, 'empty', 'password'],
  ])('with %j is refused at its field, and nothing is sent or noted', async (params, code, field) => {
    await expect(change(params)).rejects.toMatchObject({ code, field });
    expect(await noted()).toEqual([]);
    expect(house.ports.seen.requests.some(({ route }) => route === write)).toBe(false);
  });

  it('whose worker died is unknown, and never sent again by itself', async () => {
    const request = crypto.randomUUID();
    await outbox.add([
      {
        request,
        action: 'lookup.change',
        account,
        effect: 'delete',
        lookup: 'rename',
        title: 'rename-title',
        createdAt: 1,
        state: 'sending',
      },
    ]);
    await changes.recover();
    await vi.waitFor(async () => expect(await outbox.list()).toEqual([]));
    expect(await noted()).toMatchObject([
      { request, action: 'lookup.delete', title: 'rename-title', name: 'bob', code: 'change_unknown' },
    ]);
    await expect(desk.run({ account, lookup: 'rename', params: good, request })).rejects.toMatchObject({
      code: 'change_unknown',
    });
    expect(house.ports.seen.requests.some(({ route }) => route === write)).toBe(false);
  });

  it('is left alone by another start while it is under way, and sent once', async () => {
    const request = crypto.randomUUID();
    const sent = Promise.withResolvers<undefined>();
    const answer = Promise.withResolvers<Response>();
    house.ports.script.http[write] = () => {
      sent.resolve(undefined);
      return answer.promise;
    };
    const changing = desk.run({ account, lookup: 'rename', params: good, request });
    await sent.promise;
    // It is on the disk before it has left.
    expect(await outbox.list()).toMatchObject([{ request, state: 'sending' }]);
    expect(JSON.stringify(await outbox.list())).not.toMatch(/PLANTED/);
    await changes.recover();
    const again = desk.run({ account, lookup: 'rename', params: good, request });
    answer.resolve(Response.json({}));
    await changing;
    await expect(again).rejects.toMatchObject({ code: 'change_unknown' });
    expect(await noted()).toMatchObject([{ request, outcome: 'done' }]);
    expect(house.ports.seen.requests.filter(({ route }) => route === write)).toHaveLength(1);
  });

  it('runs on when somebody cancels', async () => {
    const request = crypto.randomUUID();
    const sent = Promise.withResolvers<Request>();
    const answer = Promise.withResolvers<Response>();
    house.ports.script.http[write] = (asked) => {
      sent.resolve(asked);
      return answer.promise;
    };
    const changing = desk.run({ account, lookup: 'rename', params: good, request });
    const { signal } = await sent.promise;
    expect(await desk.cancel(request)).toBe(false);
    expect(signal.aborted).toBe(false);
    answer.resolve(Response.json({}));
    await changing;
    expect(await noted()).toMatchObject([{ request, outcome: 'done' }]);
  });
});

describe('a look-up', () => {
  it('is remembered for its account, without passwords', async () => {
    house.ports.script.http[read] = () => Response.json({});
    await desk.run({ account, lookup: 'show', params: { password: 'PLANTED-PASSWORD', more: 'kept' } });
    const { accounts, last } = await desk.list();
    expect(last).toEqual({ account, lookup: 'show', params: { more: 'kept' } });
    expect(accounts[0]?.last).toEqual({ lookup: 'show', params: { more: 'kept' } });
  });

  it('shows no column of secrets and no token, whatever the service sends', async () => {
    const sent = await house.accessToken(account);
    house.ports.script.http[read] = () =>
      Response.json({ name: 'bob', access_token: 'one', Password: 'two', note: `I am ${sent}!` });
    const { columns, rows } = await desk.run({ account, lookup: 'show', params: {} });
    expect(columns.map(({ id }) => id)).toEqual(['name', 'note']);
    expect(rows).toEqual([{ name: 'bob', note: `I am ${mask}!` }]);
  });

  it('is really stopped by Cancel: its request is aborted', async () => {
    const request = crypto.randomUUID();
    const sent = Promise.withResolvers<Request>();
    house.ports.script.http[read] = (asked) => {
      sent.resolve(asked);
      // As fetch does.
      return new Promise((_, reject) => {
        asked.signal.addEventListener('abort', () => reject(new AppError('network')));
      });
    };
    const asking = desk.run({ account, lookup: 'show', params: {}, request });
    await sent.promise;
    expect(await desk.cancel(request)).toBe(true);
    await expect(asking).rejects.toMatchObject({ code: 'lookup_stopped' });
    expect(await desk.cancel(request)).toBe(false);
  });

  it('that is cancelled before its token is there sends nothing', async () => {
    const request = crypto.randomUUID();
    const asking = desk.run({ account, lookup: 'show', params: {}, request });
    expect(await desk.cancel(request)).toBe(true);
    await expect(asking).rejects.toMatchObject({ code: 'lookup_stopped' });
    expect(house.ports.seen.requests.some(({ route }) => route === read)).toBe(false);
  });
});
