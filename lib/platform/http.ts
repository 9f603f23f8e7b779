import { AppError } from '../errors.ts';
import type { Http } from '../ports.ts';

/** Sends a request as Latchkey, not as the person's browser: no cookies, no cache, no referrer. */
const send: Http = async (request) => {
  try {
    return await fetch(request, {
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    });
  } catch (cause) {
    throw new AppError('network', { cause });
  }
};

/** @param ready the request rules: what is sent before they are in force is refused by some services. */
export function createHttp(ready: Promise<unknown>): Http {
  return async (request) => {
    // Rules that can't be set are the services' to complain of.
    await ready.catch(() => undefined);
    return send(request);
  };
}
