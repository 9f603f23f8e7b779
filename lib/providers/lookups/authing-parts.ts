/** What the look-ups of a person and of a pool have in common: columns, params, and calls. */
import type * as z from 'zod/mini';
import { AppError } from '../../errors.ts';
import { encryptPassword } from '../../authing/encrypt-password.ts';
import { buildGraphqlRequest, type Operation, readGraphql, type Variables } from '../../authing/graphql.ts';
import { findPasswordKey } from '../../authing/password-key.ts';
import { profileNames } from '../../authing/user.ts';
import type { Lookup, LookupColumn, LookupParam, LookupRequest } from '../lookup.ts';

export type Call = Parameters<Lookup['run']>[0];

export const column = (id: string, kind: LookupColumn['kind'] = 'text'): LookupColumn => ({
  id,
  kind,
  titleKey: `lookup_authing_${id}`,
});

const times = [column('lastLogin', 'time'), column('createdAt', 'time')];
export const shortColumns = [
  ...['username', 'nickname', 'email', 'phone', 'blocked'].map((id) => column(id)),
  ...times,
  column('id'),
];
export const fullColumns = [
  ...['username', 'email', 'phone', ...profileNames, 'blocked'].map((id) => column(id)),
  column('loginsCount', 'number'),
  ...times,
  column('id'),
];

export const param = (
  id: string,
  more: Partial<Pick<LookupParam, 'kind' | 'isRequired' | 'initial' | 'choices'>> = {},
): LookupParam => ({
  id,
  kind: 'text',
  isRequired: false,
  initial: '',
  titleKey: `lookup_authing_${id}`,
  ...more,
});

const gender = param('gender', {
  kind: 'choice',
  choices: [
    { value: '', titleKey: 'lookup_authing_gender_as_is' },
    { value: 'F', titleKey: 'lookup_authing_gender_f' },
    { value: 'M', titleKey: 'lookup_authing_gender_m' },
    { value: 'U', titleKey: 'lookup_authing_gender_u' },
  ],
});
export const profileParams = profileNames.map((name) => (name === 'gender' ? gender : param(name)));

/** What was filled in of these; the rest stays as it is. */
export function readGiven(params: LookupRequest['params'], names: readonly string[]): Record<string, string> {
  const trimmed = names.map((name) => [name, (params[name] ?? '').trim()] as const);
  return Object.fromEntries(trimmed.filter(([, text]) => text !== ''));
}

/** @throws AppError `bad_email`, `bad_phone` with the field. */
export function checkGiven({ email = 'a@b', phone = '00000' }: Readonly<Record<string, string>>): void {
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new AppError('bad_email', { field: 'email' });
  if (!/^\+?[\d\s()-]{5,20}$/.test(phone)) throw new AppError('bad_phone', { field: 'phone' });
}

/** @throws AppError `bad_answer`, and what `call` throws. */
export async function ask<S extends z.ZodMiniType>(
  call: Call,
  { bases }: LookupRequest,
  { operation, variables = {}, result }: { operation: Operation; variables?: Variables; result: S },
): Promise<z.output<S>> {
  return readGraphql(await call(buildGraphqlRequest(bases.api, operation, variables)), operation, result);
}

/** Passwords as the service wants them, by field; empty ones stay away. */
export async function encryptGiven(
  call: Call,
  { bases, settings, params, randomBytes }: LookupRequest,
  fields: readonly string[],
): Promise<Record<string, string>> {
  const given = fields.filter((field) => (params[field] ?? '') !== '');
  if (given.length === 0) return {};
  const key = await findPasswordKey(call, { api: bases.api, settings });
  return Object.fromEntries(
    given.map((field) => [field, encryptPassword(params[field] ?? '', key, randomBytes, field)]),
  );
}

const perPage = 20;

/** Pages count from 1. @throws AppError `bad_input` for a page that is none. */
export function readPage({ next }: LookupRequest): { readonly page: number; readonly limit: number } {
  const page = Number(next ?? '1');
  if (!Number.isInteger(page) || page < 1) throw new AppError('bad_input', { field: 'next' });
  return { page, limit: perPage };
}

/** The page after, where there is one. */
export function findNext(
  { page, limit }: ReturnType<typeof readPage>,
  totalCount: number,
): { next?: string } {
  return page * limit < totalCount ? { next: String(page + 1) } : {};
}
