/** Hands a request to the engine's own port, as a proxy in front of it does. */
import { request as sendRequest } from 'node:http';
import type { SandboxAnswer, SandboxRequest } from '../messages.ts';

const hopHeaders = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'date']);

export function forward(port: number, request: SandboxRequest): Promise<SandboxAnswer> {
  const { host, method, path, query, headers, body } = request;
  return new Promise((resolve, reject) => {
    const outgoing = sendRequest(
      {
        host: '127.0.0.1',
        port,
        method,
        path: query.size === 0 ? path : `${path}?${query}`,
        headers: { ...keepHeaders(headers), host, 'x-forwarded-proto': 'https', 'x-forwarded-host': host },
        agent: false,
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 502,
            headers: keepHeaders(incoming.headers),
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function keepHeaders<Value>(headers: Readonly<Record<string, Value | undefined>>): Record<string, Value> {
  const kept: Record<string, Value> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !hopHeaders.has(name)) kept[name] = value;
  }
  return kept;
}
