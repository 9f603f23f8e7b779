import { describe, expect, it } from 'vitest';
import { createServiceHttp } from '../../../lib/oauth/service-http.ts';
import { authing } from '../../../lib/providers/authing.ts';
import { oidc } from '../../../lib/providers/oidc.ts';
import { createFakePorts } from '../../fakes/create-fake-ports.ts';

const url = 'https://bees.authing.cn/oidc/me';

describe('the http of a service', () => {
  it('adds the headers that the record asks for, to what is there', async () => {
    const ports = createFakePorts();
    ports.script.http = { [`GET ${url}`]: () => Response.json({}) };
    const settings = { headerFamily: 'x-approw-', language: 'zh-CN', timeLimit: '5' };
    const http = createServiceHttp(ports, { provider: authing, clientId: 'app', settings });
    await http(new Request(url, { headers: { authorization: 'Bearer a' } }));
    expect(Object.fromEntries(ports.seen.requests[0]?.headers ?? [])).toMatchObject({
      authorization: 'Bearer a',
      'x-approw-app-id': 'app',
      'x-approw-lang': 'zh-CN',
      'x-approw-request-from': 'latchkey',
    });
  });

  it('waits as long as the person said, and no longer', async () => {
    const ports = createFakePorts();
    ports.script.http = { [`GET ${url}`]: () => new Promise(() => undefined) };
    const http = createServiceHttp(ports, {
      provider: authing,
      clientId: 'app',
      settings: { timeLimit: '5' },
    });
    const answer = http(new Request(url));
    ports.clock.advance(5000);
    await expect(answer).rejects.toMatchObject({ code: 'timeout' });
  });

  it('is ours as it is where the record wants nothing', () => {
    const ports = createFakePorts();
    expect(createServiceHttp(ports, { provider: oidc, clientId: 'app', settings: {} })).toBe(ports.http);
  });
});
