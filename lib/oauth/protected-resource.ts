/** Calls to a service's API with an access token. */
import type { Ports } from '../ports.ts';
import { AppError } from '../errors.ts';
import type { Provider } from '../providers/provider.ts';
import { readAnswer, readFailure, toFailureError } from './read-answer.ts';

/** Browsers show nothing of a redirect that they were told not to follow (Fetch standard, "opaque redirect"). */
function leadsElsewhere({ type, status, redirected }: Response): boolean {
  return type === 'opaqueredirect' || redirected || (status >= 300 && status <= 399 && status !== 304);
}

/**
 * Sends a request that carries a token, and reads the JSON answer.
 * @param ports.http puts the token on the request.
 * @param more.secrets what it puts there: a service that repeats it must not bring it before people's eyes.
 * @param more.hear gets the headers of a good answer, e.g. for limits.
 * @throws AppError with the provider's meaning of a failure, or `bad_answer` for a success that is no JSON;
 *   `lookup_redirected` for a request that may not be led elsewhere (`redirect: 'manual'`).
 */
export async function callProtectedResource(
  { http, clock }: Pick<Ports, 'http' | 'clock'>,
  provider: Pick<Provider, 'readFailure' | 'readNoJson' | 'findRefusal' | 'findWait' | 'parse'>,
  request: Request,
  more: { readonly secrets: readonly string[]; readonly hear?: (headers: Headers) => void },
): Promise<unknown> {
  const response = await http(request);
  if (request.redirect === 'manual' && leadsElsewhere(response)) throw new AppError('lookup_redirected');
  const answer = await readAnswer(response, clock.now(), provider);
  if (answer.status < 200 || answer.status > 299) {
    const failure = readFailure(answer, more.secrets);
    throw provider.readFailure?.(failure) ?? toFailureError(failure);
  }
  if (!answer.isJson)
    throw provider.readNoJson?.(readFailure(answer, more.secrets)) ?? new AppError('bad_answer');
  const refusal = provider.findRefusal?.(answer.body);
  if (refusal !== undefined) throw refusal;
  more.hear?.(response.headers);
  return answer.body;
}
