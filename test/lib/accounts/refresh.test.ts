import { beforeEach, describe, expect, it } from 'vitest';
import type { Accounts } from '../../../lib/accounts/accounts.ts';
import { refreshTakesAtMost } from '../../../lib/accounts/timing.ts';
import { AppError } from '../../../lib/errors.ts';
import { createHouse, day, type House, invalidGrant, routes } from './create-house.ts';

const minute = 60_000;
let house: House;
let id: string;

async function begin(secret?: string): Promise<void> {
  house = await createHouse(secret);
  id = await house.signIn();
  house.ports.seen.requests.length = 0;
}
beforeEach(() => begin());

const alarm = () => house.ports.alarmTimes.get('refresh');
/** Moves on to the alarm and rings it, as a browser does. */
async function ring(): Promise<void> {
  house.ports.clock.advance((alarm() ?? Infinity) - house.ports.clock.now());
  house.ports.alarmTimes.delete('refresh');
  await house.accounts.onAlarm();
}
const health = async () => (await house.accounts.list())[0]?.health;
const answerWith = (answer: () => Response | Promise<Response>) => {
  house.ports.script.http[routes.token] = answer;
};
/** Holds the next token call until the test lets it go. */
function hold(
  answer: Response = Response.json({ access_token: 'LATE', refresh_token: 'LATE-R', expires_in: 604800 }),
) {
  const { promise, resolve } = Promise.withResolvers<Response>();
  answerWith(() => promise);
  return () => resolve(answer);
}

describe('the alarm', () => {
  it('rings when the first account is due, and renews that one only', async () => {
    house.ports.clock.advance(day);
    house.person = 'carol';
    const carol = await house.signIn();
    const before = await house.grant(carol);
    house.ports.seen.requests.length = 0;
    expect(alarm()).toBe((await house.grant(id)).dueAt);
    house.person = 'bob';
    await ring();
    expect(house.tokenCalls()).toBe(1);
    expect(await house.grant(carol)).toEqual(before);
    expect(alarm()).toBe(before.dueAt);
  });

  it('is made anew when it is missing at a start, and when it would ring too late', async () => {
    const due = alarm();
    house.ports.alarmTimes.clear();
    await house.startBeside().start();
    expect(alarm()).toBe(due);
    house.ports.alarmTimes.set('refresh', (due ?? 0) + 30 * day);
    await house.startBeside().start();
    expect(alarm()).toBe(due);
  });

  it('that rings soon enough is left alone at a start', async () => {
    const soon = house.ports.clock.now() + 5000;
    house.ports.alarmTimes.set('refresh', soon);
    await house.startBeside().start();
    expect(alarm()).toBe(soon);
  });

  it('is there again while renewals are under way, in case that the worker dies', async () => {
    const release = hold();
    const ringing = ring();
    await expect.poll(() => house.tokenCalls()).toBe(1);
    expect(alarm()).toBe(house.ports.clock.now() + refreshTakesAtMost);
    release();
    await ringing;
  });

  it('is not kept ringing by a grant whose account is gone or damaged', async () => {
    const database = await house.vault.database.get();
    await database.put('accounts', { id, provider: 'steemlogin', subject: 'bob' } as never);
    await ring();
    expect(house.tokenCalls()).toBe(0);
    expect(alarm()).toBeUndefined();
  });

  it('rings no more without an account', async () => {
    await house.accounts.signOut(id);
    await house.accounts.start();
    expect(alarm()).toBeUndefined();
  });
});

