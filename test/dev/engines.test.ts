/** The stand-ins survive their engines: a Redis or Postgres that goes away fails what it was asked, and serves again when it is back. */

import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { connectPostgres } from '../../dev/engines/postgres.ts';
import { connectRedis } from '../../dev/engines/redis.ts';
import { startNeonHttp } from '../../dev/neon-http.ts';

const parts: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const end of parts.splice(0).reverse()) await end();
});

/** An engine of a few lines: `talk` serves each connection. `crash` cuts them all and stops listening; `restart` is the end of that. */
async function engine(talk: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  let server: Server;
  const listen = (port: number) =>
    new Promise<void>((resolve) => {
      server = createServer((socket) => {
        sockets.add(socket);
        socket.on('error', () => undefined);
        talk(socket);
      }).listen(port, '127.0.0.1', resolve);
    });
  await listen(0);
  const { port } = (server! as Server).address() as AddressInfo;
  const crash = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    await closed;
  };
  parts.push(() => crash().catch(() => undefined));
  return { port, crash, restart: () => listen(port) };
}

test('Redis that was away is connected to anew, once for all who ask', async () => {
  let connections = 0;
  const { port, crash, restart } = await engine((socket) => {
    connections += 1;
    socket.on('data', (data) => {
      for (const command of data.toString().split('*').slice(1))
        socket.write(command.includes('INFO') ? '$19\r\nredis_version:7.0.0\r\n' : '+PONG\r\n');
    });
  });
  const redis = await connectRedis(`redis://127.0.0.1:${port}`);
  parts.push(() => redis.close());
  expect(redis.name).toBe('Redis 7.0.0');
  await crash();
  await expect(redis.call(['PING'])).rejects.toThrow();
  await expect(redis.call(['PING'])).rejects.toThrow('ECONNREFUSED');
  await restart();
  expect(await Promise.all([redis.call(['PING']), redis.call(['PING'])])).toEqual(['PONG', 'PONG']);
  expect(connections).toBe(2);
});

/** A message of the protocol: its letter, the length of what follows, and that. */
const message = (letter: string, body = '') => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(letter), length, Buffer.from(body, 'latin1')]);
};
const READY = Buffer.concat([message('R', '\0\0\0\0'), message('Z', 'I')]);
const VERSION = Buffer.concat([
  message('T', '\0\x01server_version\0\0\0\0\0\0\0\0\0\0\x19\xff\xff\xff\xff\xff\xff\0\0'),
  message('D', '\0\x01\0\0\0\x0215'),
  message('C', 'SHOW\0'),
  message('Z', 'I'),
]);

test('Postgres that goes away in mid-statement is a 503 to who asked, and ends nothing else', async () => {
  let asked = () => {};
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const { port, crash } = await engine((socket) => {
    socket.on('data', (data) => {
      const text = data.toString('latin1');
      if (text.includes('user')) socket.write(READY);
      else if (text.startsWith('Q')) socket.write(VERSION);
      else if (text.includes('pg_sleep')) asked();
    });
  });
  const postgres = await connectPostgres(`postgres://devcard@127.0.0.1:${port}/devcard`);
  const neon = await startNeonHttp(postgres.pool);
  parts.push(
    () => postgres.close(),
    () => neon.close(),
  );
  const ask = () =>
    fetch(`${neon.url}/sql`, {
      method: 'POST',
      headers: { 'neon-connection-string': 'postgres://devcard@localhost/devcard' },
      body: JSON.stringify({ query: 'SELECT pg_sleep(60)' }),
    });
  const answer = ask();
  await isAsked;
  await crash();
  expect((await answer).status).toBe(503);
  const later = await ask();
  expect([later.status, (await later.json()) as object]).toMatchObject([503, { code: 'ECONNREFUSED' }]);
});
