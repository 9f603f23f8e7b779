/** Ends answers that never end, and those that are longer than anything a service has to say. */
import { AppError } from '../errors.ts';
import type { Http, Ports } from '../ports.ts';

/** Chromium stops a worker whose request takes 30 s to answer: give up well before, in ms. */
const longestWait = 20_000;

/** The largest answer that any look-up brings is far below; more would fill the worker's memory. In bytes. */
const largestAnswer = 5_000_000;

type Reader = ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;

/** What a body that breaks off means, unless the reason is ours already. */
export function toNetworkError(cause: unknown): AppError {
  return cause instanceof AppError ? cause : new AppError('network', { cause });
}

interface Limits {
  /** Aborts when it has taken too long, with the reason. */
  readonly signal: AbortSignal;
  /** Rejects then. */
  readonly late: Promise<never>;
  /** To be called when nobody reads any more. */
  readonly end: () => void;
}

/** The same answer with a body that ends where the limits are. */
function limitBody(response: Response, reader: Reader, { signal, late, end }: Limits): Response {
  let length = 0;
  const stop = (reason: unknown) => {
    end();
    reader.cancel(reason).catch(() => undefined);
  };
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(stream) {
        try {
          const { done, value } = await Promise.race([reader.read(), late]);
          // What lies ready always wins the race.
          signal.throwIfAborted();
          length += value?.byteLength ?? 0;
          if (length > largestAnswer) throw new AppError('answer_too_large');
          if (value !== undefined) stream.enqueue(value);
          if (!done) return;
          end();
          stream.close();
        } catch (cause) {
          const error = toNetworkError(cause);
          stop(error);
          stream.error(error);
        }
      },
      cancel: stop,
    },
    // Nothing is read before somebody asks for it.
    { highWaterMark: 0 },
  );
  const { status, statusText, headers, redirected } = response;
  const limited = new Response(body, { status, statusText, headers });
  // A response made by hand says that it was led nowhere.
  return Object.defineProperty(limited, 'redirected', { value: redirected });
}

/**
 * An http that gives up after `ms`, the body included, and on bodies of more than 5 MB.
 * @throws AppError `timeout`, `answer_too_large`, `network`; while the body is read too.
 */
export function limitAnswers({ http, clock }: Pick<Ports, 'http' | 'clock'>, ms: number = longestWait): Http {
  return async (request) => {
    const timer = new AbortController();
    const connection = new AbortController();
    const { promise: late, reject } = Promise.withResolvers<never>();
    // Where it comes last in a race, its refusal is nobody's.
    late.catch(() => undefined);
    const giveUp = () => {
      const error = new AppError('timeout');
      // Before the connection ends, which refuses in words of its own.
      reject(error);
      connection.abort(error);
    };
    clock.sleep(ms, timer.signal).then(giveUp, () => undefined);
    const end = () => timer.abort();
    try {
      const sent = new Request(request, { signal: AbortSignal.any([request.signal, connection.signal]) });
      const response = await Promise.race([http(sent), late]);
      // As with a redirect that was not followed, or no content.
      if (response.body === null) end();
      else return limitBody(response, response.body.getReader(), { signal: connection.signal, late, end });
      return response;
    } catch (thrown) {
      end();
      throw thrown;
    }
  };
}