describe('a renewal', () => {
  it('keeps the newest pair, and spends it next time', async () => {
    const before = await house.grant(id);
    await ring();
    expect(await house.accessToken(id)).toBe('PLANTED-ACCESS-3');
    expect(await house.grant(id)).toMatchObject({
      state: 'live',
      attempts: 0,
      generation: before.generation,
    });
    await ring();
    const spent = house.ports.seen.requests
      .filter(({ route }) => route === routes.token)
      .map(({ body }) => new URLSearchParams(body).get('refresh_token'));
    expect(spent).toEqual(['PLANTED-REFRESH-2', 'PLANTED-REFRESH-3']);
  });

  it('BCP 26: without a new refresh token keeps the old one', async () => {
    answerWith(() => Response.json({ access_token: 'PLANTED-NEW', expires_in: 604800 }));
    await ring();
    await ring();
    const spent = house.ports.seen.requests.map(({ body }) => new URLSearchParams(body).get('refresh_token'));
    expect(spent).toEqual(['PLANTED-REFRESH-2', 'PLANTED-REFRESH-2']);
    expect((await health())?.state).toBe('fresh');
  });

  it('is marked on disk before the call, and the mark falls due by itself', async () => {
    house.ports.clock.advance(6 * day);
    const since = house.ports.clock.now();
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const usual = house.ports.script.http[routes.token];
    answerWith(async () => {
      resolve(await house.grant(id));
      return usual?.(new Request('https://unused.example')) ?? Response.error();
    });
    await house.accounts.onAlarm();
    expect(await promise).toMatchObject({
      state: 'refreshing',
      refreshingSince: since,
      dueAt: since + refreshTakesAtMost,
    });
  });

  it('BCP 25: happens once for all who want it at the same time, from two starts of the worker too', async () => {
    house.ports.clock.advance(7 * day - minute);
    const other = house.startBeside();
    const all = await Promise.all([
      house.accounts.access(id),
      house.accounts.access(id),
      other.access(id),
      other.onAlarm(),
      house.accounts.onAlarm(),
    ]);
    expect(house.tokenCalls()).toBe(1);
    for (const access of all.slice(0, 3)) expect(access).toMatchObject({ accessToken: 'PLANTED-ACCESS-3' });
  });

  /** A worker dies with its call on the way: its lock is free, its call never answers. */
  async function dieWhile(work: (dying: Accounts) => Promise<unknown>): Promise<void> {
    const { locks } = house.ports;
    Object.assign(house.ports, { locks: { run: (_name: string, held: () => Promise<unknown>) => held() } });
    hold();
    void work(house.startBeside());
    await expect.poll(() => house.tokenCalls()).toBe(1);
    Object.assign(house.ports, { locks });
    answerWith(() => Response.json({ access_token: 'PLANTED-NEXT', expires_in: 604800 }));
  }

  it('left by a dead worker is ended at the next start, at once', async () => {
    await dieWhile((dying) => dying.refreshNow(id));
    expect(await health()).toEqual({ state: 'refreshing' });
    await house.startBeside().start();
    expect((await health())?.state).toBe('fresh');
    expect(await house.accessToken(id)).toBe('PLANTED-NEXT');
  });

  it('left by a dead worker waits for nobody: the alarm wakes the next, whoever had asked', async () => {
    await dieWhile((dying) => dying.refreshNow(id));
    expect(alarm()).toBe(house.ports.clock.now() + refreshTakesAtMost);
    await ring();
    expect(await house.accessToken(id)).toBe('PLANTED-NEXT');
  });

  it('left by a dead worker is not missed by an alarm that rings a moment before the mark falls due', async () => {
    await dieWhile((dying) => dying.refreshNow(id));
    house.ports.clock.advance(refreshTakesAtMost - 1);
    await house.accounts.onAlarm();
    expect(await house.accessToken(id)).toBe('PLANTED-NEXT');
  });

  it('is begun by nobody where the mark can not be written', async () => {
    Object.assign(house.vault, { write: () => Promise.reject(new AppError('vault_broken')) });
    await expect(house.accounts.refreshNow(id)).rejects.toMatchObject({ code: 'vault_broken' });
    expect(house.tokenCalls()).toBe(0);
  });

  it.each([
    [
      'a sign-out',
      () =>
        house.vault.write(['accounts', 'grants'], async (transaction) => {
          await transaction.objectStore('accounts').delete(id);
          await transaction.objectStore('grants').delete(id);
        }),
    ],
    [
      'a newer sign-in',
      async () => {
        const grant = await house.grant(id);
        await house.vault.store.grants.put({ ...grant, state: 'live', generation: grant.generation + 1 });
      },
    ],
  ] as [string, () => Promise<void>][])(
    'whose answer comes after %s changes nothing',
    async (_name, meanwhile) => {
      for (const answer of [undefined, invalidGrant()]) {
        await begin();
        const release = hold(answer);
        const renewal = house.accounts.refreshNow(id).catch(() => undefined);
        await expect.poll(() => house.tokenCalls()).toBe(1);
        await meanwhile();
        const expected = await house.vault.store.grants.list();
        // Should the renewal go on to a sign-in page, it stays open.
        house.ports.script.authorize = () => Promise.reject(new AppError('cancelled'));
        release();
        await renewal;
        expect(await house.vault.store.grants.list()).toEqual(expected);
      }
    },
  );
});

