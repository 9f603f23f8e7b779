import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Client } from './auth-client.ts';
import { createClient, invalidRole, refusal, serviceNames, startAuthSandbox } from './auth-client.ts';
import { rareChainTexts } from './chain/rare-texts.ts';
import type { Sandbox } from './index.ts';
import { requestSandbox } from './request.ts';
import { parseBody, postJson } from './test-client.ts';

const operation = ['vote', { voter: 'bob', author: 'alice', permlink: 'a-post', weight: 2500 }] as const;
let sandbox: Sandbox;
let v2: Client;
let v3: Client;
let hs: Client;
beforeEach(async () => {
  sandbox = await startAuthSandbox();
  v2 = createClient(sandbox, 'steemconnect');
  v3 = createClient(sandbox, 'steemlogin');
  hs = createClient(sandbox, 'hivesigner');
});
afterEach(() => sandbox.close());

describe.each(serviceNames)('%s', (name) => {
  test('a vote reaches the chain', async () => {
    const { broadcast, issue, service } = createClient(sandbox, name);
    const answer = await broadcast(issue('access'), [operation]);
    expect(answer.status).toBe(200);
    expect(parseBody(answer)).toMatchObject({ result: { id: service.chain.transactions[0]?.id } });
    expect(service.chain.votesOn('alice', 'a-post')).toMatchObject([{ voter: 'bob', percent: 2500 }]);
  });

  test('bare, Bearer and Basic are the same; lower case is not cut off', async () => {
    const { me, issue } = createClient(sandbox, name);
    const token = issue('access');
    for (const header of [token, `Bearer ${token}`, `Basic ${token}`])
      expect((await me(header)).status).toBe(200);
    expect(parseBody(await me(`bearer ${token}`))).toEqual(invalidRole);
    expect(parseBody(await me(issue('refresh')))).toEqual(invalidRole);
  });

  test('each check refuses with its text, in this order', async () => {
    const { broadcast, issue, service } = createClient(sandbox, name);
    const { chain } = service;
    const wrong = [['transfer', { from: 'alice' }]];
    const login = issue('access', ['login']);
    const refuse = async (token: string, operations: unknown = wrong): Promise<unknown> => {
      const answer = await broadcast(token, operations);
      expect(answer.status).toBe(401);
      return parseBody(answer);
    };
    chain.withdrawAuthority('bob', 'some.app');
    chain.withdrawAuthority('some.app', service.generation.broadcaster);
    expect(await refuse('no token')).toEqual(invalidRole);
    expect(await refuse(login)).toEqual(
      refusal('unauthorized_client', "The app @some.app doesn't have permission to broadcast for @bob"),
    );
    chain.authorise('bob', 'some.app');
    expect(await refuse(login)).toEqual(
      refusal(
        'unauthorized_client',
        "Broadcaster account doesn't have permission to broadcast for @some.app",
      ),
    );
    chain.authorise('some.app', service.generation.broadcaster);
    expect(await refuse(login, [operation, ...wrong])).toEqual(
      refusal(
        'invalid_scope',
        'The access_token scope does not allow the following operation(s): vote, transfer',
      ),
    );
    expect(await refuse(issue('access'), [['vote', { ...operation[1], voter: 'alice' }]])).toEqual(
      refusal(
        'unauthorized_client',
        'This access_token allow you to broadcast transaction only for the account @bob',
      ),
    );
    expect(chain.transactions).toEqual([]);
  });

  test('operations that are no list are never answered', async () => {
    const { api, issue } = createClient(sandbox, name);
    const waiting = requestSandbox(sandbox, `${api}/broadcast`, {
      headers: { authorization: issue('access'), 'content-type': 'application/json' },
      body: JSON.stringify({ operations: 'vote' }),
      signal: AbortSignal.timeout(300),
    });
    await expect(waiting).rejects.toThrow('aborted');
  });
});

