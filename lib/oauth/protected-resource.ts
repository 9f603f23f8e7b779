/** Calls to a service's API with an access token. */
import type { Ports } from '../ports.ts';
import { AppError } from '../errors.ts';
import type { Provider } from '../providers/provider.ts';
import { readAnswer, readFailure, toFailureError } from './read-answer.ts';

/** What a request carries that must not come back before people's eyes. */
const secretOf = ({ headers }: Request) => (headers.get('authorization') ?? '').replace(/^Bearer /, '');

/**
 * Sends a request that carries a token, and reads the JSON answer.
 * @param hear gets the headers of a good answer, e.g. for limits.
 * @throws AppError with the provider's meaning of a failure, or `bad_answer` for a success that is no JSON.
 */
export async function callProtectedResource(
  { http, clock }: Pick<Ports, 'http' | 'clock'>,
  provider: Pick<Provider, 'readFailure' | 'findWait'>,
  request: Request,
  hear: (headers: Headers) => void = () => undefined,
): Promise<unknown> {
  const response = await http(request);
  const answer = await readAnswer(response, clock.now(), provider.findWait);
  if (answer.status < 200 || answer.status > 299) {
    const failure = readFailure(answer, [secretOf(request)]);
    throw provider.readFailure?.(failure) ?? toFailureError(failure);
  }
  if (!answer.isJson) throw new AppError('bad_answer');
  hear(response.headers);
  return answer.body;
}
