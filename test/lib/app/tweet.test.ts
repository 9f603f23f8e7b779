import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type SandboxApp, signInToTwitter, signInToX, startSandboxApp } from '../../headless/sandbox-app.ts';

const hour = 60 * 60_000;
let house: SandboxApp;
beforeEach(async () => {
  house = await startSandboxApp();
});
afterEach(() => house.close());

const parts = ['One (1/3)', 'Two (2/3)', 'Three (3/3)'];
const posts = () => house.sandbox.requests.count({ host: 'api.x.com', method: 'POST', path: '/2/tweets' });
const newest = (count: number) =>
  house.sandbox.x
    .tweetsOf('bob_on_x')
    .slice(0, count)
    .map(({ text }) => text)
    .reverse();

/** Asks until it is over, as the composer does. */
async function post(account: string, parts: string[], more: { replyTo?: string } = {}) {
  const input = { request: crypto.randomUUID(), account, parts, ...more };
  for (let seen = 0; ;) {
    const reply = await house.app.invoke('tweet.post', { ...input, seen });
    if (reply.state !== 'posting') return reply;
    seen = reply.posted;
  }
}

describe('signing in to X', () => {
  it('takes no secret, asks for what is needed, and names the person', async () => {
    await signInToX(house);
    const { accounts } = await house.app.invoke('accounts.list', {});
    expect(accounts).toMatchObject([
      { name: 'bob_on_x', service: 'X', health: { state: 'fresh' }, defaultFor: ['tweet'] },
    ]);
    expect(accounts[0]?.scopes).toEqual(
      expect.arrayContaining(['tweet.read', 'tweet.write', 'offline.access']),
    );
    const [token] = house.sandbox.requests.find({ path: '/2/oauth2/token' });
    expect(token?.headers['authorization']).toBeUndefined();
    expect(String(token?.body)).toContain('code_verifier=');
  });

  it('is kept when X will not tell the name now, and gets it later', async () => {
    house.sandbox.misbehave({ path: '/2/users/me', how: { kind: 'status', status: 429 } });
    const account = await signInToX(house);
    expect((await house.app.invoke('accounts.list', {})).accounts).toMatchObject([{ name: 'X' }]);
    house.clock.advance(2 * hour);
    await post(account, ['Good evening']);
    expect((await house.app.invoke('accounts.list', {})).accounts).toMatchObject([
      { id: account, name: 'bob_on_x' },
    ]);
  });

  it('asks for the right to post only when it is needed', async () => {
    const account = await signInToX(house, []);
    expect((await house.app.invoke('tweet.start', {})).accounts).toMatchObject([{ canPost: false }]);
    await expect(post(account, ['Hello'])).rejects.toMatchObject({ refusal: { code: 'scope_missing' } });
    expect(posts()).toBe(0);
    await house.app.invoke('accounts.sign-in', { provider: 'x', account, allow: ['post'] });
    expect(await post(account, ['Hello'])).toMatchObject({ state: 'done' });
    // What was allowed stays allowed when the person signs in again, or allows one thing more.
    await house.app.invoke('accounts.sign-in', { provider: 'x', account, allow: ['follows'] });
    const { accounts } = await house.app.invoke('accounts.list', {});
    expect(accounts[0]?.scopes).toEqual(expect.arrayContaining(['tweet.write', 'follows.read']));
  });

  it('leaves one live grant at X: the pair of before is taken back once the new one is kept', async () => {
    const { sandbox, app } = house;
    const account = await signInToX(house, []);
    const [former = ''] = sandbox.x.validRefreshTokens('bob_on_x');
    await app.invoke('accounts.sign-in', { provider: 'x', account, allow: ['post'] });
    await vi.waitFor(() => expect(sandbox.x.validAccessTokens('bob_on_x')).toHaveLength(1));
    expect(sandbox.x.validRefreshTokens('bob_on_x')).toHaveLength(1);
    expect(sandbox.x.validRefreshTokens('bob_on_x')).not.toContain(former);
    expect(await post(account, ['With the new one'])).toMatchObject({ state: 'done' });
  });

  it('does not mind when X will not take the pair of before back', async () => {
    const { sandbox, app } = house;
    const account = await signInToX(house, []);
    sandbox.misbehave({ path: '/2/oauth2/revoke', times: 2, how: { kind: 'status', status: 503 } });
    await app.invoke('accounts.sign-in', { provider: 'x', account, allow: ['post'] });
    expect(await post(account, ['With the new one'])).toMatchObject({ state: 'done' });
    expect((await app.invoke('accounts.list', {})).accounts).toMatchObject([{ health: { state: 'fresh' } }]);
  });

  it('renews by a refresh token that is for one use, a month long', async () => {
    const account = await signInToX(house);
    for (let renewals = 0; renewals < 30; renewals += 1) {
      house.clock.advance(2 * hour);
      await house.app.onAlarm('refresh');
    }
    expect((await house.app.invoke('accounts.list', {})).accounts).toMatchObject([
      { health: { state: 'fresh' } },
    ]);
    expect(await post(account, ['Still here'])).toMatchObject({ state: 'done' });
    expect(house.sandbox.x.validRefreshTokens('bob_on_x')).toHaveLength(1);
  });

  it('revokes both tokens on sign-out', async () => {
    const account = await signInToX(house);
    expect(await house.app.invoke('accounts.sign-out', { account })).toEqual({ revoked: true });
    expect(house.sandbox.x.validAccessTokens('bob_on_x')).toEqual([]);
    expect(house.sandbox.x.validRefreshTokens('bob_on_x')).toEqual([]);
  });
});

