import { describe, expect, test } from 'vitest';
import { AppError } from '../../../lib/errors.ts';
import { chains } from '../../../lib/steem/chain.ts';
import { createChainClient } from '../../../lib/steem/json-rpc.ts';
import { buildFakeClock, buildFakeNodes, nodeOf, type Node } from './fake-nodes.ts';

const [first, second, third] = ['api.steemit.com', 'api.justyy.com', 'api.moecki.online'];
const call = { method: 'condenser_api.get_content', params: ['alice', 'my-post'] };
const healthy = nodeOf({ 'condenser_api.get_content': { author: 'alice' } });
const answer = { isRefused: false, result: { author: 'alice' } };
const failing = (error: unknown): Node => nodeOf({ 'condenser_api.get_content': { error } });

function setUp(nodes: Readonly<Record<string, Node>>) {
  const { http, asked } = buildFakeNodes(nodes);
  const clock = buildFakeClock();
  return { client: createChainClient({ http, clock, chain: chains.steem }), asked, clock };
}

describe('the chain client', () => {
  test('posts one JSON-RPC request, and an array for several', async () => {
    const bodies: string[] = [];
    const { client } = setUp({
      [first]: async (calls, request) => {
        expect(request.method).toBe('POST');
        expect(request.headers.get('content-type')).toBe('application/json');
        bodies.push(await request.text());
        return healthy(calls, request);
      },
    });
    expect(await client.call(call)).toEqual(answer);
    expect(await client.batch([call, call])).toEqual([answer, answer]);
    const sent = { jsonrpc: '2.0', ...call };
    expect(bodies.map((body): unknown => JSON.parse(body))).toEqual([
      { ...sent, id: 0 },
      [
        { ...sent, id: 0 },
        { ...sent, id: 1 },
      ],
    ]);
  });

  test('answers of a batch are put in order by id', async () => {
    const { client } = setUp({
      [first]: (calls) =>
        Response.json(calls.map(({ id }) => ({ jsonrpc: '2.0', id, result: `answer ${id}` })).reverse()),
    });
    expect(await client.batch([call, call])).toEqual([
      { isRefused: false, result: 'answer 0' },
      { isRefused: false, result: 'answer 1' },
    ]);
  });

  const failures: [string, Node][] = [
    [
      'a network failure',
      () => {
        throw new AppError('network');
      },
    ],
    ['an HTML page', () => new Response('<html>Cloudflare</html>')],
    ['an empty body', () => new Response('')],
    ['JSON cut off', () => new Response('{"jsonrpc":"2.0","result":{"aut')],
    ['JSON of another kind', () => Response.json({ ok: true })],
    ['429', () => new Response('slow down', { status: 429 })],
    ['503', () => new Response('<h1>503</h1>', { status: 503 })],
    ['502 in JSON', () => Response.json({ error: 'bad gateway' }, { status: 502 })],
    ['403 by a shield', () => new Response('no', { status: 403 })],
    ['method not found', failing({ code: -32601, message: 'Method not found' })],
    ['internal error', failing({ code: -32603, message: 'Internal Error' })],
    ["jussi's upstream trouble", failing({ code: 1100, message: 'Bad or missing upstream response' })],
    ['a lock not got', failing({ code: -32000, message: 'Unable to acquire database lock' })],
  ];

  test.each(failures)('%s makes it ask the next node, and stay with that', async (_name, node) => {
    const { client, asked } = setUp({ [first]: node, [second]: healthy });
    expect(await client.call(call)).toEqual(answer);
    expect(await client.call(call)).toEqual(answer);
    expect(asked).toEqual([first, second, second]);
  });

  test('a batch with one answer missing is no answer', async () => {
    const { client, asked } = setUp({
      [first]: () => Response.json([{ jsonrpc: '2.0', id: 0, result: 1 }]),
      [second]: healthy,
    });
    expect(await client.batch([call, call])).toEqual([answer, answer]);
    expect(asked).toEqual([first, second]);
  });

  test('a node that says nothing is passed over, and its request aborted', async () => {
    let signal: AbortSignal | undefined;
    const { client, clock, asked } = setUp({
      [first]: (_calls, request) => {
        signal = request.signal;
        clock.pass();
        return new Promise(() => undefined);
      },
      [second]: healthy,
    });
    expect(await client.call(call)).toEqual(answer);
    expect(asked).toEqual([first, second]);
    expect(signal?.aborted).toBe(true);
  });

  test('when the node it stayed with fails, the others are asked from there on', async () => {
    let isUp = true;
    const { client, asked } = setUp({
      [first]: () => new Response('', { status: 502 }),
      [second]: (calls, request) => (isUp ? healthy(calls, request) : new Response('', { status: 502 })),
      [third]: healthy,
    });
    await client.call(call);
    isUp = false;
    await client.call(call);
    expect(asked).toEqual([first, second, second, third]);
  });

  test.each<[string, Record<string, Node>]>([
    ['network', { [first]: throwNetwork, [second]: throwNetwork, [third]: throwNetwork }],
    ['bad_answer', { [first]: throwNetwork, [second]: () => new Response('<html>'), [third]: throwNetwork }],
    [
      'service_busy',
      {
        [first]: () => new Response('<html>'),
        [second]: () => new Response('', { status: 503 }),
        [third]: throwNetwork,
      },
    ],
  ])('throws %s when no node answers', async (code, nodes) => {
    const { client, asked } = setUp(nodes);
    await expect(client.call(call)).rejects.toMatchObject({ name: 'AppError', code });
    expect(asked).toEqual([first, second, third]);
  });

  test.each([
    [
      'steemd assertion',
      {
        code: -32000,
        message: 'Assert Exception:false: Unknown ${x}',
        data: {
          code: 10,
          name: 'assert_exception',
          message: 'Assert Exception',
          stack: [{ context: {}, format: 'false: Unknown ${x} and ${y}', data: { x: 'thing' } }],
        },
      },
      'false: Unknown thing and ${y}',
    ],
    [
      'hivemind assertion',
      {
        code: -32602,
        message: 'Assert Exception:Post alice/nope does not exist',
        data: {
          code: 10,
          name: 'assert_exception',
          message: 'Assert Exception',
          stack: [{ context: {}, format: '', data: {} }],
          extension: { assertion_expression: 'Post alice/nope does not exist' },
        },
      },
      'Post alice/nope does not exist',
    ],
    [
      'hivemind parameters',
      { code: -31999, message: 'Invalid parameters', data: 'Post alice/x was deleted 1 time(s)' },
      'Invalid parameters: Post alice/x was deleted 1 time(s)',
    ],
    [
      'words of trouble in a permlink',
      { code: -32602, message: 'Assert Exception:Post alice/upstream-timeout-unavailable does not exist' },
      'Post alice/upstream-timeout-unavailable does not exist',
    ],
    ['unknown key', { code: -32003, message: 'unknown key:unknown key: ' }, 'unknown key:unknown key: '],
  ])('a refusal is an answer: %s', async (_name, error, text) => {
    const { client, asked } = setUp({ [first]: failing(error) });
    expect(await client.call(call)).toEqual({ isRefused: true, text });
    expect(asked).toEqual([first]);
  });

  test('a refusal under an error status is one too', async () => {
    const { client } = setUp({
      [first]: () =>
        Response.json({ jsonrpc: '2.0', id: 0, error: { code: -32602, message: 'no' } }, { status: 500 }),
    });
    expect(await client.call(call)).toEqual({ isRefused: true, text: 'no' });
  });
});

function throwNetwork(): never {
  throw new TypeError('Failed to fetch');
}
