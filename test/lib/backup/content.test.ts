import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseContent, type BackupContent } from '../../../lib/backup/content.ts';
import { type Holdings, type PersonalRecords } from '../../../lib/backup/holdings.ts';
import { makePlan } from '../../../lib/backup/plan/make-plan.ts';
import { toAppError } from '../../../lib/errors.ts';

const account = {
  id: 'a',
  provider: 'steemlogin',
  subject: 'bob',
  name: 'bob',
  createdAt: 1,
  scopes: [],
  defaultFor: ['vote'],
  postWeight: 100,
  commentWeight: 100,
};
const service = {
  provider: 'steemlogin',
  clientId: 'latchkey.app',
  authBase: 'https://steemlogin.com',
  apiBase: 'https://api.steemlogin.com',
  settings: {},
  secrets: {},
};
const entry = {
  request: 'one',
  at: 1,
  action: 'vote.cast',
  provider: 'steemlogin',
  account: 'a',
  name: 'bob',
  target: '',
  outcome: 'failed',
  isReviewed: false,
};
const lookup = { id: 'l', provider: 'x', name: 'Mine', base: 'api', path: '/2/mine', rows: '' };
const whole = {
  madeAt: 1,
  hasSecrets: true,
  services: [service],
  accounts: [account],
  lookups: [lookup],
  settings: {},
  people: [],
  journal: [entry],
};
const parse = (change: object) => parseContent(JSON.stringify({ ...whole, ...change }));

const nothing: Holdings = {
  services: [],
  unreadable: [],
  accounts: [],
  people: [],
  settings: undefined,
  lookups: [],
};
const personal: PersonalRecords = {
  settings: { key: 'settings', parse: (value) => value as Record<string, unknown> },
  lookups: { key: 'lookups', parse: () => [] },
};
const planOf = (content: BackupContent, mine = nothing) => makePlan(mine, [], content, personal);

