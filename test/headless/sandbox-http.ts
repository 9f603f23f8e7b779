/** The network as the browsers see it in tests: every host leads to the sandbox, whose certificate nobody signed. */
import { request } from 'node:https';
import { AppError } from '../../lib/errors.ts';
import type { Http } from '../../lib/ports.ts';

/** As a browser's worker would send it: POST carries the extension's Origin unless a request rule took it off. */
export function createSandboxHttp(port: number): Http {
  return async (asked) => {
    const url = new URL(asked.url);
    const body = Buffer.from(await asked.arrayBuffer());
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        servername: url.hostname,
        rejectUnauthorized: false,
        method: asked.method,
        path: `${url.pathname}${url.search}`,
        headers: { ...Object.fromEntries(asked.headers), host: url.host, 'content-length': body.length },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', (cause) => reject(new AppError('network', { cause })));
        incoming.on('end', () => {
          const headers = Object.entries(incoming.headers).flatMap(([name, value]) =>
            value === undefined ? [] : [[name, String(value)] as [string, string]],
          );
          resolve(new Response(Buffer.concat(chunks), { status: incoming.statusCode ?? 500, headers }));
        });
      },
    );
    asked.signal.addEventListener('abort', () => outgoing.destroy());
    outgoing.on('error', (cause) => reject(new AppError('network', { cause })));
    outgoing.end(body);
    return promise;
  };
}