describe('a failure that passes', () => {
  it.each([
    ['429', () => new Response('', { status: 429 }), 'too_many_requests'],
    ['503 with HTML', () => new Response('<html>', { status: 503 }), 'service_busy'],
    ['500 with JSON', () => Response.json({ error: 'server_error' }, { status: 500 }), 'service_error'],
    [
      '503 with a refusal in it',
      () => Response.json({ error: 'invalid_grant' }, { status: 503 }),
      'service_error',
    ],
    ['200 with HTML', () => new Response('<html>'), 'bad_answer'],
    ['200 with half a JSON', () => new Response('{"access_token":"PLA'), 'bad_answer'],
    ['200 with nothing', () => new Response(''), 'bad_answer'],
    ['401 with HTML', () => new Response('<html>', { status: 401 }), 'bad_answer'],
    ['no network', () => Promise.reject(new AppError('network')), 'network'],
    ['no answer', () => Promise.reject(new AppError('timeout')), 'timeout'],
  ] as [string, () => Response | Promise<Response>, string][])(
    'like %s keeps the tokens and is tried again',
    async (_name, answer, trouble) => {
      const before = await house.grant(id);
      const usual = house.ports.script.http[routes.token];
      answerWith(answer);
      await ring();
      const after = await house.grant(id);
      expect(after).toMatchObject({ state: 'try_later', trouble, attempts: 1 });
      expect(after.accessToken).toEqual(before.accessToken);
      expect(after.refreshToken).toEqual(before.refreshToken);
      expect(house.ports.seen.badge).toBe('');
      expect(alarm()).toBe(house.ports.clock.now() + 15_000);
      expect(await health()).toMatchObject({ state: 'try_later', trouble });
      await ring();
      expect((await house.grant(id)).attempts).toBe(2);
      if (usual !== undefined) house.ports.script.http[routes.token] = usual;
      await ring();
      expect(await health()).toMatchObject({ state: 'fresh' });
    },
  );

  it('is tried again within the minute for which some services take a spent token, however often it failed', async () => {
    answerWith(() => Promise.reject(new AppError('network')));
    const waits: number[] = [];
    for (let failure = 0; failure < 8; failure += 1) {
      await ring();
      waits.push((alarm() ?? 0) - house.ports.clock.now());
    }
    // Each long wait is followed by a short one, since the try after it may have been heard.
    expect(waits).toEqual([15_000, 30_000, 15_000, 120_000, 15_000, 480_000, 15_000, 1_920_000]);
  });

  it.each([
    ['7200', 7_200_000],
    ['Sat, 28 Nov 2026 00:00:00 GMT', day],
  ])('waits as long as the service says: %s', async (header, wait) => {
    answerWith(() => new Response('', { status: 429, headers: { 'retry-after': header } }));
    await ring();
    expect(alarm()).toBe(house.ports.clock.now() + wait);
  });

  it('still hands out a token that works', async () => {
    house.ports.clock.advance(7 * day - minute);
    answerWith(() => new Response('', { status: 503 }));
    expect(await house.accessToken(id)).toBe('PLANTED-ACCESS-2');
    expect(house.tokenCalls()).toBe(1);
    house.ports.clock.advance(2 * minute);
    await expect(house.accounts.access(id)).rejects.toMatchObject({ code: 'service_busy' });
  });
});

