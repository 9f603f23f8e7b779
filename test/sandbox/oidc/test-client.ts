/** What an app and a browser do with an OpenID Connect server, for the tests of the sandbox: shares nothing with the product. */
import { createHash, createPublicKey, verify } from 'node:crypto';
import type { Sandbox } from '../index.ts';
import type { RawAnswer } from '../request.ts';
import { requestSandbox } from '../request.ts';
import type { OidcService } from './service.ts';

export const redirectUri = 'https://abcdefghijklmnop.chromiumapp.org/oidc';
export const clientId = 'latchkey-oidc';
export const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const challenge = createHash('sha256').update(verifier).digest('base64url');

type Fields = Readonly<Record<string, string>>;

/** One browser: keeps cookies and follows redirects as long as they stay on the host. */
export class TestBrowser {
  readonly #sandbox: Sandbox;
  readonly #cookies = new Map<string, { value: string; path: string; host: string }>();

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  /** The first answer that is not a redirect on the same host, with the address it came from. */
  async open(url: string, form?: Fields): Promise<RawAnswer & { readonly url: string }> {
    const { host, pathname } = new URL(url);
    const cookie = [...this.#cookies]
      .filter(([, kept]) => kept.host === host && pathname.startsWith(kept.path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
    const answer = await requestSandbox(this.#sandbox, url, {
      headers: {
        ...(cookie !== '' && { cookie }),
        ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(form && { body: new URLSearchParams(form).toString() }),
    });
    this.#keep(host, answer.headers['set-cookie'] ?? []);
    const next = new URL(answer.headers.location ?? 'https://nowhere.example', url);
    return next.host === host ? this.open(next.href) : { ...answer, url };
  }

  #keep(host: string, lines: readonly string[]): void {
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      const path = /;\s*path=([^;]*)/i.exec(line)?.[1] ?? '/';
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, { value, path, host });
    }
  }
}

/** An app at one server, with a browser. */
export function createOidcClient(sandbox: Sandbox, service: OidcService) {
  const browser = new TestBrowser(sandbox);

  const post = (path: string, fields: Fields, headers: Fields = {}): Promise<RawAnswer> =>
    requestSandbox(sandbox, service.issuer + path, {
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(fields).toString(),
    });

  const refresh = (token: string, headers: Fields = {}): Promise<RawAnswer> =>
    post('/token', { grant_type: 'refresh_token', refresh_token: token, client_id: clientId }, headers);

  const exchange = (code: string, changes: Fields = {}, headers: Fields = {}): Promise<RawAnswer> => {
    const fields = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
      client_id: clientId,
    };
    return post('/token', dropEmpty({ ...fields, ...changes }), headers);
  };

  /** What a person sees when the app sends them to the server. */
  const ask = (changes: Fields = {}): ReturnType<TestBrowser['open']> =>
    browser.open(authorizeUrl(service, changes));

  /** Sends the page's own form; an empty name is Cancel. */
  const click = (page: RawAnswer & { readonly url: string }, username: string) => {
    const action = /<form method="post" action="([^"]*)"/.exec(page.text)?.[1] ?? '';
    return browser.open(new URL(action, page.url).href, { username });
  };

  const takeCode = async (username: string, changes: Fields = {}): Promise<string> =>
    readCallback(await click(await ask(changes), username)).get('code') ?? '';

  const signIn = async (username: string, changes: Fields = {}): Promise<TokenAnswer> =>
    parseTokens(await exchange(await takeCode(username, changes)));

  const userinfo = (token: string, headers: Fields = {}): Promise<RawAnswer> =>
    requestSandbox(sandbox, `${service.issuer}/me`, {
      headers: { authorization: `Bearer ${token}`, ...headers },
    });

  const discover = async (): Promise<Record<string, unknown>> =>
    parse(await requestSandbox(sandbox, `${service.issuer}/.well-known/openid-configuration`));

  return { browser, post, refresh, exchange, ask, click, takeCode, signIn, userinfo, discover };
}

/** The address of the authorize page; an empty text leaves a parameter out. */
export function authorizeUrl({ issuer }: OidcService, changes: Fields = {}): string {
  const parameters = dropEmpty({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: 'openid profile email phone offline_access',
    prompt: 'consent',
    state: 'a state',
    nonce: 'a nonce',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...changes,
  });
  return `${issuer}/auth?${new URLSearchParams(parameters)}`;
}

function dropEmpty(fields: Fields): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}

/** The query of a redirect to `to`; throws when the answer leads elsewhere. */
export function readCallback(answer: RawAnswer, to = redirectUri): URLSearchParams {
  const location = answer.headers.location ?? '';
  if (!location.startsWith(`${to}?`)) throw new Error(`no callback: ${answer.status} ${location}`);
  return new URLSearchParams(location.slice(to.length + 1));
}

/** An object; its shape is asserted by the test that reads it. */
export function parse(answer: RawAnswer): Record<string, unknown> {
  return JSON.parse(answer.text) as Record<string, unknown>;
}

export interface TokenAnswer {
  readonly access: string;
  readonly refresh: string;
  readonly idToken: string;
  readonly scope: string;
}

/** Fields of a token answer; a missing one becomes ''. */
export function parseTokens(answer: RawAnswer): TokenAnswer {
  const body = parse(answer);
  const text = (name: string): string => (typeof body[name] === 'string' ? body[name] : '');
  return {
    access: text('access_token'),
    refresh: text('refresh_token'),
    idToken: text('id_token'),
    scope: text('scope'),
  };
}

/** Header and claims of a JWT, unchecked. */
export function readJwt(token: string): Record<'header' | 'claims', Record<string, unknown>> {
  const [header, claims] = token
    .split('.')
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>);
  return { header: header ?? {}, claims: claims ?? {} };
}

/** Whether the RS256 signature of `token` is by one of the keys of this JWKS. */
export function isSignedBy(jwks: Record<string, unknown>, token: string): boolean {
  const [header = '', claims = '', signature = ''] = token.split('.');
  // RFC 7517: an object with a list of keys.
  const { keys } = jwks as { keys: Record<string, string>[] };
  return keys.some((jwk) =>
    verify(
      'RSA-SHA256',
      Buffer.from(`${header}.${claims}`),
      createPublicKey({ key: jwk, format: 'jwk' }),
      Buffer.from(signature, 'base64url'),
    ),
  );
}
