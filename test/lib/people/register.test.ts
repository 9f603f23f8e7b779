import { beforeEach, describe, expect, it } from 'vitest';
import { createRegister, type Register } from '../../../lib/people/register.ts';
import { createVault } from '../../../lib/vault/vault.ts';
import { createFakePorts } from '../../fakes/create-fake-ports.ts';

const li = { appId: 'wx1', openId: 'o-li', unionId: 'u-li', nickname: '小蜜蜂' };
const wang = { appId: 'wx1', openId: 'o-wang', nickname: 'Wang' };
const [one, two] = ['+48600100200', '+48600100201'] as const;

let register: Register;
beforeEach(() => {
  const ports = createFakePorts();
  register = createRegister(ports, createVault(ports));
});
const names = async (search = '') => (await register.list(search)).map(({ name }) => name);

describe('binding a sign-in', () => {
  it('makes a new entry, which knows the sign-in from then on', async () => {
    expect(await register.findBound(li)).toBeUndefined();
    const person = await register.bind(li, { telephone: one, name: 'Li' });
    expect(person).toMatchObject({ ...li, telephone: one, name: 'Li' });
    expect(await register.findBound(li)).toEqual(person);
    expect(await register.findBound(wang)).toBeUndefined();
  });

  it('finds the entry by its number and keeps its name', async () => {
    const { id } = await register.save(undefined, { telephone: one, name: 'Li from accounts' }, false);
    const bound = await register.bind(li, { telephone: one, name: '' });
    expect(bound).toMatchObject({ id, name: 'Li from accounts', openId: 'o-li' });
    expect(await register.list('')).toHaveLength(1);
  });

  it('knows the person through another app of the same owner by the unionid', async () => {
    const { id } = await register.bind(li, { telephone: one, name: 'Li' });
    expect(await register.findBound({ ...li, appId: 'wx2', openId: 'o-other' })).toMatchObject({ id });
    // The same openid at another app is somebody else.
    expect(await register.findBound({ appId: 'wx2', openId: 'o-li' })).toBeUndefined();
  });

  it('is refused for a number that another sign-in has, and for a sign-in that another number has', async () => {
    await register.bind(li, { telephone: one, name: 'Li' });
    await expect(register.bind(wang, { telephone: one, name: 'Wang' })).rejects.toMatchObject({
      code: 'person_bound',
      field: 'telephone',
    });
    await expect(register.bind(li, { telephone: two, name: 'Li' })).rejects.toMatchObject({
      code: 'openid_bound',
    });
    expect(await register.list('')).toHaveLength(1);
    expect(await register.findBound(wang)).toBeUndefined();
  });

  it('needs a number of the right form', async () => {
    for (const [telephone, code] of [
      [undefined, 'empty'],
      ['600100200', 'bad_telephone'],
    ] as const)
      await expect(async () => register.bind(li, { telephone, name: 'Li' })).rejects.toMatchObject({
        code,
        field: 'telephone',
      });
  });

  it('of two at once for one number only one wins', async () => {
    const ends = await Promise.allSettled([
      register.bind(li, { telephone: one, name: 'Li' }),
      register.bind(wang, { telephone: one, name: 'Wang' }),
    ]);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await register.list('')).toHaveLength(1);
  });
});

describe('entries', () => {
  it('are searched by name, number, openid and nickname', async () => {
    await register.bind(li, { telephone: one, name: 'Li' });
    await register.save(undefined, { telephone: two, name: 'Wang' }, false);
    expect(await names()).toEqual(['Li', 'Wang']);
    for (const search of ['LI', '600 100 200', 'O-LI', '蜜蜂', '+48600100200'])
      expect(await names(search), search).toEqual(['Li']);
    expect(await names('600100')).toEqual(['Li', 'Wang']);
    expect(await names('nobody')).toEqual([]);
  });

  it('can be changed, unbound and removed', async () => {
    const { id } = await register.bind(li, { telephone: one, name: 'Li' });
    await register.save(id, { telephone: two, name: 'Li Na' }, false);
    expect(await register.findBound(li)).toMatchObject({ id, telephone: two, name: 'Li Na' });
    const after = await register.save(id, { telephone: two, name: 'Li Na' }, true);
    expect(after).toEqual({ id, telephone: two, name: 'Li Na', createdAt: after.createdAt });
    expect(await register.findBound(li)).toBeUndefined();
    await register.remove(id);
    expect(await register.list('')).toEqual([]);
    await expect(register.save(id, { telephone: two, name: '' }, false)).rejects.toMatchObject({
      code: 'unknown_person',
    });
  });

  it('do without a number only while they have a sign-in, and never share a number', async () => {
    const { id } = await register.bind(li, { telephone: one, name: 'Li' });
    await register.save(id, { telephone: undefined, name: 'Li' }, false);
    await expect(register.save(id, { name: 'Li' }, true)).rejects.toMatchObject({ code: 'empty' });
    await register.save(undefined, { telephone: one, name: 'Wang' }, false);
    await expect(register.save(id, { telephone: one, name: 'Li' }, false)).rejects.toMatchObject({
      code: 'telephone_taken',
      field: 'telephone',
    });
  });
});

describe('taking in a file', () => {
  it('changes those who are known and adds the others', async () => {
    await register.bind(li, { telephone: one, name: 'Li' });
    await register.save(undefined, { telephone: two, name: 'Wang' }, false);
    const result = await register.importAll([
      { row: 2, telephone: one, name: 'Li Na' },
      { row: 3, telephone: two, name: '', ...wang },
      { row: 4, telephone: '+48600100202', name: 'Zhao' },
    ]);
    expect(result).toEqual({ added: 1, changed: 2 });
    expect(await names()).toEqual(['Li Na', 'Wang', 'Zhao']);
    expect(await register.findBound(wang)).toMatchObject({ telephone: two });
    expect(await register.findBound(li)).toMatchObject({ name: 'Li Na' });
  });

  it('may swap numbers', async () => {
    await register.bind(li, { telephone: one, name: 'Li' });
    await register.bind(wang, { telephone: two, name: 'Wang' });
    const rows = [
      { row: 2, telephone: '+48600100202', name: 'Li', ...li },
      { row: 3, telephone: one, name: 'Wang', ...wang },
    ];
    expect(await register.importAll(rows)).toEqual({ added: 0, changed: 2 });
    expect(await register.findBound(wang)).toMatchObject({ telephone: one });
  });

  it('keeps nothing when one row is at fault, and names all that are', async () => {
    await register.bind(li, { telephone: one, name: 'Li' });
    await register.bind(wang, { telephone: two, name: 'Wang' });
    const before = await register.list('');
    const rows = [
      { row: 2, telephone: '+48600100202', name: 'Zhao' },
      { row: 3, telephone: two, name: 'Li', ...li },
      { row: 4, telephone: one, name: 'X', appId: 'wx1', openId: 'o-x' },
    ];
    await expect(register.importAll(rows)).rejects.toMatchObject({
      code: 'csv_rows_taken',
      params: { rows: '3, 4' },
    });
    expect(await register.list('')).toEqual(before);
  });
});
