import { describe, expect, it } from 'vitest';
import { createDpopKey, createProver, createProvingHttp } from '../../../lib/oauth/dpop.ts';

const server = (algorithms?: string[]) => ({
  metadata: {
    issuer: 'https://id.example',
    ...(algorithms === undefined ? {} : { dpop_signing_alg_values_supported: algorithms }),
  },
  clockSkew: 0,
});
const readPart = (jwt: string, part: number): Record<string, unknown> =>
  // A JWT is made of JSON objects.
  JSON.parse(Buffer.from(jwt.split('.')[part] ?? '', 'base64url').toString()) as Record<string, unknown>;

describe('a key for tokens', () => {
  it('is made where the server can, and never leaves', async () => {
    const key = await createDpopKey(server(['RS256', 'ES256']));
    expect(key?.privateKey.extractable).toBe(false);
    expect(key?.privateKey.algorithm).toMatchObject({ name: 'ECDSA', namedCurve: 'P-256' });
    expect(await createDpopKey(server())).toBeUndefined();
    expect(await createDpopKey(server(['HS256', 'none']))).toBeUndefined();
  });
});

describe('a call with a proof', () => {
  const nonceAsked = () =>
    new Response('', {
      status: 401,
      headers: { 'www-authenticate': 'DPoP error="use_dpop_nonce"', 'dpop-nonce': 'n1' },
    });

  async function call(request: Request, answers: Response[], clockSkew = 0) {
    const key = await createDpopKey(server(['ES256']));
    if (key === undefined) throw new Error('no key');
    const sent: Request[] = [];
    const http = (asked: Request) => {
      sent.push(asked);
      return Promise.resolve(answers.shift() ?? new Response('', { status: 500 }));
    };
    const prove = createProvingHttp(http, 'PLANTED', createProver(key, clockSkew));
    return { answer: await prove(request), sent };
  }

  it('names method, address and token, and keeps headers and body', async () => {
    const request = new Request('https://api.example/me?a=b', {
      method: 'POST',
      body: 'text',
      headers: { accept: 'application/json' },
    });
    const { sent } = await call(request, [Response.json({})]);
    const [asked] = sent;
    expect(asked?.headers.get('authorization')).toBe('DPoP PLANTED');
    expect(asked?.headers.get('accept')).toBe('application/json');
    expect(await asked?.text()).toBe('text');
    const proof = asked?.headers.get('dpop') ?? '';
    expect(readPart(proof, 0)).toMatchObject({ typ: 'dpop+jwt', alg: 'ES256' });
    expect(readPart(proof, 0)['jwk']).not.toHaveProperty('d');
    expect(readPart(proof, 1)).toMatchObject({ htm: 'POST', htu: 'https://api.example/me' });
    expect(proof).not.toContain('PLANTED');
  });

  it('is sent once more with the nonce that the server asks for, and no third time', async () => {
    const { sent, answer } = await call(new Request('https://api.example/me'), [nonceAsked(), nonceAsked()]);
    expect(sent.map(({ headers }) => readPart(headers.get('dpop') ?? '', 1)['nonce'])).toEqual([
      undefined,
      'n1',
    ]);
    expect(answer.status).toBe(401);
  });

  it('hands a refusal on as it is', async () => {
    const refused = new Response('no', {
      status: 401,
      headers: { 'www-authenticate': 'DPoP error="invalid_token"' },
    });
    const { sent, answer } = await call(new Request('https://api.example/me'), [refused]);
    expect(sent).toHaveLength(1);
    expect(await answer.text()).toBe('no');
  });

  it('is dated by the server’s clock', async () => {
    const { sent } = await call(new Request('https://api.example/me'), [Response.json({})], 3_600_000);
    const { iat } = readPart(sent[0]?.headers.get('dpop') ?? '', 1);
    expect(Number(iat) - Date.now() / 1000).toBeGreaterThan(3500);
  });

  it('gives GET no body, where the browser knows no Request.body', async () => {
    const request = new Request('https://api.example/me');
    Object.defineProperty(request, 'body', { value: undefined });
    const { answer } = await call(request, [Response.json({})]);
    expect(answer.status).toBe(200);
  });
});