describe('a definite refusal', () => {
  it.each([
    ['The token has invalid role', 'needs_sign_in'],
    ['The code or secret is not valid', 'app_settings'],
  ])(
    '(%s) asks for the person, on the toolbar too, and is not tried again by itself',
    async (text, trouble) => {
      answerWith(() => Response.json({ error: 'invalid_grant', error_description: text }, { status: 401 }));
      await ring();
      expect(await health()).toEqual({ state: 'needs_sign_in', trouble });
      expect(house.ports.seen).toMatchObject({ badge: '!', title: 'badge_needs_sign_in' });
      expect(alarm()).toBeUndefined();
      await house.accounts.onAlarm();
      expect(house.tokenCalls()).toBe(1);
      // The token itself works to its end.
      expect(await house.accessToken(id)).toBe('PLANTED-ACCESS-2');
      house.ports.clock.advance(2 * day);
      await expect(house.accounts.access(id)).rejects.toMatchObject({ code: trouble });
      expect(house.tokenCalls()).toBe(1);
    },
  );

  it('is over when the person signs in again', async () => {
    const usual = house.ports.script.http[routes.token];
    answerWith(invalidGrant);
    await ring();
    if (usual !== undefined) house.ports.script.http[routes.token] = usual;
    await house.accounts.signIn('steemlogin', { renew: id });
    expect((await health())?.state).toBe('fresh');
    expect(house.ports.seen).toMatchObject({ badge: '', title: 'badge_title' });
    expect(alarm()).toBeDefined();
  });
});

describe('before a use', () => {
  it('a token with more than two minutes left is used as it is', async () => {
    house.ports.clock.advance(7 * day - 2 * minute);
    expect(await house.accessToken(id)).toBe('PLANTED-ACCESS-2');
    expect(house.tokenCalls()).toBe(0);
  });

  it('a token with less left is renewed', async () => {
    house.ports.clock.advance(7 * day - 2 * minute + 1);
    expect(await house.accessToken(id)).toBe('PLANTED-ACCESS-3');
    expect(house.tokenCalls()).toBe(1);
  });

  it('a token that the service refused is renewed once, whoever asks', async () => {
    const [one, two] = await Promise.all([
      house.accounts.accessAfterRejection(id, 'PLANTED-ACCESS-2'),
      house.startBeside().accessAfterRejection(id, 'PLANTED-ACCESS-2'),
    ]);
    expect([one.accessToken, two.accessToken]).toEqual(['PLANTED-ACCESS-3', 'PLANTED-ACCESS-3']);
    expect(house.tokenCalls()).toBe(1);
  });

  it('a refused token is not handed out again, however long it claims to live', async () => {
    answerWith(() => new Response('', { status: 503 }));
    await expect(house.accounts.accessAfterRejection(id, 'PLANTED-ACCESS-2')).rejects.toMatchObject({
      code: 'service_busy',
    });
    await expect(house.accounts.access(id)).rejects.toMatchObject({ code: 'service_busy' });
    answerWith(invalidGrant);
    await expect(house.accounts.access(id)).rejects.toMatchObject({ code: 'needs_sign_in' });
  });

  it('an account that is not there is told', async () => {
    await expect(house.accounts.access('nobody')).rejects.toMatchObject({ code: 'unknown_account' });
    await expect(house.accounts.refreshNow('nobody')).rejects.toMatchObject({ code: 'unknown_account' });
  });
});