describe('what the chain refuses', () => {
  test('v2 gives the text alone, v3 the raw error too', async () => {
    sandbox.steem.addPost({ author: 'alice', permlink: 'closed', allowVotes: false });
    const closed = [['vote', { ...operation[1], permlink: 'closed' }]];
    const text = 'comment.allow_votes: Votes are not allowed on the comment.';
    const old = await v2.broadcast(v2.issue('access', ['vote']), closed);
    expect([old.status, parseBody(old)]).toEqual([500, refusal('server_error', text)]);
    const later = await v3.broadcast(v3.issue('access'), closed);
    expect(later.status).toBe(500);
    expect(parseBody(later)).toMatchObject({
      ...refusal('server_error', text),
      response: { code: -32000, data: { name: 'assert_exception', stack: [{ format: text }] } },
    });
  });

  test('values are filled in', async () => {
    sandbox.steem.setMana('bob', 'resourceCredits', 0);
    expect(parseBody(await v3.broadcast(v3.issue('access'), [operation]))).toMatchObject({
      error_description:
        'Account: bob has 0 RC, needs 113000000 RC. Please wait to transact, or power up STEEM.',
    });
  });

  test.each(Object.entries(rareChainTexts))('%s reaches the app', async (_name, text) => {
    for (const { service, broadcast, issue } of [v3, hs]) {
      service.chain.refuseNext(text);
      expect((await broadcast(issue('access'), [operation])).text).toContain(
        JSON.stringify(text).slice(1, -1),
      );
    }
  });

  test('the chain itself checks the posting authority that the app passes on', () => {
    sandbox.steem.addAccount({ name: 'erin' });
    expect(() =>
      sandbox.steem.broadcastVote(
        { voter: 'erin', author: 'alice', permlink: 'a-post', weight: 1 },
        'steemlogin',
      ),
    ).toThrow('missing required posting authority:Missing Posting Authority erin');
  });
});

describe('v2 scopes are fine', () => {
  test('only what was granted; nothing granted means all', async () => {
    const refused = await v2.broadcast(v2.issue('access', ['comment', 'offline']), [operation]);
    expect(parseBody(refused)).toEqual(
      refusal('invalid_scope', 'The access_token scope does not allow the following operation(s): vote'),
    );
    expect((await v2.broadcast(v2.issue('access', []), [operation])).status).toBe(200);
  });
});

describe('the result', () => {
  test('is the whole transaction on Steem, its id on Hive', async () => {
    const steem = parseBody(await v3.broadcast(v3.issue('access'), [operation]));
    expect(steem).toMatchObject({
      result: { block_num: 100_000_001, expired: false, operations: [operation] },
    });
    const hive = parseBody(await hs.broadcast(hs.issue('access'), [operation]));
    expect(hive).toEqual({ result: { id: sandbox.hive.transactions[0]?.id } });
  });
});

describe('/api/me', () => {
  test('names the user twice, has the account, its scope and each service’s metadata', async () => {
    const common = { user: 'bob', _id: 'bob', name: 'bob', account: { name: 'bob' } };
    expect(parseBody(await v2.me(v2.issue('access', ['vote'])))).toMatchObject({
      ...common,
      scope: ['vote'],
      user_metadata: {},
    });
    const v3Scope = expect.arrayContaining(['vote', 'account_update2']) as unknown;
    expect(parseBody(await v3.me(v3.issue('access')))).toMatchObject({
      ...common,
      scope: v3Scope,
      user_metadata: null,
    });
    expect(parseBody(await hs.me(hs.issue('access', ['login'])))).toMatchObject({
      ...common,
      scope: ['login'],
      user_metadata: { profile: { name: 'Bob' } },
    });
  });

  test('with a chain that can’t be read', async () => {
    for (const { service } of [v2, v3, hs]) service.nodeTrouble = true;
    const answer = await v2.me(v2.issue('access'));
    expect(answer).toMatchObject({ status: 501, text: 'SteemAPI request failed' });
    expect(answer.headers['content-type']).toContain('text/plain');
    expect(parseBody(await v3.me(v3.issue('access')))).toEqual(
      refusal('server_error', 'Request to Steemd API failed'),
    );
    expect(parseBody(await hs.me(hs.issue('access')))).toEqual(
      refusal('server_error', 'Request to hived API failed'),
    );
    expect((await v2.broadcast(v2.issue('access'), [operation])).text).toBe('request failed');
    expect(parseBody(await v3.broadcast(v3.issue('access'), [operation]))).toEqual(
      refusal('unauthorized_client', 'The app @some.app or user @bob account failed to load'),
    );
  });

  test('PUT stores an object on v2 and nothing elsewhere', async () => {
    const put = (client: Client, metadata: unknown) =>
      requestSandbox(sandbox, `${client.api}/me`, {
        method: 'PUT',
        headers: { authorization: client.issue('access'), 'content-type': 'application/json' },
        body: JSON.stringify({ user_metadata: metadata }),
      });
    expect(parseBody(await put(v2, { theme: 'dark' }))).toMatchObject({ user_metadata: { theme: 'dark' } });
    expect(parseBody(await v2.me(v2.issue('access')))).toMatchObject({ user_metadata: { theme: 'dark' } });
    const refused = await put(v2, 'dark');
    expect([refused.status, parseBody(refused)]).toEqual([
      400,
      refusal('invalid_request', 'User metadata must be an object'),
    ]);
    expect(parseBody(await put(v3, { theme: 'dark' }))).toMatchObject({ user_metadata: null });
  });
});