describe('signing in by OAuth 1.0a', () => {
  const saved = (clientSecret: string, clientId = 'x-api-key') =>
    house.app.invoke('services.save', {
      provider: 'twitter',
      clientId,
      clientSecret,
      authBase: 'https://api.x.com',
      apiBase: 'https://api.x.com',
    });

  it('gives an account that does not end by time, tweets, looks things up, and is taken back', async () => {
    const account = await signInToTwitter(house);
    expect((await house.app.invoke('accounts.list', {})).accounts).toMatchObject([
      { name: 'bob_on_x', service: 'Twitter (OAuth 1.0a)', health: { state: 'fresh' } },
    ]);
    house.clock.advance(400 * 24 * hour);
    await house.app.onAlarm('refresh');
    expect(await post(account, ['Signed, ¡hola! 100 % *sure* (山)'])).toMatchObject({ state: 'done' });
    expect(await post(account, parts)).toMatchObject({ state: 'done', posted: [{}, {}, {}] });
    const ask = { account, lookup: 'timeline', params: { count: '5' } };
    expect((await house.app.invoke('lookup.run', ask)).rows).toHaveLength(5);
    expect(await house.app.invoke('accounts.sign-out', { account })).toEqual({ revoked: true });
    expect(house.sandbox.x.validOAuth1Tokens('bob_on_x')).toEqual([]);
  });

  it('updates the account of the same person, and does not double it', async () => {
    const first = await signInToTwitter(house);
    expect(await signInToTwitter(house)).toBe(first);
    expect((await house.app.invoke('accounts.list', {})).accounts).toHaveLength(1);
  });

  it('corrects a clock that is off, once', async () => {
    const account = await signInToTwitter(house);
    house.sandbox.clockOffsetMs += 20 * 60_000;
    expect(await post(account, ['My clock is slow'])).toMatchObject({ state: 'done' });
  });

  it('needs the secret, trims what is pasted, and refuses a line break inside', async () => {
    await expect(saved('')).rejects.toMatchObject({ refusal: { code: 'empty', field: 'clientSecret' } });
    await expect(saved('half\nhalf')).rejects.toMatchObject({
      refusal: { code: 'bad_client_id', field: 'clientSecret' },
    });
    expect((await saved(' x-api-key-secret\n')).service).toMatchObject({ hasSecret: true });
  });

  it('tells a wrong secret from a sign-in that was taken back', async () => {
    await saved('not-the-secret');
    await expect(house.app.invoke('accounts.sign-in', { provider: 'twitter' })).rejects.toMatchObject({
      refusal: { code: 'x_wrong_keys' },
    });
    const account = await signInToTwitter(house);
    for (const token of house.sandbox.x.validOAuth1Tokens('bob_on_x')) house.sandbox.x.revoke(token);
    await expect(post(account, ['Gone'])).rejects.toMatchObject({ refusal: { code: 'needs_sign_in' } });
    expect((await house.app.invoke('accounts.list', {})).accounts).toMatchObject([
      { health: { state: 'needs_sign_in' } },
    ]);
  });
});

