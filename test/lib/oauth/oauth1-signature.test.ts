import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createOAuth1Signer, buildBaseString, signBaseString } from '../../../lib/oauth/oauth1-signature.ts';
import type { NameValue, RequestToSign } from '../../../lib/oauth/oauth1-signature.ts';
import vectors from './oauth1-vectors.json' with { type: 'json' };

/** JSON knows arrays, not pairs. */
const pairs = (rows: readonly (readonly string[])[]): NameValue[] =>
  rows.map(([name = '', value = '']) => [name, value]);

describe('the vectors', () => {
  test.each(vectors)('$id', async ({ method, url, form, oauth, baseString, signature, ...secrets }) => {
    const built = buildBaseString({ method, url, form: pairs(form) }, pairs(oauth));
    expect(built).toBe(baseString);
    expect(await signBaseString(crypto.subtle, built, secrets)).toBe(signature);
  });

  test.each([
    ['HTTP://EXAMPLE.COM:80/r%20v/X?id=123', 'http://example.com/r%20v/X', 'id=123'],
    ['https://www.example.net:8080/?q=1#part', 'https://www.example.net:8080/', 'q=1'],
    ['https://example.com:443', 'https://example.com/', ''],
    ['http://example.com?n=v', 'http://example.com/', 'n=v'],
    ['http://example.com/?a=x!y&a=x+y', 'http://example.com/', 'a=x%20y&a=x%21y'],
    ['http://example.com/?x!y=a&x=a', 'http://example.com/', 'x=a&x%21y=a'],
    ['http://example.com/?name', 'http://example.com/', 'name='],
    [
      'http://example.com/?z=t&f=a&a=1&f=50&c=hi%20there&z=p&f=25',
      'http://example.com/',
      'a=1&c=hi%20there&f=25&f=50&f=a&z=p&z=t',
    ],
    ['http://example.com/?a=b=c&%26=%C2%80%7F', 'http://example.com/', '%26=%C2%80%7F&a=b%3Dc'],
  ])('%s (RFC 5849 section 3.4.1, oauth.net test cases)', (url, baseUrl, parameters) => {
    expect(buildBaseString({ method: 'get', url }, []).split('&').map(decodeURIComponent)).toEqual([
      'GET',
      baseUrl,
      parameters,
    ]);
  });

  test.each([
    ['', 'egQqG5AJep5sJ7anhXju1unge2I='],
    ['ts', 'VZVjXceV7JgPq/dOTnNmEfO0Fv8='],
  ])('text "bs", key "cs&%s"', async (tokenSecret, signature) => {
    const secrets = { consumerSecret: 'cs', tokenSecret };
    expect(await signBaseString(crypto.subtle, 'bs', secrets)).toBe(signature);
  });
});

/** Byte by byte from the text of RFC 5849, sharing nothing with the signer but the standard. */
function signAnew(request: RequestToSign, header: ReadonlyMap<string, string>, keys: [string, string]) {
  const unreserved = new Set(
    Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~'),
  );
  const encode = (text: string) => {
    let out = '';
    for (const byte of Buffer.from(text, 'utf8'))
      out += unreserved.has(byte)
        ? String.fromCharCode(byte)
        : '%' + (byte < 16 ? '0' : '') + byte.toString(16).toUpperCase();
    return out;
  };
  const [beforeFragment = ''] = request.url.split('#');
  const mark = beforeFragment.indexOf('?');
  const base = mark < 0 ? beforeFragment : beforeFragment.slice(0, mark);
  const query = mark < 0 ? '' : beforeFragment.slice(mark + 1);
  const list: Buffer[][] = [];
  for (const piece of query.split('&')) {
    if (piece === '') continue;
    const cut = piece.indexOf('=');
    const halves = cut < 0 ? [piece, ''] : [piece.slice(0, cut), piece.slice(cut + 1)];
    list.push(halves.map((half) => Buffer.from(encode(decodeURIComponent(half.replaceAll('+', ' '))))));
  }
  for (const pair of [...(request.form ?? []), ...header])
    list.push(pair.map((half) => Buffer.from(encode(half))));
  list.sort((a, b) => {
    const [nameA = Buffer.of(), valueA = Buffer.of()] = a;
    const [nameB = Buffer.of(), valueB = Buffer.of()] = b;
    return Buffer.compare(nameA, nameB) || Buffer.compare(valueA, valueB);
  });
  const joined = list.map((pair) => pair.join('=')).join('&');
  return createHmac('sha1', keys.map(encode).join('&'))
    .update(`${request.method}&${encode(base)}&${encode(joined)}`)
    .digest('base64');
}

