/** An HTTP CONNECT proxy that leads every host's port 443 to the sandbox (Firefox can't map hosts by itself). */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

export interface Proxy {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 and tunnels to `targetPort` there. Other ports than 443 are refused with 403. */
export async function startProxy(targetPort: number): Promise<Proxy> {
  const tunnels = new Set<Duplex>();
  const server = createServer((_request, response) => {
    response.writeHead(421).end('Only CONNECT');
  });
  server.on('connect', (request, client, head) => {
    // After CONNECT the socket is ours alone: without a listener a client that goes away would end the process.
    client.on('error', () => client.destroy());
    if (!request.url?.endsWith(':443')) {
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const target = connect(targetPort, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.write(head);
      target.pipe(client).pipe(target);
    });
    for (const [socket, other] of [
      [client, target],
      [target, client],
    ] as const) {
      tunnels.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        tunnels.delete(socket);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    // A listening TCP server has an address with a port.
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        for (const socket of tunnels) socket.destroy();
      }),
  };
}
