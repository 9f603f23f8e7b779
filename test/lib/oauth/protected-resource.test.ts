import { beforeEach, expect, it } from 'vitest';
import { createEngines } from '../../../lib/accounts/engines/index.ts';
import { callProtectedResource } from '../../../lib/oauth/protected-resource.ts';
import { steemlogin } from '../../../lib/providers/steemlogin.ts';
import { createFakePorts, type FakePorts } from '../../fakes/create-fake-ports.ts';

let ports: FakePorts;
beforeEach(() => {
  ports = createFakePorts();
});
const call = (response: Response) => {
  ports.script.http['POST https://api.steemlogin.com/api/me'] = () => response;
  const registration = { clientId: 'a', clientSecret: '', settings: {}, secrets: {} };
  const client = { provider: steemlogin, bases: steemlogin.bases, ...registration };
  const http = createEngines(ports)(client).authorize(client, { accessToken: 'PLANTED-TOKEN' });
  const request = steemlogin.buildIdentityRequest(steemlogin.bases);
  return callProtectedResource({ ...ports, http }, steemlogin, request, { secrets: ['PLANTED-TOKEN'] });
};

it('carries the bare token and gives the JSON back', async () => {
  expect(await call(Response.json({ name: 'bob' }))).toEqual({ name: 'bob' });
  expect(ports.seen.requests[0]?.headers.get('authorization')).toBe('PLANTED-TOKEN');
});

it.each([
  [200, '<html>', 'bad_answer'],
  [200, '', 'bad_answer'],
  [502, '<html>', 'service_busy'],
  [401, '', 'bad_answer'],
  [401, '{"error":"invalid_grant","error_description":"The token has invalid role"}', 'needs_sign_in'],
  [500, '{"error":"server_error","error_description":"the chain says no"}', 'service_error'],
])('reads %i with %j as %s', async (status, body, code) => {
  await expect(call(new Response(body, { status }))).rejects.toMatchObject({ code });
});

it('never repeats the token', async () => {
  const body = { error: 'server_error', error_description: 'no such token: PLANTED-TOKEN' };
  await expect(call(Response.json(body, { status: 500 }))).rejects.toMatchObject({
    details: 'no such token: •••',
  });
});

it.each([
  ['a redirect', new Response(null, { status: 302, headers: { location: 'https://evil.example/' } })],
  [
    'what a browser shows of one',
    Object.defineProperty(new Response(null), 'type', { value: 'opaqueredirect' }),
  ],
  [
    'one that was followed all the same',
    Object.defineProperty(Response.json({}), 'redirected', { value: true }),
  ],
])('is not led elsewhere by %s where it may not be', async (_, response) => {
  const request = new Request('https://api.steemlogin.com/api/thing', { redirect: 'manual' });
  ports.script.http['GET https://api.steemlogin.com/api/thing'] = () => response;
  await expect(callProtectedResource(ports, steemlogin, request, { secrets: [] })).rejects.toMatchObject({
    code: 'lookup_redirected',
  });
  expect(ports.seen.requests).toHaveLength(1);
});
