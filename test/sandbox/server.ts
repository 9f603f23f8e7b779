/** The one HTTPS server behind every host name: reads a request, asks the handler, writes the outcome. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from './certificate.ts';
import type { SandboxClock } from './clock.ts';
import type { SandboxRequest } from './messages.ts';
import type { Outcome } from './misbehaviour.ts';

export interface Server {
  readonly port: number;
  close(): Promise<void>;
}

export interface ServerOptions {
  readonly certificate: Certificate;
  readonly clock: SandboxClock;
  readonly handle: (request: SandboxRequest) => Promise<Outcome>;
}

/** Listens on a free port of 127.0.0.1. A handler that throws answers 500 and is told on standard error. */
export async function startServer({ certificate, clock, handle }: ServerOptions): Promise<Server> {
  const server = createServer({ key: certificate.key, cert: certificate.cert }, (incoming, outgoing) => {
    readRequest(incoming)
      .then(handle)
      .then((outcome) => writeOutcome(outcome, outgoing, clock))
      .catch((error: unknown) => {
        if (incoming.destroyed && !incoming.complete) return;
        console.error('sandbox:', error);
        outgoing.writeHead(500).end();
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    // A listening TCP server has an address with a port.
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readRequest(incoming: IncomingMessage): Promise<SandboxRequest> {
  const chunks: Buffer[] = [];
  // Node's http server yields buffers as long as no encoding is set.
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const host = findHost(incoming);
  const url = new URL(incoming.url ?? '/', `https://${host}`);
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  return {
    host,
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers,
    body: Buffer.concat(chunks).toString('utf8'),
    at: Date.now(),
    client: headers['user-agent'] ?? '',
  };
}

/** The Host header, else the TLS server name, as HTTP/1.1 servers choose. */
function findHost(incoming: IncomingMessage): string {
  const servername = 'servername' in incoming.socket ? incoming.socket.servername : undefined;
  const named = typeof servername === 'string' && servername !== '' ? servername : '127.0.0.1';
  return (incoming.headers.host ?? named).replace(/:\d+$/, '').toLowerCase();
}

function writeOutcome(outcome: Outcome, outgoing: ServerResponse, clock: SandboxClock): void {
  if (outcome === 'hang') return;
  if (outcome === 'drop') {
    outgoing.socket?.destroy();
    return;
  }
  // One request a connection: browsers repeat a POST by themselves when a connection they reused is dropped.
  outgoing.setHeader('connection', 'close');
  outgoing.setHeader('date', new Date(clock.now()).toUTCString());
  for (const [name, value] of Object.entries(outcome.headers)) outgoing.setHeader(name, value);
  outgoing.writeHead(outcome.status).end(outcome.body);
}
