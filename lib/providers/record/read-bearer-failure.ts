import { AppError } from '../../errors.ts';
import type { Failure } from './provider-common.ts';

/** Refusals of a token come in a header, with any body or none (RFC 6750 section 3.1). */
export function readBearerFailure({ status, headers }: Failure): AppError | undefined {
  const challenge = headers.get('www-authenticate') ?? '';
  if (status === 401 && /\binvalid_token\b/.test(challenge)) return new AppError('needs_sign_in');
  if (status === 403 && /\binsufficient_scope\b/.test(challenge)) return new AppError('scope_missing');
  return undefined;
}
