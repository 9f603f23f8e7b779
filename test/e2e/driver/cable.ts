/** The cable between a browser and the sandbox: a loopback relay that can be pulled out. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Cable {
  /** The browser's end, a port on 127.0.0.1. */
  readonly port: number;
  /** Pulled out, it breaks every connection and takes no new one. */
  setOffline(isOffline: boolean): void;
  close(): Promise<void>;
}

/** @param port the sandbox's end, on 127.0.0.1. */
export async function createCable(port: number): Promise<Cable> {
  const sockets = new Set<Socket>();
  let isOut = false;
  const server = createServer((near) => {
    if (isOut) {
      near.destroy();
      return;
    }
    const far = connect(port, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      // A broken connection is the browser's or the sandbox's wish: the other end learns of it, nobody else.
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  const { promise: isListening, resolve } = Promise.withResolvers<undefined>();
  server.listen(0, '127.0.0.1', () => resolve(undefined));
  await isListening;
  const cut = () => sockets.forEach((socket) => socket.destroy());
  return {
    // A server that listens on TCP has an address with a port.
    port: (server.address() as AddressInfo).port,
    setOffline: (isOffline) => {
      isOut = isOffline;
      if (isOffline) cut();
    },
    close: () =>
      new Promise((isClosed) => {
        server.close(() => isClosed());
        cut();
      }),
  };
}
