import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sandbox } from './index.ts';
import { htmlAnswer, startSandbox } from './index.ts';
import { requestSandbox } from './request.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({
    pages: {
      'pages.example': ({ path }) => (path === '/there' ? htmlAnswer('<p>here</p>') : undefined),
    },
  });
});
afterAll(() => sandbox.close());

/** A CONNECT through the proxy; gives the status and the tunnel. */
function openTunnel(target: string): Promise<{ status: number; socket: Socket }> {
  return new Promise((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port: sandbox.proxyPort, method: 'CONNECT', path: target })
      .on('connect', (response, socket) => resolve({ status: response.statusCode ?? 0, socket }))
      .on('error', reject)
      .end();
  });
}

/** Writes and reads to the end; rejects when TLS does not trust the other side. */
function exchange(socket: TLSSocket, message: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('end', () => resolve(Buffer.concat(chunks).toString()));
    socket.on('error', reject);
    socket.write(message);
  });
}

describe('by name', () => {
  test('each host is served by SNI and Host, under a certificate that names it', async () => {
    expect((await requestSandbox(sandbox, 'https://steemlogin.com/')).text).toContain('<h1>SteemLogin</h1>');
    expect((await requestSandbox(sandbox, 'https://hivesigner.com/')).text).toContain('<h1>Hivesigner</h1>');
    expect((await requestSandbox(sandbox, 'https://pages.example/there')).text).toBe('<p>here</p>');
    expect((await requestSandbox(sandbox, 'https://pages.example/elsewhere')).status).toBe(404);
  });

  test('without a Host header the TLS name decides', async () => {
    const socket = connectTls({
      host: '127.0.0.1',
      port: sandbox.port,
      servername: 'hivesigner.com',
      ca: sandbox.certificate,
    });
    expect(await exchange(socket, 'GET / HTTP/1.0\r\n\r\n')).toContain('<h1>Hivesigner</h1>');
  });

  test('an unknown host is answered 421 and remembered', async () => {
    const status = await new Promise((resolve, reject) => {
      httpsRequest(
        {
          host: '127.0.0.1',
          port: sandbox.port,
          servername: 'telemetry.example',
          path: '/ping?x=1',
          headers: { host: 'telemetry.example', 'user-agent': 'browser' },
          rejectUnauthorized: false,
        },
        (response) => resolve(response.resume().statusCode),
      )
        .on('error', reject)
        .end();
    });
    expect(status).toBe(421);
    expect(sandbox.requests.find({ host: 'telemetry.example' })).toMatchObject([
      { method: 'GET', path: '/ping', client: 'browser' },
    ]);
  });

  test('requests are kept whole, can be counted, awaited and cleared', async () => {
    sandbox.requests.clear();
    const next = sandbox.requests.next({ host: 'api.hive.blog' });
    await requestSandbox(sandbox, 'https://api.hive.blog/?a=1&a=2', {
      body: '{}',
      headers: { 'x-one': 'two' },
    });
    const request = await next;
    expect(request).toMatchObject({ method: 'POST', path: '/', body: '{}', headers: { 'x-one': 'two' } });
    expect(request.query.getAll('a')).toEqual(['1', '2']);
    expect(sandbox.requests.count({ host: 'api.hive.blog', method: 'POST', path: /^\/$/ })).toBe(1);
    expect(sandbox.requests.count({ host: 'api.hive.blog', method: 'GET' })).toBe(0);
    sandbox.requests.clear();
    expect(sandbox.requests.all).toEqual([]);
  });
});

describe('the CONNECT proxy', () => {
  test('leads port 443 of any host to the server', async () => {
    const { status, socket } = await openTunnel('steemlogin.com:443');
    expect(status).toBe(200);
    const inner = connectTls({ socket, servername: 'steemlogin.com', ca: sandbox.certificate });
    const text = await exchange(inner, 'GET / HTTP/1.1\r\nHost: steemlogin.com\r\n\r\n');
    expect(text).toContain('<h1>SteemLogin</h1>');
  });

  test('refuses other ports and plain requests', async () => {
    const { status, socket } = await openTunnel('steemlogin.com:80');
    socket.destroy();
    expect(status).toBe(403);
    const plain = await new Promise((resolve, reject) => {
      httpRequest(
        { host: '127.0.0.1', port: sandbox.proxyPort, path: 'http://detectportal.example/' },
        (response) => resolve(response.resume().statusCode),
      )
        .on('error', reject)
        .end();
    });
    expect(plain).toBe(421);
  });
});

test('the servers’ time is set by one number: Date header and chain time', async () => {
  sandbox.clockOffsetMs = -3_600_000;
  const answer = await requestSandbox(sandbox, 'https://steemlogin.com/');
  const skew = Date.parse(answer.headers.date ?? '') - Date.now();
  expect(Math.abs(skew + 3_600_000)).toBeLessThan(5000);
  expect(Math.abs(sandbox.steem.now() - Date.now() + 3_600_000)).toBeLessThan(5000);
  sandbox.clockOffsetMs = 0;
});

test('blocks grow with time', () => {
  const before = sandbox.hive.headBlock;
  sandbox.clockOffsetMs = 30_000;
  expect(sandbox.hive.headBlock - before).toBe(10);
  sandbox.clockOffsetMs = 0;
});

test.each(['https://x.com/intent/post', 'https://twitter.com/intent/tweet'])(
  '%s shows the post',
  async (address) => {
    const query = new URLSearchParams({
      text: '<b>&',
      url: 'https://steemit.com/@a/b',
      hashtags: 'one,two',
      via: 'me',
    });
    const { text } = await requestSandbox(sandbox, `${address}?${query}`);
    expect(text).toContain('<title>Post / X</title>');
    expect(text).toContain('&lt;b&gt;&amp; https://steemit.com/@a/b #one #two via @me</textarea>');
    expect((await requestSandbox(sandbox, 'https://x.com/home')).status).toBe(404);
  },
);

test('close ends it all, also connections that wait', async () => {
  const short = await startSandbox();
  const held = short.misbehave({ host: 'steemlogin.com', how: { kind: 'hold' } });
  const waiting = requestSandbox(short, 'https://steemlogin.com/').catch(() => 'cut');
  await held.hit;
  await short.close();
  await waiting;
  const refused = await new Promise((resolve) => {
    connect(short.port, '127.0.0.1')
      .on('error', resolve)
      .on('connect', () => resolve(undefined));
  });
  expect(refused).toMatchObject({ code: 'ECONNREFUSED' });
});
