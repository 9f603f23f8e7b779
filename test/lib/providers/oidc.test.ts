import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readUserinfo } from '../../../lib/providers/lookups/userinfo.ts';
import { oidc } from '../../../lib/providers/oidc.ts';
import { approw } from '../../../lib/providers/approw.ts';
import { authing } from '../../../lib/providers/authing.ts';

const parse = (id: string, text: string) => {
  const field = oidc.settings.find((setting) => setting.id === id);
  if (field === undefined) throw new Error(`no setting ${id}`);
  return field.parse(text);
};

describe('the settings of an OpenID Connect server', () => {
  it.each([
    ['openid profile', 'openid profile'],
    ['profile', 'openid profile'],
    [' profile,  email profile ', 'openid profile email'],
    ['book:*:read', 'openid book:*:read'],
  ])('take the scopes %j as %j', (text, expected) => {
    expect(parse('scopes', text)).toBe(expected);
  });

  it.each(['a"b', 'a\\b', 'zażółć'])('refuse the scope %j', (text) => {
    expect(() => parse('scopes', text)).toThrow(
      expect.objectContaining({ code: 'bad_input', field: 'scopes' }) as Error,
    );
  });

  it.each([
    ['a.example', 'https://a.example'],
    ['https://a.example/path, b.example:8443', 'https://a.example https://b.example:8443'],
    ['https://a.example\nhttps://a.example', 'https://a.example'],
  ])('take the hosts %j as %j', (text, expected) => {
    expect(parse('otherHosts', text)).toBe(expected);
  });

  it.each([
    ['http://a.example', 'bad_address_not_https'],
    ['https://', 'bad_address'],
    ['a.example https://%', 'bad_address'],
  ])('refuse the hosts %j: %s', (text, code) => {
    expect(() => parse('otherHosts', text)).toThrow(
      expect.objectContaining({ code, field: 'otherHosts' }) as Error,
    );
  });
});

describe('userinfo', () => {
  it('is a row a claim, in the server’s order, for the person alone', () => {
    const body = { sub: 'bob', nickname: 'B', age: 7, groups: ['a', 'b'], gone: null, is: false };
    expect(readUserinfo(body, 'bob')).toEqual([
      { claim: 'sub', value: 'bob' },
      { claim: 'nickname', value: 'B' },
      { claim: 'age', value: '7' },
      { claim: 'groups', value: '["a","b"]' },
      { claim: 'is', value: 'false' },
    ]);
    expect(() => readUserinfo(body, 'alice')).toThrow(
      expect.objectContaining({ code: 'wrong_person' }) as Error,
    );
  });

  it('of any shape gives text only, or a sentence', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (claims) => {
        for (const { value } of readUserinfo({ ...claims, sub: 'bob' }, 'bob'))
          expect(typeof value).toBe('string');
      }),
    );
    for (const body of [null, [], 'text', 7])
      expect(() => readUserinfo(body, 'bob')).toThrow(
        expect.objectContaining({ code: 'bad_answer' }) as Error,
      );
  });
});

describe('Authing and Approw', () => {
  it('differ in name, host and headers only', () => {
    expect(authing.issuer({ auth: 'https://a.authing.cn', api: '' })).toBe('https://a.authing.cn/oidc');
    expect(authing.headers?.({ clientId: 'app', settings: {} })).toHaveProperty('x-authing-app-id', 'app');
    const family = approw.settings?.find(({ id }) => id === 'headerFamily');
    expect(family).toMatchObject({ initial: 'x-approw-' });
    // Its hosts may be anybody's by now.
    expect(approw).not.toHaveProperty('hosts');
    expect(approw.consoleUrl).toBe('');
  });
});
