/** The Redis behind the Upstash stand-in: embedded, or a server named by REDIS_URL, or a redis-server on PATH. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Complaint, reasonOf } from '../complaint.ts';
import { freePort } from '../http.ts';
import type { NoteChild } from '../orphans.ts';
import { MemoryRedis } from './memory-redis.ts';
import { type Reply, RespClient } from './resp.ts';

const START_ATTEMPTS = 50;
const ATTEMPT_INTERVAL_MS = 100;

/** A running Redis; `call` answers what Redis answers and rejects with its RedisError. */
export interface RedisEngine {
  name: string;
  call(command: string[]): Promise<Reply>;
  /** Runs commands as one transaction; errors of single commands stand in the list. */
  transaction(commands: string[][]): Promise<Reply[]>;
  close(): Promise<void>;
}

/** Opens the engine that lives in this process and forgets everything with it. */
export function openEmbeddedRedis(): RedisEngine {
  const memory = new MemoryRedis();
  return {
    name: 'Redis (embedded)',
    call: async (command) => memory.call(command),
    transaction: async (commands) =>
      commands.map((command) => {
        try {
          return memory.call(command);
        } catch (error) {
          return error as Reply;
        }
      }),
    close: async () => {},
  };
}

/**
 * Connects to the server that a redis:// URL names, and anew after the connection broke: a call in that moment fails,
 * later ones do not.
 * @throws Complaint when it does not answer
 */
export async function connectRedis(url: string): Promise<RedisEngine> {
  let client = await RespClient.connect(url).catch((error) => {
    throw new Complaint(`The Redis that REDIS_URL names does not answer (${reasonOf(error)}).`);
  });
  let reconnecting: Promise<RespClient> | undefined;
  let closed = false;
  async function current(): Promise<RespClient> {
    if (closed || !client.isBroken) return client;
    // One attempt at a time, which all calls of this moment share.
    reconnecting ??= RespClient.connect(url).finally(() => {
      reconnecting = undefined;
    });
    client = await reconnecting;
    return client;
  }

  const info = String(await client.call(['INFO', 'server']));
  return {
    name: `Redis ${/redis_version:(\S+)/.exec(info)?.[1] ?? ''}`,
    call: async (command) => (await current()).call(command),
    async transaction(commands) {
      const client = await current();
      // Sent back to back on the one connection, so that nothing else comes between MULTI and EXEC.
      const replies = await Promise.allSettled([
        client.call(['MULTI']),
        ...commands.map((command) => client.call(command)),
        client.call(['EXEC']),
      ]);
      const exec = replies.at(-1) as PromiseSettledResult<Reply>;
      if (exec.status === 'rejected') throw exec.reason;
      return exec.value as Reply[];
    },
    async close() {
      closed = true;
      await reconnecting?.catch(() => undefined);
      client.close();
    },
  };
}

/** The path of redis-server, or undefined where PATH has none. */
export function findRedisServer(): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'redis-server'))
    .find((path) => existsSync(path));
}

/**
 * Starts a redis-server of our own on a free loopback port, in memory only; `close` ends it. One that ends before is
 * started again, empty.
 */
export async function spawnRedis(program: string, note?: NoteChild): Promise<RedisEngine> {
  const port = String(await freePort());
  const launch = () => {
    const child = spawn(
      program,
      ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
      {
        stdio: 'ignore',
        // Out of reach of a terminal's Ctrl-C: it ends when we close it, after the last write.
        detached: true,
      },
    );
    child.once('error', () => undefined);
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
    const noted = child.pid && note?.(child.pid, `redis-server 127.0.0.1:${port}`);
    return { child, ended, noted };
  };
  let server = launch();
  let closing = false;
  const end = async () => {
    closing = true;
    await server.noted;
    server.child.kill();
    await server.ended;
  };
  const restartWhenEnded = async () => {
    await server.ended;
    if (closing) return;
    console.log('redis-server has ended: it is started again.');
    server = launch();
    void restartWhenEnded();
  };
  for (let attempt = 1; ; attempt++) {
    try {
      const engine = await connectRedis(`redis://127.0.0.1:${port}`);
      void restartWhenEnded();
      return {
        ...engine,
        async close() {
          await engine.close();
          await end();
        },
      };
    } catch {
      const { child } = server;
      if (attempt === START_ATTEMPTS || child.exitCode !== null || child.pid === undefined) {
        await end();
        throw new Complaint(`${program} does not start.`);
      }
      await new Promise((resolve) => setTimeout(resolve, ATTEMPT_INTERVAL_MS));
    }
  }
}
