/** What an app does with Allegro, for the tests of the sandbox: shares nothing with the product. */
import { createHash } from 'node:crypto';
import type { AllegroService, Sandbox } from '../index.ts';
import type { RawAnswer, RawRequest } from '../request.ts';
import { requestSandbox } from '../request.ts';
import { seededAllegroApp, seededAllegroSecretApp } from './seed.ts';

export const redirectUri = 'https://abcdefghijklmnop.chromiumapp.org/allegro';
export const verifier = 'KnAijeNvdSeloYlVcOh3HRmgZX57wDeVHiwRFQKO2F9DdBI';
export const challenge = createHash('sha256').update(verifier).digest('base64url');
export const userAgent = 'Latchkey/1.0.0 (+https://example.com/latchkey)';
export const vendorType = 'application/vnd.allegro.public.v1+json';

type Fields = Readonly<Record<string, string>>;

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

export function basic({ clientId, clientSecret }: Credentials): string {
  return `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
}

/** Throws when the answer is no JSON; its shape is asserted by the test that reads it. */
export function parse(answer: RawAnswer): unknown {
  return JSON.parse(answer.text);
}

/** Status and parsed body, to compare at once. */
export const summarize = (answer: RawAnswer): [number, unknown] => [answer.status, parse(answer)];

/** A text field of a JSON object; '' when it is missing. */
export function readText(answer: RawAnswer, name: string): string {
  // Every answer this is used on is an object.
  const value = (parse(answer) as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : '';
}

const withoutEmpty = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));

/** An app of one of the two environments; an empty text leaves a field or header out. */
export function createAllegroClient(sandbox: Sandbox, service: AllegroService) {
  const web = `https://${service.environment.webHost}`;
  const api = `https://${service.environment.apiHost}`;

  const send = (url: string, request: RawRequest = {}): Promise<RawAnswer> =>
    requestSandbox(sandbox, url, {
      ...request,
      headers: withoutEmpty({ 'user-agent': userAgent, ...request.headers }),
    });

  const postForm = (path: string, fields: Fields, headers: Fields = {}): Promise<RawAnswer> =>
    send(`${web}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(withoutEmpty(fields)).toString(),
    });

  const authorizeFields = (changes: Fields = {}): Fields =>
    withoutEmpty({
      response_type: 'code',
      client_id: seededAllegroApp.clientId,
      redirect_uri: redirectUri,
      state: 'a state & more',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      ...changes,
    });

  const open = (changes: Fields = {}): Promise<RawAnswer> =>
    send(`${web}/auth/oauth/authorize?${new URLSearchParams(authorizeFields(changes))}`);

  /** Sends the consent page's own form. */
  const press = (button: Fields, changes: Fields = {}): Promise<RawAnswer> =>
    postForm('/auth/oauth/authorize', { ...authorizeFields(changes), ...button });

  const takeCode = async (changes: Fields = {}, login = 'bobs-shop'): Promise<string> =>
    readCallback(await press({ allow: login }, changes)).get('code') ?? '';

  const token = (fields: Fields, headers: Fields = {}): Promise<RawAnswer> =>
    postForm('/auth/oauth/token', fields, headers);

  const exchange = (code: string, changes: Fields = {}, headers: Fields = {}): Promise<RawAnswer> =>
    token(
      {
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
        client_id: seededAllegroApp.clientId,
        ...changes,
      },
      headers,
    );

  const refresh = (refreshToken: string, headers: Fields = {}): Promise<RawAnswer> =>
    token(
      { grant_type: 'refresh_token', refresh_token: refreshToken },
      { authorization: basic(seededAllegroSecretApp), ...headers },
    );

  const call = (accessToken: string, path: string, request: RawRequest = {}): Promise<RawAnswer> =>
    send(`${api}${path}`, {
      ...request,
      headers: {
        accept: vendorType,
        authorization: accessToken === '' ? '' : `Bearer ${accessToken}`,
        ...request.headers,
      },
    });

  return { web, api, send, postForm, open, press, takeCode, token, exchange, refresh, call };
}

export type AllegroClient = ReturnType<typeof createAllegroClient>;

/** The query of a redirect to `to`; throws when the answer leads elsewhere. */
export function readCallback(answer: RawAnswer, to = redirectUri): URLSearchParams {
  const location = answer.headers.location ?? '';
  if (answer.status !== 302 || !location.startsWith(`${to}?`)) throw new Error(`no callback: ${location}`);
  return new URLSearchParams(location.slice(to.length + 1));
}
