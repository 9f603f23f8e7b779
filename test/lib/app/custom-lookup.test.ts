/** Look-ups that the person wrote, against the stand-ins of the services, without a browser. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type SandboxApp,
  signInAs,
  signInToTwitter,
  signInToX,
  startSandboxApp,
} from '../../headless/sandbox-app.ts';

let house: SandboxApp;
beforeEach(async () => {
  house = await startSandboxApp();
});
afterEach(() => house.close());

const tweets = {
  provider: 'x',
  name: 'Tweets of anybody',
  address: '/2/users/{user}/tweets?max_results={count}',
  rows: 'data',
};
const bob = '1450000000000000001';

const save = async (written: Partial<typeof tweets> & { id?: string } = {}) =>
  (await house.app.invoke('custom-lookups.save', { ...tweets, ...written })).lookup;
const list = async (provider = 'x') => (await house.app.invoke('custom-lookups.list', { provider })).lookups;
const run = (account: string, lookup: string, params: Record<string, string> = {}) =>
  house.app.invoke('lookup.run', { account, lookup: `custom:${lookup}`, params });

describe('a look-up of one’s own', () => {
  it('is kept as written, over a restart', async () => {
    await signInToX(house);
    const { id } = await save();
    const again = house.restart();
    expect((await again.invoke('custom-lookups.list', { provider: 'x' })).lookups).toEqual([
      {
        ...tweets,
        id,
        address: 'https://api.x.com/2/users/{user}/tweets?max_results={count}',
        params: [
          { name: 'user', isRequired: true },
          { name: 'count', isRequired: false },
        ],
      },
    ]);
  });

  it('can be changed and removed', async () => {
    await signInToX(house);
    const { id } = await save();
    await save({ id, name: 'Renamed' });
    expect((await list()).map(({ name }) => name)).toEqual(['Renamed']);
    await house.app.invoke('custom-lookups.remove', { id });
    expect(await list()).toEqual([]);
  });

  it('stands in Look up with the accounts of its service, marked, and is remembered like any other', async () => {
    const account = await signInToX(house);
    const { id } = await save();
    const params = { user: bob, count: '5' };
    expect((await run(account, id, params)).rows).toHaveLength(5);
    const { accounts, last } = await house.app.invoke('lookup.list', {});
    expect(accounts[0]?.lookups.at(-1)).toMatchObject({
      id: `custom:${id}`,
      title: 'Tweets of anybody',
      isOwn: true,
      params: [
        { id: 'user', title: 'user', isRequired: true },
        { id: 'count', isRequired: false },
      ],
    });
    expect(last).toEqual({ account, lookup: `custom:${id}`, params });
  });

  it('has the columns of its rows, with ids digit by digit', async () => {
    const account = await signInToX(house);
    const { id } = await save({ address: '/2/users/me', rows: '/data' });
    const { columns, rows } = await run(account, id);
    expect(columns).toContainEqual({ id: 'id', title: 'id', kind: 'text' });
    expect(rows).toMatchObject([{ id: bob, username: 'bob_on_x' }]);
  });

  it('works with signed requests', async () => {
    const account = await signInToTwitter(house);
    const { id } = await save({ provider: 'twitter' });
    expect((await run(account, id, { user: bob })).rows.length).toBeGreaterThan(0);
    // The other service of the same host has look-ups of its own.
    expect(await list('x')).toEqual([]);
  });

  it('makes an account offer look-ups whose service has none', async () => {
    const account = await signInAs(house, 'steemlogin', 'bob');
    const [before] = (await house.app.invoke('lookup.list', {})).accounts;
    expect(before).toBeUndefined();
    const { id } = await save({ provider: 'steemlogin', address: '/api/me', rows: 'account' });
    expect((await run(account, id)).rows).toMatchObject([{ name: 'bob' }]);
  });

  it('asks only when the person does, and never for what leaves the origin', async () => {
    const account = await signInToX(house);
    const { id } = await save();
    house.sandbox.requests.clear();
    await house.app.invoke('lookup.list', {});
    for (const user of ['../../1.1/account', 'a/b', '..', '%2e%2e'])
      await expect(run(account, id, { user })).rejects.toMatchObject({
        refusal: { code: 'lookup_bad_value', field: 'user' },
      });
    await expect(run(account, id, {})).rejects.toMatchObject({ refusal: { code: 'empty', field: 'user' } });
    expect(house.sandbox.requests.count({ host: 'api.x.com', method: 'GET' })).toBe(0);
  });
});

describe('writing one', () => {
  it.each([
    [{ name: '' }, 'empty', 'name'],
    [{ name: 'x'.repeat(61) }, 'lookup_bad_name', 'name'],
    [{ address: 'https://evil.example/' }, 'lookup_leaves_origin', 'address'],
    [{ address: '/a/../../b' }, 'lookup_leaves_origin', 'address'],
    [{ address: '/{a' }, 'lookup_bad_placeholder', 'address'],
    [{ rows: 'data..x' }, 'lookup_bad_rows', 'rows'],
    [{ rows: 'access_token' }, 'lookup_secret_rows', 'rows'],
    [{ provider: 'nobody' }, 'bad_input', 'provider'],
  ])('%j is refused at its field, and nothing is kept', async (written, code, field) => {
    await signInToX(house);
    await expect(save(written)).rejects.toMatchObject({ refusal: { code, field } });
    expect(await list()).toEqual([]);
  });

  it('needs the service to be set up', async () => {
    await expect(save()).rejects.toMatchObject({ refusal: { code: 'needs_set_up' } });
  });

  it('can be tried, which keeps nothing and says what is there instead of rows', async () => {
    const account = await signInToX(house);
    const { provider, address, rows } = tweets;
    const trial = { provider, address, rows, account, params: { user: bob, count: '5' } };
    expect((await house.app.invoke('custom-lookups.try', trial)).rows).toHaveLength(5);
    const wrong = house.app.invoke('custom-lookups.try', { ...trial, rows: 'dta' });
    await expect(wrong).rejects.toMatchObject({
      refusal: {
        code: 'lookup_no_rows',
        field: 'rows',
        message: 'The answer has nothing there. At that place it has: data, meta',
      },
    });
    expect(await list()).toEqual([]);
    expect((await house.app.invoke('lookup.list', {})).last).toBeUndefined();
  });

  it('can’t be tried with an account of another service', async () => {
    const account = await signInAs(house, 'steemlogin', 'bob');
    await signInToX(house);
    const trial = { provider: 'x', address: '/2/users/me', rows: '', account, params: {} };
    await expect(house.app.invoke('custom-lookups.try', trial)).rejects.toMatchObject({
      refusal: { code: 'bad_input', field: 'account' },
    });
  });
});
