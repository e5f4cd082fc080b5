/** The Redis behind the Upstash stand-in: embedded, or a server named by REDIS_URL, or a redis-server on PATH. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Complaint, reasonOf } from '../complaint.ts';
import { freePort } from '../http.ts';
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

/** Connects to the server that a redis:// URL names. @throws Complaint when it does not answer */
export async function connectRedis(url: string): Promise<RedisEngine> {
  const client = await RespClient.connect(url).catch((error) => {
    throw new Complaint(`The Redis that REDIS_URL names does not answer (${reasonOf(error)}).`);
  });
  const info = String(await client.call(['INFO', 'server']));
  return {
    name: `Redis ${/redis_version:(\S+)/.exec(info)?.[1] ?? ''}`,
    call: (command) => client.call(command),
    async transaction(commands) {
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
    close: async () => client.close(),
  };
}

/** The path of redis-server, or undefined where PATH has none. */
export function findRedisServer(): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'redis-server'))
    .find((path) => existsSync(path));
}

/** Starts a redis-server of our own on a free loopback port, in memory only; `close` ends it. */
export async function spawnRedis(program: string): Promise<RedisEngine> {
  const port = String(await freePort());
  const child = spawn(program, ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], {
    stdio: 'ignore',
    // Out of reach of a terminal's Ctrl-C: it ends when we close it, after the last write.
    detached: true,
  });
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.once('error', () => undefined);
  for (let attempt = 1; ; attempt++) {
    try {
      const engine = await connectRedis(`redis://127.0.0.1:${port}`);
      return {
        ...engine,
        async close() {
          await engine.close();
          child.kill();
          await exited;
        },
      };
    } catch {
      if (attempt === START_ATTEMPTS || child.exitCode !== null || child.pid === undefined) {
        child.kill();
        throw new Complaint(`${program} does not start.`);
      }
      await new Promise((resolve) => setTimeout(resolve, ATTEMPT_INTERVAL_MS));
    }
  }
}