describe('a tweet by the API', () => {
  it('is posted once, and told with its link', async () => {
    const account = await signInToX(house);
    const result = await post(account, ['Notes from the hut 🏔️ https://steemit.com/@alice/x 山']);
    expect(result).toMatchObject({
      state: 'done',
      posted: [{ url: expect.stringContaining('x.com') as string }],
    });
    expect(newest(1)).toEqual(['Notes from the hut 🏔️ https://steemit.com/@alice/x 山']);
    expect((await house.app.invoke('journal.list', {})).entries[0]).toMatchObject({
      action: 'tweet.post',
      outcome: 'done',
    });
  });

  it('is posted once however often the same request is asked for', async () => {
    const account = await signInToX(house);
    const input = { request: crypto.randomUUID(), account, parts: ['Once'] };
    await Promise.all([1, 2, 3].map(() => house.app.invoke('tweet.post', { ...input, seen: 1 })));
    await house.app.invoke('tweet.post', { ...input, seen: 1 });
    expect(posts()).toBe(1);
  });

  it('can be deleted', async () => {
    const account = await signInToX(house);
    const result = await post(account, ['Too early']);
    const tweet = result.state === 'done' ? (result.posted[0]?.id ?? '') : '';
    await house.app.invoke('tweet.delete', { account, tweet });
    expect(newest(1)).not.toEqual(['Too early']);
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['BOM \uFEFF inside', 'tweet_bad_character'],
    ['a'.repeat(25_001), 'tweet_too_long'],
  ])('refuses %j before anything leaves', async (text, code) => {
    const account = await signInToX(house);
    await expect(post(account, [text])).rejects.toMatchObject({ refusal: { code, field: 'parts' } });
    expect(posts()).toBe(0);
  });

  it('says what X says: a duplicate, no credits, a locked account', async () => {
    const account = await signInToX(house);
    await post(account, ['Twice']);
    await expect(post(account, ['Twice'])).rejects.toMatchObject({ refusal: { code: 'tweet_duplicate' } });
    const app = house.sandbox.x.findApp('x-client-id');
    if (app !== undefined) app.credits = 0;
    await expect(post(account, ['Broke'])).rejects.toMatchObject({ refusal: { code: 'x_credits_depleted' } });
    expect((await house.app.invoke('accounts.list', {})).accounts).toMatchObject([
      { health: { state: 'fresh' } },
    ]);
  });

  it('is never sent again by itself; a duplicate after an unknown counts as posted', async () => {
    const account = await signInToX(house);
    house.sandbox.misbehave({ path: '/2/tweets', method: 'POST', how: 'drop-after' });
    await expect(post(account, ['Did it arrive?'])).rejects.toMatchObject({
      refusal: { code: 'tweet_unknown' },
    });
    expect(posts()).toBe(1);
    expect((await house.app.invoke('journal.list', {})).entries[0]).toMatchObject({ outcome: 'unknown' });
    expect(await post(account, ['Did it arrive?'])).toMatchObject({ state: 'done' });
    expect(newest(2)).not.toEqual(['Did it arrive?', 'Did it arrive?']);
  });

  it.each([
    ['drop-after', true],
    ['drop-before', false],
  ] as const)('that is unknown (%s) can be looked for, at the price of a few reads', async (how, isThere) => {
    const account = await signInToX(house);
    const text = 'Bees & honey: https://example.com/very/long/path?and=more  <3';
    house.sandbox.misbehave({ path: '/2/tweets', method: 'POST', how });
    await expect(post(account, [text])).rejects.toMatchObject({ refusal: { code: 'tweet_unknown' } });
    house.sandbox.x.bill.clear();
    const { found } = await house.app.invoke('tweet.check', { account, text });
    expect(found !== undefined).toBe(isThere);
    expect(house.sandbox.x.bill.total).toBeLessThanOrEqual(0.025);
    expect((await house.app.invoke('journal.list', {})).openCount).toBe(isThere ? 0 : 1);
  });

  it('renews a token that ended while it was written', async () => {
    const account = await signInToX(house);
    house.clock.advance(3 * hour);
    expect(await post(account, ['Slow writer'])).toMatchObject({ state: 'done' });
  });
});

