/** Sends a request to the sandbox as a client in the outside world would: by host name, over TLS. */
import type { IncomingHttpHeaders } from 'node:http';
import { request as sendRequest } from 'node:https';
import type { Sandbox } from './index.ts';

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface RawRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Takes part in the test: aborts the request. */
  readonly signal?: AbortSignal;
}

/**
 * Sends to the loopback server with the host of `url` as SNI and Host, and checks the certificate against it.
 * Does not follow redirects. Rejects when the connection ends without an answer.
 */
export function requestSandbox(
  sandbox: Pick<Sandbox, 'port' | 'certificate'>,
  url: string,
  { method, headers = {}, body, signal }: RawRequest = {},
): Promise<RawAnswer> {
  const { hostname, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const outgoing = sendRequest(
      {
        host: '127.0.0.1',
        port: sandbox.port,
        servername: hostname,
        path: pathname + search,
        method: method ?? (body === undefined ? 'GET' : 'POST'),
        headers: { host: hostname, ...headers },
        ca: sandbox.certificate,
        agent: false,
        ...(signal && { signal }),
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
