import { AppError } from '../errors.ts';
import type { Http } from '../ports.ts';

/** Chromium stops a worker whose request takes 30 s to answer: give up well before. */
const timeoutMs = 20_000;

/**
 * Sends a request as Latchkey, not as the person's browser: no cookies, no cache, no referrer. The time limit covers the
 * body too.
 */
const send: Http = async (request) => {
  try {
    return await fetch(request, {
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]),
    });
  } catch (cause) {
    const isTimeout = cause instanceof DOMException && cause.name === 'TimeoutError';
    throw new AppError(isTimeout ? 'timeout' : 'network', { cause });
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