describe('the content of a backup', () => {
  it.each([
    ['two of one service', { services: [service, service] }],
    ['two of one account', { accounts: [account, { ...account, id: 'b' }] }],
    ['two of one id', { accounts: [account, { ...account, subject: 'carol' }] }],
    ['two of one request', { journal: [entry, entry] }],
    [
      'two of one number',
      {
        people: [1, 2].map((id) => ({ id: String(id), name: '', createdAt: 1, telephone: '+48600100200' })),
      },
    ],
    ['a number that is none', { people: [{ id: '1', name: '', createdAt: 1, telephone: 'call me' }] }],
    ['an account without its service', { accounts: [{ ...account, provider: undefined }] }],
    ['text for a list', { journal: 'none' }],
  ])('is refused whole: %s', (_name, change) => {
    expect(() => parse(change)).toThrow(
      expect.objectContaining({ code: 'backup_damaged', field: 'file' }) as Error,
    );
  });

  it('holds no time that no calendar has, which could never be shown', () => {
    const far = 1e300;
    const signIn = { refreshToken: 'r', signedInAt: far, renewableUntil: -far };
    const { madeAt, accounts, people, journal } = parse({
      madeAt: far,
      accounts: [{ ...account, createdAt: far, lastVoteAt: -far, signIn }],
      people: [{ id: '1', name: '', createdAt: far, telephone: '+48600100200' }],
      journal: [{ ...entry, at: far }],
    });
    const [told] = accounts;
    const { signedInAt, renewableUntil } = told?.signIn ?? {};
    const times = [madeAt, told?.createdAt, told?.lastVoteAt, signedInAt, renewableUntil];
    for (const time of [...times, people[0]?.createdAt, journal[0]?.at])
      expect(new Date(time ?? NaN).getTime()).not.toBeNaN();
  });

  it.each([
    [100, 100],
    [0.01, 0.01],
    [0, 100],
    [-100, 100],
    [1e9, 100],
  ])('remembers no weight that is none of an upvote: %d becomes %d', (told, kept) => {
    const [read] = parse({ accounts: [{ ...account, postWeight: told, commentWeight: told }] }).accounts;
    expect(read).toMatchObject({ postWeight: kept, commentWeight: kept });
  });

  it.each([
    ['author', 'alice\u202e/../x'],
    ['permlink', ''],
    ['weight', -1e9],
    ['transactionId', '../../@mallory'],
  ])('says no %s of an entry that there is none of (%s)', (field, told) => {
    expect(parse({ journal: [{ ...entry, [field]: told }] }).journal[0]).toHaveProperty(field, undefined);
  });

  it('knows no batch here, and does not say of itself that it was no backup', () => {
    const [read] = parse({
      journal: [{ ...entry, batch: 'one', isRestored: false, open: 1, id: 5 }],
    }).journal;
    for (const field of ['batch', 'isRestored', 'open', 'id']) expect(read).not.toHaveProperty(field);
  });

  it('gives names of the language for no keys of its own', () => {
    const text = JSON.stringify({ ...whole, services: [service] });
    const planted = text.replace('"settings":{}', '"settings":{"__proto__":"x","constructor":"y"}');
    const [planned] = planOf(parseContent(planted)).services;
    expect(planned?.value?.settings).toEqual({});
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  it.each([
    ['accounts', 10_001, (index: number) => ({ ...account, id: String(index), subject: String(index) })],
    ['lookups', 1001, (index: number) => ({ ...lookup, id: String(index) })],
  ] as const)('is refused with more %s than anybody has', (kind, count, make) => {
    const all = Array.from({ length: count }, (_, index) => make(index));
    expect(() => parse({ [kind]: all })).toThrow(
      expect.objectContaining({ code: 'backup_damaged' }) as Error,
    );
    expect(() => parse({ [kind]: all.slice(1) })).not.toThrow();
  });

  it('may tell codes that only a newer Latchkey knows', () => {
    expect(parse({ journal: [{ ...entry, code: 'of_tomorrow' }] }).journal[0]?.code).toBeUndefined();
    expect(parse({ journal: [{ ...entry, code: 'network' }] }).journal[0]?.code).toBe('network');
  });

  it.each([
    ['a service that nobody knows', { services: [{ ...service, provider: 'unheard-of' }] }, 'services'],
    ['an address over http', { services: [{ ...service, apiBase: 'http://api.example' }] }, 'services'],
    ['a secret with a line end inside', { services: [{ ...service, clientSecret: 'a\nb' }] }, 'services'],
    ['no client id', { services: [{ ...service, clientId: ' ' }] }, 'services'],
    ['an account of nobody’s service', { accounts: [{ ...account, provider: 'unheard-of' }] }, 'accounts'],
    ['a look-up that leaves its service', { lookups: [{ ...lookup, path: '//evil.example' }] }, 'lookups'],
    ['a look-up of a whole address', { lookups: [{ ...lookup, path: 'https://evil.example/' }] }, 'lookups'],
    ['a look-up for secrets', { lookups: [{ ...lookup, rows: 'data.access_token' }] }, 'lookups'],
  ] as const)('by the rules of what is typed, does not bring %s', (_name, change, kind) => {
    const [planned] = planOf(parse(change))[kind];
    expect(planned).toMatchObject({ state: 'refused', value: undefined });
  });

  it('keeps the addresses of a service that has but one, whatever a backup says', () => {
    const [planned] = planOf(
      parse({ services: [{ ...service, provider: 'x', apiBase: 'https://evil.example' }] }),
    ).services;
    expect(planned?.value?.apiBase).toBe('https://api.x.com');
  });

  it.each([
    ['the same servers', {}, 'mine'],
    ['another server to sign in at', { authBase: 'https://evil.example' }, undefined],
    ['another server to ask', { apiBase: 'https://evil.example' }, undefined],
    ['another app', { clientId: 'another.app' }, undefined],
  ])('leaves the secret that is here with an app of the same id only at %s', (_name, change, secret) => {
    const mine: Holdings = { ...nothing, services: [{ ...service, clientSecret: 'mine' }] };
    const told = parse({ hasSecrets: false, services: [{ ...service, ...change }] });
    expect(planOf(told, mine).services[0]?.value?.clientSecret).toBe(secret);
  });

  it('leaves the secret that is here from where else a service is said to answer', () => {
    const open = { ...service, provider: 'oidc', settings: { otherHosts: 'https://api.example' } };
    const mine: Holdings = { ...nothing, services: [{ ...open, clientSecret: 'mine' }] };
    const told = parse({
      hasSecrets: false,
      services: [{ ...open, settings: { otherHosts: 'https://evil.example' } }],
    });
    expect(planOf(told, mine).services[0]).toMatchObject({ state: 'different' });
    expect(planOf(told, mine).services[0]?.value?.clientSecret).toBeUndefined();
  });

  it('is either read whole or refused, whatever it is', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(...Object.keys(whole)), (json, field) => {
        try {
          planOf(parse({ [field]: JSON.parse(json) as unknown }));
        } catch (thrown) {
          expect(toAppError(thrown).code).toBe('backup_damaged');
        }
      }),
      { numRuns: 1000 },
    );
  });
});
