/** The administrator's token of a user pool, for the pool's id and secret. */
import * as z from 'zod/mini';
import { AppError, toAppError } from '../errors.ts';
import type { ApiCall, ApiClient, ApiTokens, Subject } from '../providers/provider.ts';
import { buildGraphqlRequest, type Operation, readGraphql } from './graphql.ts';

/** Ids of the settings. */
export const poolSettings = { id: 'poolId', secret: 'poolSecret' } as const;

/** A query, in spite of what it does. */
const accessToken: Operation = {
  name: 'accessToken',
  kind: 'query',
  variables: { userPoolId: 'String!', secret: 'String!' },
  fields: 'accessToken exp',
};
const issued = z.object({ accessToken: z.string(), exp: z.number() });

const userPool: Operation = { name: 'userpool', kind: 'query', variables: {}, fields: 'name' };
const named = z.object({ name: z.string() });

/** @throws AppError `empty` and `user_pool_refused` naming the setting. */
export async function takePoolToken(
  call: ApiCall,
  { bases, settings, secrets }: ApiClient,
): Promise<ApiTokens> {
  const userPoolId = settings[poolSettings.id] ?? '';
  const secret = secrets[poolSettings.secret] ?? '';
  if (userPoolId === '') throw new AppError('empty', { field: poolSettings.id });
  if (secret === '') throw new AppError('empty', { field: poolSettings.secret });
  try {
    const body = await call(buildGraphqlRequest(bases.api, accessToken, { userPoolId, secret }));
    const token = readGraphql(body, accessToken, issued);
    return { accessToken: token.accessToken, expiresAt: token.exp * 1000 };
  } catch (thrown) {
    const error = toAppError(thrown);
    // A wrong secret is a right that one does not have.
    if (error.code !== 'no_permission') throw error;
    throw new AppError('user_pool_refused', { field: poolSettings.secret });
  }
}

/** @param authorized sends with the pool's token. */
async function findName(authorized: ApiCall, { bases }: ApiClient): Promise<string | undefined> {
  try {
    return readGraphql(await authorized(buildGraphqlRequest(bases.api, userPool)), userPool, named).name;
  } catch {
    // The name is for show: a pool that does not tell it is known by its id.
    return undefined;
  }
}

export async function connectPool(
  call: ApiCall,
  client: ApiClient,
): Promise<{ readonly subject: Subject; readonly tokens: ApiTokens }> {
  const tokens = await takePoolToken(call, client);
  const authorized: ApiCall = (request) => {
    request.headers.set('authorization', `Bearer ${tokens.accessToken}`);
    return call(request);
  };
  const id = client.settings[poolSettings.id] ?? '';
  return { subject: { id, name: (await findName(authorized, client)) ?? id }, tokens };
}