describe('without a client secret', () => {
  beforeEach(() => begin(''));

  it('a silent sign-in renews it', async () => {
    await ring();
    expect(house.ports.seen.signInPages.map(({ interactive }) => interactive)).toEqual([true, false]);
    expect(await health()).toMatchObject({ state: 'fresh' });
    expect(await house.accessToken(id)).toBe('PLANTED-ACCESS-2');
  });

  it.each([
    ['the person is needed', () => Promise.reject(new AppError('needs_sign_in')), 'needs_sign_in'],
    ['the page did not load', () => Promise.reject(new AppError('page_not_loaded')), 'try_later'],
    ['another window is open', () => Promise.reject(new AppError('sign_in_running')), 'try_later'],
    ['it takes too long', () => Promise.reject(new AppError('timeout')), 'try_later'],
  ] as const)('says so when %s', async (_name, authorize, state) => {
    house.ports.script.authorize = authorize;
    await ring();
    expect(await health()).toMatchObject({ state });
  });

  it('another person in the browser is not taken for this one', async () => {
    house.person = 'carol';
    await ring();
    expect(await health()).toEqual({ state: 'needs_sign_in', trouble: 'wrong_person' });
    expect(await house.accessToken(id)).toBe('PLANTED-ACCESS-1');
  });

  it.each(['needs_sign_in', 'wrong_person'])(
    'the button goes on in front of the person after %s',
    async (trouble) => {
      const usual = house.ports.script.authorize;
      house.ports.script.authorize = (request) => {
        if (request.interactive) house.person = 'bob';
        else if (trouble === 'wrong_person') house.person = 'carol';
        else return Promise.reject(new AppError('needs_sign_in'));
        return usual(request);
      };
      expect((await house.accounts.refreshNow(id)).account.id).toBe(id);
      expect(house.ports.seen.signInPages.map(({ interactive }) => interactive)).toEqual([true, false, true]);
      expect((await house.grant(id)).generation).toBe(2);
    },
  );
});

it('a vault whose key is gone asks the person, and a sign-in heals it', async () => {
  await (await house.vault.database.get()).clear('keys');
  // The first thing that is needed, and can't be read, is the secret of the person's app.
  await expect(house.accounts.access(id)).rejects.toMatchObject({ code: 'vault_secret_lost' });
  await ring();
  expect(await health()).toEqual({ state: 'needs_sign_in', trouble: 'vault_key_missing' });
  await house.registrations.save({
    provider: 'steemlogin',
    clientId: 'latchkey.app',
    clientSecret: 'PLANTED-SECRET',
    authBase: 'https://steemlogin.com',
    apiBase: 'https://api.steemlogin.com',
  });
  await house.accounts.refreshNow(id);
  expect((await health())?.state).toBe('fresh');
});

it('a default moves from one account to another and is never doubled', async () => {
  house.ports.clock.advance(1000);
  house.person = 'carol';
  const carol = await house.signIn();
  await house.accounts.setDefault(carol, 'vote');
  await house.accounts.setDefault(carol, 'vote');
  expect((await house.accounts.list()).map(({ account }) => account.defaultFor)).toEqual([[], ['vote']]);
  await expect(house.accounts.setDefault('nobody', 'vote')).rejects.toMatchObject({
    code: 'unknown_account',
  });
  expect((await house.accounts.list()).map(({ account }) => account.defaultFor)).toEqual([[], ['vote']]);
});

it('a default and a vote noted at the same time are both kept', async () => {
  await Promise.all([
    house.accounts.setDefault(id, 'vote'),
    house.accounts.update(id, { lastVoteAt: 5, postWeight: 10 }),
    house.accounts.setDefault(id, 'vote'),
    house.accounts.update(id, { commentWeight: 20 }),
  ]);
  expect(await house.accounts.find(id)).toMatchObject({
    defaultFor: ['vote'],
    lastVoteAt: 5,
    postWeight: 10,
    commentWeight: 20,
  });
});