function readHeader(header: string): Map<string, string> {
  expect(header).toMatch(/^OAuth ([a-z_]+="[A-Za-z0-9\-._~%]*"(, |$))+$/);
  return new Map(
    Array.from(header.matchAll(/([a-z_]+)="([^"]*)"/g), ([, name = '', value = '']) => [
      name,
      decodeURIComponent(value),
    ]),
  );
}

const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(...Array.from('aA1 +&=%*!\'()~-._/?#"ą☃👋')), maxLength: 12 }),
);

describe('the signer', () => {
  const now = 1_318_622_958_400;
  const signer = (nonce: string) =>
    createOAuth1Signer({
      crypto: crypto.subtle,
      clock: { now: () => now },
      random: { token: () => nonce },
    });
  const credentials = { consumerKey: 'key', consumerSecret: 'c', token: 'tok', tokenSecret: 't' };

  test('agrees with an independent implementation, for query and form', async () => {
    const pair = fc.tuple(words, words);
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          method: fc.constantFrom('GET', 'POST', 'DELETE'),
          query: fc.array(pair, { maxLength: 4 }),
          isPlusForSpace: fc.boolean(),
          form: fc.option(fc.array(pair, { maxLength: 4 }), { nil: undefined }),
          verifier: fc.option(words, { nil: undefined }),
          secrets: fc.tuple(words, words),
          key: words,
          token: words,
        }),
        async ({ method, query, isPlusForSpace, form, verifier, secrets, key, token }) => {
          const text = isPlusForSpace
            ? String(new URLSearchParams(query))
            : query.map((halves) => halves.map(encodeURIComponent).join('=')).join('&');
          const request = {
            method,
            url: `https://api.example.com/2/a~b/c.json?${text}`,
            ...(form && { form }),
          };
          const header = readHeader(
            await signer('n0nce').authorize(
              request,
              { consumerKey: key, consumerSecret: secrets[0], token, tokenSecret: secrets[1] },
              verifier === undefined ? {} : { oauth_verifier: verifier },
            ),
          );
          const signature = header.get('oauth_signature');
          header.delete('oauth_signature');
          expect(signature).toBe(signAnew(request, header, secrets));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('sends what it signs: key, token, nonce, seconds, version, and the callback of step one', async () => {
    const { consumerKey, consumerSecret } = credentials;
    const request = { method: 'POST', url: 'https://api.example.com/oauth/request_token' };
    const first = await signer('n1').authorize(
      request,
      { consumerKey, consumerSecret },
      { oauth_callback: 'https://abc.chromiumapp.org/x' },
    );
    expect(Object.fromEntries(readHeader(first))).toEqual({
      oauth_callback: 'https://abc.chromiumapp.org/x',
      oauth_consumer_key: 'key',
      oauth_nonce: 'n1',
      oauth_signature: expect.stringMatching(/^[A-Za-z0-9+/]{27}=$/) as string,
      oauth_signature_method: 'HMAC-SHA1',
      oauth_timestamp: '1318622958',
      oauth_version: '1.0',
    });
    const later = readHeader(await signer('n2').authorize(request, credentials));
    expect([later.get('oauth_token'), later.has('oauth_callback')]).toEqual(['tok', false]);
  });

  test('a clock that is behind is corrected by the skew', async () => {
    const request = { method: 'GET', url: 'https://api.example.com/' };
    const header = readHeader(await signer('n').authorize(request, credentials, {}, 90_000));
    expect(header.get('oauth_timestamp')).toBe('1318623048');
  });

  test('the host that is called is the host that is signed', async () => {
    const sign = (host: string) =>
      signer('n').authorize({ method: 'GET', url: `https://${host}/2/users/me` }, credentials);
    expect(await sign('api.x.com')).not.toBe(await sign('api.twitter.com'));
  });
});
