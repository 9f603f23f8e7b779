/** Reading the query of a call. */
import type { WeChatErrorCode } from './error-codes.ts';
import { WeChatRefusal } from './error-codes.ts';

/** The one value of a parameter. Refuses with `code` when it is missing, empty or there twice. */
export function getParameter(query: URLSearchParams, name: string, code: WeChatErrorCode): string {
  const values = query.getAll(name);
  const [value = ''] = values;
  if (values.length !== 1 || value === '') throw new WeChatRefusal(code);
  return value;
}
