import { AppError } from '../errors.ts';

/**
 * The user name that a person typed, without `@` and space around it. Case is kept; X does not mind it.
 * @throws AppError of the field `user`: `empty`, `bad_user_name`. Source: docs.x.com, users by username.
 */
export function parseUserName(text: string): string {
  const name = text.trim().replace(/^@/, '');
  if (name === '') throw new AppError('empty', { field: 'user' });
  if (!/^[A-Za-z0-9_]{1,15}$/.test(name)) throw new AppError('bad_user_name', { field: 'user' });
  return name;
}
