/** One call to a service with an account's token. */
import type { Access, Accounts } from '../accounts/accounts.ts';
import { AppError, toAppError } from '../errors.ts';
import { callProtectedResource } from '../oauth/protected-resource.ts';
import { concealSecrets } from '../lookup/secrets.ts';
import { keepBigIntegers } from '../lookup/keep-big-integers.ts';
import type { Ports } from '../ports.ts';
import type { Provider } from '../providers/provider.ts';

/**
 * Sends a request that is not authorised yet, and reads the JSON answer.
 * @param more.hear gets the headers of a good answer.
 * @param more.keepsBigIntegers has integers beyond 2^53 come as text, digit by digit.
 * @throws AppError of the service's or the network's making. One whose token could not be renewed carries the service's
 *   words in `details`: the request itself was refused, whatever came after.
 */
export type ServiceCall = (
  access: Access,
  request: Request,
  more?: { readonly hear?: (headers: Headers) => void; readonly keepsBigIntegers?: boolean },
) => Promise<unknown>;

/** Good answers are read without the token too: some services put errors into them, with what they were sent. */
function parseSafely(
  { parse = JSON.parse }: Pick<Provider, 'parse'>,
  token: string,
  keepsBigIntegers: boolean,
) {
  return (text: string): unknown => {
    const clean = concealSecrets(text, [token]);
    return parse(keepsBigIntegers ? keepBigIntegers(clean) : clean);
  };
}

/** Renews the token once when it is refused; sends nothing a second time for any other reason. */
export function createServiceCall(
  ports: Pick<Ports, 'clock'>,
  accounts: Pick<Accounts, 'accessAfterRejection'>,
): ServiceCall {
  return async (first, request, { hear, keepsBigIntegers = false } = {}) => {
    const send = ({ provider, http, accessToken }: Access) =>
      callProtectedResource(
        { ...ports, http },
        { ...provider, parse: parseSafely(provider, accessToken, keepsBigIntegers) },
        request.clone(),
        { secrets: [accessToken], ...(hear === undefined ? {} : { hear }) },
      );
    try {
      return await send(first);
    } catch (thrown) {
      const refusal = toAppError(thrown);
      if (refusal.code !== 'needs_sign_in') throw refusal;
      const renewed = await accounts
        .accessAfterRejection(first.account.id, first.accessToken)
        .catch((failure: unknown) => {
          const { code, params, details = refusal.details ?? refusal.code } = toAppError(failure);
          throw new AppError(code, { params, details, cause: failure });
        });
      return send(renewed);
    }
  };
}
