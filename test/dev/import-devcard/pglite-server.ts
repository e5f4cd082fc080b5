/** PGlite behind a TCP port, for programs that want a connection string; one client at a time. */
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import type { PGlite } from '@electric-sql/pglite';

/** Serves the protocol on a free loopback port. */
export async function servePglite(lite: PGlite): Promise<{ url: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let pending: Buffer = Buffer.alloc(0);
    let isStarted = false;
    let turn = Promise.resolve();
    const answer = async (data: Buffer) => {
      pending = Buffer.concat([pending, data]);
      for (;;) {
        // The first message has no letter in front of its length.
        const letter = isStarted ? 1 : 0;
        if (pending.length < letter + 4) return;
        const end = letter + pending.readInt32BE(letter);
        if (pending.length < end) return;
        const message = pending.subarray(0, end);
        pending = pending.subarray(end);
        isStarted = true;
        const reply = await lite.execProtocolRaw(new Uint8Array(message));
        if (!socket.destroyed) socket.write(reply);
      }
    };
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      turn = turn.then(() => answer(data)).catch(() => void socket.destroy());
    });
    // What a client left open would hold the one session for ever.
    socket.on('close', () => {
      sockets.delete(socket);
      turn = turn
        .then(() => lite.exec('ROLLBACK'))
        .then(
          () => undefined,
          () => undefined,
        );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `postgres://devcard:devcard@127.0.0.1:${port}/postgres`,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