describe('pages without OAuth', () => {
  const form = (url: string, fields: Record<string, string>) =>
    requestSandbox(sandbox, url, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    });

  test('a sign link shows what it would sign, and signs on a click', async () => {
    const { text } = await requestSandbox(
      sandbox,
      `${v3.web}/sign/vote?author=alice&permlink=a-post&weight=-500`,
    );
    expect(text).toContain('<dt>permlink</dt><dd>a-post</dd>');
    expect(text).toContain('<dd>-500 (-5 %)</dd>');
    expect(text).toContain('Continue as @bob</button>');
    expect(sandbox.steem.transactions).toEqual([]);
    const fields = { author: 'alice', permlink: 'a-post', weight: '-500', account: 'bob' };
    const done = await form(`${v3.web}/sign/vote`, fields);
    expect(done.text).toContain(`Transaction ${sandbox.steem.transactions[0]?.id ?? 'none'}`);
    expect(sandbox.steem.votesOn('alice', 'a-post')).toMatchObject([{ voter: 'bob', percent: -500 }]);
    expect((await form(`${v3.web}/sign/vote`, fields)).text).toContain('once every 3 seconds');
  });

  test('weight is 10000 when the link names none; a redirect address gets the id', async () => {
    const link = `${hs.web}/sign/vote?author=alice&permlink=a-post&redirect_uri=https%3A%2F%2Fa.example%2Fdone`;
    expect((await requestSandbox(sandbox, link)).text).toContain('10000 (100 %)');
    const done = await form(`${hs.web}/sign/vote`, {
      author: 'alice',
      permlink: 'a-post',
      redirect_uri: 'https://a.example/done',
      account: 'alice',
    });
    expect(done.headers.location).toBe(
      `https://a.example/done?id=${sandbox.hive.transactions[0]?.id ?? 'none'}`,
    );
    expect((await requestSandbox(sandbox, `${hs.web}/sign/vote?author=alice`)).text).toContain('no permlink');
  });

  test('revoking an app on the chain ends its rights', async () => {
    expect((await requestSandbox(sandbox, `${hs.web}/authorized-apps`)).text).toContain('<li>some.app</li>');
    expect((await requestSandbox(sandbox, `${v2.web}/revoke/@some.app`)).text).toContain('Revoke for @bob');
    await form(`${hs.web}/revoke/some.app`, { account: 'bob' });
    expect((await requestSandbox(sandbox, `${hs.web}/authorized-apps`)).text).not.toContain('some.app');
    const answer = await postJson(
      sandbox,
      `${hs.api}/broadcast`,
      { operations: [operation] },
      { authorization: hs.issue('access') },
    );
    expect(parseBody(answer)).toMatchObject({ error: 'unauthorized_client' });
  });

  test('anything else is the site’s own 404', async () => {
    expect((await requestSandbox(sandbox, `${v2.web}/404`)).status).toBe(404);
  });
});