describe('a thread', () => {
  it('goes out in order, each an answer to the one before', async () => {
    const account = await signInToX(house);
    expect(await post(account, parts)).toMatchObject({ state: 'done', posted: [{}, {}, {}] });
    expect(newest(3)).toEqual(parts);
    const [third, second] = house.sandbox.x.tweetsOf('bob_on_x');
    expect(third?.inReplyTo?.id).toBe(second?.id);
  });

  it('that stops in the middle keeps the rest, which is taken up where it stopped', async () => {
    const account = await signInToX(house);
    house.sandbox.x.refusesOwnReplies = true;
    const stopped = await post(account, parts);
    expect(stopped).toMatchObject({ state: 'stopped', posted: [{}], rest: parts.slice(1) });
    house.sandbox.x.refusesOwnReplies = false;
    if (stopped.state !== 'stopped') throw new Error('it went on');
    const replyTo = stopped.posted.at(-1)?.id ?? '';
    expect(await post(account, stopped.rest, { replyTo })).toMatchObject({ state: 'done', posted: [{}, {}] });
    expect(newest(3)).toEqual(parts);
  });

  it('survives a worker killed between two tweets', async () => {
    const account = await signInToX(house);
    const request = crypto.randomUUID();
    const first = await house.app.invoke('tweet.post', { request, account, parts, seen: 0 });
    expect(first).toMatchObject({ state: 'posting', posted: 1 });
    const next = house.restart();
    await next.start();
    const ended = await next.invoke('tweet.post', { request, account, parts, seen: 3 });
    // Either the worker died between two tweets and all are there, or with one under way, which is then unknown.
    const ids = 'posted' in ended && Array.isArray(ended.posted) ? ended.posted.length : 0;
    const onX = newest(3).filter((text) => parts.includes(text));
    expect(new Set(onX).size).toBe(onX.length);
    expect(onX.length).toBeGreaterThanOrEqual(ids);
    if (ended.state === 'done') expect(onX).toEqual(parts);
    else expect(ended).toMatchObject({ state: 'stopped', code: 'tweet_unknown' });
  });
});

