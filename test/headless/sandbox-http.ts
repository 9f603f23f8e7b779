/** The network as the browsers see it in tests: every host leads to the sandbox, whose certificate nobody signed. */
import { request } from 'node:https';
import { AppError } from '../../lib/errors.ts';
import { userAgentHosts } from '../../lib/app/hosts.ts';
import { buildUserAgent } from '../../lib/platform/user-agent.ts';
import type { Http } from '../../lib/ports.ts';

const userAgent = buildUserAgent('0.0.0', 'https://example.com/latchkey');

/** As a browser's worker sends it while the request rules are in force. */
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
        headers: {
          ...Object.fromEntries(asked.headers),
          ...(userAgentHosts.includes(url.hostname) && { 'user-agent': userAgent }),
          host: url.host,
          'content-length': body.length,
        },
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
