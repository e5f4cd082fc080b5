/** Small HTTP servers on loopback. */
import { randomInt } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const HOST = '127.0.0.1';

/** A listening server; `close` also ends the connections that are open. */
export interface Listening {
  /** Such as `http://127.0.0.1:49152`. */
  url: string;
  /** Requests that have come so far. */
  requests(): number;
  close(): Promise<void>;
}

/** Serves requests on a free loopback port; one that fails loses its connection, and the others go on. */
export async function serve(
  handler: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<Listening> {
  const server = createServer(async (request, response) => {
    try {
      await handler(request, response);
    } catch (error) {
      // A client that went away is no fault of ours.
      if (!request.destroyed) console.error(error);
      response.destroy();
    }
  });
  let count = 0;
  server.on('request', () => {
    count += 1;
  });
  // Workers keep connections for long; a reset between two requests would look like a fault.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, HOST, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${HOST}:${port}`,
    requests: () => count,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A loopback port that is free now, of those that systems give to nobody by themselves while it is not yet used. */
export async function freePort(): Promise<number> {
  const port = randomInt(10_000, 32_000);
  const probe = createServer();
  const isFree = await new Promise<boolean>((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen(port, HOST, () => probe.close(() => resolve(true)));
  });
  return isFree ? port : freePort();
}

/** The whole body of a request, as text. */
export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