describe('a tweet about a post', () => {
  const link = 'https://steemit.com/@alice/notes-from-a-mountain-hut';
  const page = { kind: 'page', host: 'steemit.com' } as const;
  const ask = async (action: string, input: unknown) => {
    const reply = await house.app.dispatch({ protocol: 'latchkey/1', action, input }, page);
    if (!reply.ok) throw new Error(reply.error.code);
    return reply.value;
  };

  it('opens X’s own composer while no account is connected, and ours with the post as soon as one is', async () => {
    const { app, ports } = house;
    await ask('tweet.open', { post: link });
    expect(ports.seen.tabs).toEqual([expect.stringContaining('https://x.com/intent/tweet?text=')]);
    expect(ports.seen.popups).toEqual([]);
    await signInToX(house);
    await ask('tweet.open', { post: link });
    expect(ports.seen.popups).toEqual(['tweet']);
    const { text } = await app.invoke('tweet.take', {});
    expect(text).toMatch(/^Notes from a mountain hut\nhttps:\/\/steemit.com\/.*notes-from-a-mountain-hut\n#/);
    // Once: the next composer begins with nothing.
    expect(await app.invoke('tweet.take', {})).toEqual({});
    expect(posts()).toBe(0);
  });

  it('comes from the chain and not from the page that asks, is priced, and posted once', async () => {
    const account = await signInToX(house);
    const about = await ask('tweet.about', { post: link });
    expect(about).toMatchObject({ price: 0.2, accounts: [{ id: account, name: 'bob_on_x' }] });
    const input = { request: crypto.randomUUID(), account, post: link, text: 'Buy my coins', parts: ['Buy'] };
    for (let asked = 0; asked < 3; asked += 1)
      expect(await ask('tweet.post-about', input)).toMatchObject({ state: 'done', posted: [{}] });
    expect(posts()).toBe(1);
    expect(newest(1)).toEqual([(about as { text: string }).text]);
  });

  it('is offered to those who may post only', async () => {
    await signInToX(house, []);
    expect(await ask('tweet.about', { post: link })).toMatchObject({ accounts: [] });
  });

  it.each([
    [
      { id: 'tweet-selection', text: ' wise words ', link: 'https://example.com/a' },
      '“wise words”\nhttps://example.com/a',
    ],
    [{ id: 'tweet-page', title: 'A page', link: 'https://example.com/a' }, 'A page\nhttps://example.com/a'],
    [{ id: 'tweet-link', link: 'https://example.com/a' }, 'https://example.com/a'],
    [{ id: 'tweet-link', link }, /^Notes from a mountain hut\nhttps:.*\n#/],
    [{ id: 'tweet-page', title: 'x', link: 'https://steemit.com/@alice/no-such-post' }, /^x\nhttps:/],
  ] as const)('can be begun in a menu: %j', async (choice, text) => {
    const { app, ports } = house;
    await app.onMenu(choice);
    expect(ports.seen.popups).toEqual(['tweet']);
    expect((await app.invoke('tweet.take', {})).text).toMatch(text);
  });
});

describe('tweets in the Activity', () => {
  const newestEntry = async () => {
    const [entry] = (await house.app.invoke('journal.list', {})).entries;
    if (entry === undefined) throw new Error('The Activity is empty.');
    return entry;
  };
  const resume = async (id: number) => {
    const input = { id, request: crypto.randomUUID() };
    for (let seen = 0; ;) {
      const reply = await house.app.invoke('tweet.resume', { ...input, seen });
      if (reply.state !== 'posting') return reply;
      seen = reply.posted;
    }
  };

  it('show their text and links; deleted, they say so, and the deletion is noted', async () => {
    const { app } = house;
    const account = await signInToX(house);
    await post(account, parts);
    const entry = await newestEntry();
    expect(entry).toMatchObject({ parts, posted: [{}, {}, {}], canTryAgain: false });
    expect(await app.invoke('tweet.delete-entry', { id: entry.id })).toEqual({ count: 3 });
    expect(newest(3)).not.toContain(parts[0]);
    const { entries } = await app.invoke('journal.list', {});
    expect(entries.slice(0, 3)).toMatchObject(parts.map(() => ({ action: 'tweet.delete', outcome: 'done' })));
    const gone = entries.find(({ id }) => id === entry.id);
    expect(gone?.posted?.map(({ isDeleted }) => isDeleted)).toEqual([true, true, true]);
    expect(await app.invoke('tweet.delete-entry', { id: entry.id })).toEqual({ count: 0 });
  });

  it('that are gone already count as deleted', async () => {
    const { app } = house;
    const account = await signInToX(house);
    await post(account, ['Gone by hand']);
    const entry = await newestEntry();
    const [tweet] = house.sandbox.x.tweetsOf('bob_on_x');
    if (tweet !== undefined) tweet.deleted = true;
    expect(await app.invoke('tweet.delete-entry', { id: entry.id })).toEqual({ count: 1 });
    expect(await newestEntry()).toMatchObject({ action: 'tweet.delete', outcome: 'done' });
  });

  it('go on where a thread stopped, once; then nothing is left to look at', async () => {
    const { app, sandbox } = house;
    const account = await signInToX(house);
    sandbox.x.refusesOwnReplies = true;
    await post(account, parts);
    sandbox.x.refusesOwnReplies = false;
    const entry = await newestEntry();
    expect(entry).toMatchObject({ outcome: 'failed', canTryAgain: true, posted: [{}] });
    // As the composer keeps it.
    const replyTo = entry.posted?.[0]?.id ?? '';
    const draft = { text: parts.slice(1).join('\n---\n'), account, replyTo };
    await house.ports.session.set('draft:tweet', draft);
    expect(await resume(entry.id)).toMatchObject({ state: 'done', posted: [{}, {}] });
    expect(newest(3)).toEqual(parts);
    expect(await house.ports.session.get('draft:tweet')).toEqual({ text: '', account });
    const { entries, openCount } = await app.invoke('journal.list', {});
    expect(openCount).toBe(0);
    expect(entries.find(({ id }) => id === entry.id)).toMatchObject({ isReviewed: true, canTryAgain: false });
  });

  it('whose answer was lost are looked for, and then are what they are', async () => {
    const { app, sandbox } = house;
    const account = await signInToX(house);
    sandbox.misbehave({ path: '/2/tweets', method: 'POST', how: 'drop-after' });
    await expect(post(account, parts)).rejects.toMatchObject({ refusal: { code: 'tweet_unknown' } });
    const entry = await newestEntry();
    expect(entry).toMatchObject({ outcome: 'unknown', canTryAgain: false });
    const { found } = await app.invoke('tweet.check-entry', { id: entry.id });
    expect(found).toBeDefined();
    expect(await newestEntry()).toMatchObject({ outcome: 'failed', posted: [found], canTryAgain: true });
    await resume(entry.id);
    expect(newest(3)).toEqual(parts);
    expect(posts()).toBe(3);
  });

  it('of a thread sent again without a look: X’s word that the first is there asks for the look', async () => {
    const { app, sandbox } = house;
    const account = await signInToX(house);
    sandbox.misbehave({ path: '/2/tweets', method: 'POST', how: 'drop-after' });
    await expect(post(account, parts)).rejects.toMatchObject({ refusal: { code: 'tweet_unknown' } });
    await expect(post(account, parts)).rejects.toMatchObject({ refusal: { code: 'tweet_probably_posted' } });
    const { found } = await app.invoke('tweet.check', { account, text: parts[0] ?? '' });
    expect(await post(account, parts.slice(1), { replyTo: found?.id ?? '' })).toMatchObject({
      state: 'done',
    });
    expect(newest(3)).toEqual(parts);
    expect((await app.invoke('journal.list', {})).openCount).toBe(0);
  });
});
