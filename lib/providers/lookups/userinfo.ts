/** What an OpenID Connect server tells about the person who signed in (OpenID Connect Core section 5.3). */
import * as z from 'zod/mini';
import { AppError } from '../../errors.ts';
import { isSecretName } from '../../lookup/secrets.ts';
import type { Lookup, LookupRow } from '../lookup.ts';

const claimSet = z.record(z.string(), z.unknown());

/** Claims of the protocol that open doors rather than tell of a person, beside what is secret anywhere. */
const doorName = /nonce|_hash$|^sid$|otp|private/i;
/** A signed or encrypted token, whatever its claim is called (RFC 7515 and 7516, compact). */
const tokenText = /^eyJ[\w-]*\.[\w-]*\.[\w-]*(?:\.[\w-]*){0,2}$/;

const isSecret = (name: string, value: unknown) =>
  isSecretName(name) || doorName.test(name) || (typeof value === 'string' && tokenText.test(value));

/** Seconds since 1970, by these names (section 5.1 and the ID token's). */
const timeNames = new Set(['auth_time', 'exp', 'iat', 'updated_at']);

function toText(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && timeNames.has(name)) {
    const time = new Date(value * 1000);
    if (!Number.isNaN(time.getTime())) return time.toISOString();
  }
  const clean = (key: string, inner: unknown) => (isSecret(key, inner) ? undefined : inner);
  return JSON.stringify(value, clean);
}

/** @throws AppError `bad_answer`, or `wrong_person` for claims of somebody else (section 5.3.2). */
export function readUserinfo(body: unknown, subject: string): LookupRow[] {
  const parsed = claimSet.safeParse(body);
  if (!parsed.success) throw new AppError('bad_answer', { cause: parsed.error });
  const claims = parsed.data;
  if (claims['sub'] !== subject) throw new AppError('wrong_person');
  return Object.entries(claims)
    .filter(([name, value]) => value !== null && value !== undefined && !isSecret(name, value))
    .map(([claim, value]) => ({ claim, value: toText(claim, value) }));
}

export const userinfo: Lookup = {
  id: 'userinfo',
  titleKey: 'lookup_userinfo',
  params: [],
  columns: [
    { id: 'claim', titleKey: 'lookup_column_claim', kind: 'text' },
    { id: 'value', titleKey: 'lookup_column_value', kind: 'text' },
  ],
  async run(call, { endpoints, subject }) {
    const { userinfo: address } = endpoints;
    if (address === undefined) throw new AppError('no_userinfo');
    return { rows: readUserinfo(await call(new Request(address)), subject) };
  },
};
