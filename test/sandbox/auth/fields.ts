/** Request fields as Express with body-parser gives them: query, JSON or form body. */
import type { SandboxRequest } from '../messages.ts';

export interface Fields {
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Undefined for a JSON body that does not parse. A body of any other type is not read. */
export function readFields({ query, headers, body }: SandboxRequest): Fields | undefined {
  const type = headers['content-type'] ?? '';
  const queryFields = Object.fromEntries(query);
  if (type.includes('application/x-www-form-urlencoded')) {
    return { query: queryFields, body: Object.fromEntries(new URLSearchParams(body)) };
  }
  if (!type.includes('application/json') || body === '') return { query: queryFields, body: {} };
  try {
    const parsed: unknown = JSON.parse(body);
    return {
      query: queryFields,
      body: typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : {},
    };
  } catch {
    return undefined;
  }
}

/** Express reads absent and empty alike as "not given". */
export function findText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * The one token the servers look at, first present wins: Authorization header (a leading `Bearer ` or `Basic ` cut
 * off, upper case only), then access_token, code, refresh_token, each first in the query, then in the body.
 */
export function findTokenText(request: SandboxRequest, { query, body }: Fields): string | undefined {
  const authorization = request.headers['authorization'];
  if (authorization !== undefined && authorization !== '')
    return authorization.replace(/^(Bearer|Basic)\s/, '').trim();
  for (const name of ['access_token', 'code', 'refresh_token']) {
    const text = findText(query[name]) ?? findText(body[name]);
    if (text !== undefined) return text;
  }
  return undefined;
}
