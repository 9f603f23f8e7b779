import { AppError } from '../errors.ts';
import type { Http } from '../ports.ts';

/** Chromium stops a worker whose request takes 30 s to answer: give up well before. */
const timeoutMs = 20_000;

/**
 * Sends a request as Latchkey, not as the person's browser: no cookies, no cache, no referrer. The time limit covers the
 * body too.
 */
export const http: Http = async (request) => {
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
