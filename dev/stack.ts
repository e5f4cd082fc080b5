/** The local stack: engines and their Neon and Upstash stand-ins, as `npm run dev`, the tests and the bench start it. */
import { randomUUID } from 'node:crypto';
import {
  connectPostgres,
  createScratchPostgres,
  openEmbeddedPostgres,
  type PostgresEngine,
} from './engines/postgres.ts';
import { connectRedis, openEmbeddedRedis, type RedisEngine, spawnRedis } from './engines/redis.ts';
import type { KeyVariables } from './keys.ts';
import { startNeonHttp } from './neon-http.ts';
import type { NoteChild } from './orphans.ts';
import { startUpstashRest } from './upstash-rest.ts';

export interface StackOptions {
  /** A real Postgres; PGlite where absent. */
  databaseUrl?: string | undefined;
  /** With `databaseUrl`: work in a new database beside the named one, dropped at the end. */
  scratch?: boolean;
  /** Where PGlite keeps its data; in memory where absent. */
  dataDir?: string;
  /** A real Redis; embedded where absent. */
  redisUrl?: string | undefined;
  /** A redis-server program to start where no `redisUrl` is given. */
  redisServer?: string | undefined;
  /** Told of each server that is started. */
  note?: NoteChild;
}

/** A running stack. */
export interface Stack {
  postgres: PostgresEngine;
  redis: RedisEngine;
  /** The stand-ins' URLs without a path: Neon's endpoint is `<neonUrl>/sql`. */
  neonUrl: string;
  upstashUrl: string;
  upstashToken: string;
  /** Requests that the stand-ins have had so far. */
  requests(): { neon: number; upstash: number };
  close(): Promise<void>;
}

/** An address in the form that the Neon driver wants; NEON_FETCH_ENDPOINT says where it really goes. */
const LOCAL_DATABASE_URL = 'postgres://devcard:devcard@localhost/devcard';

/** Starts engines and stand-ins on free loopback ports; what had started is stopped when something fails. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const parts = new AsyncDisposableStack();
  const keep = async <T extends { close(): Promise<void> }>(starting: Promise<T> | T): Promise<T> => {
    const started = await starting;
    parts.defer(() => started.close());
    return started;
  };
  try {
    const redis = await keep(openRedis(options));
    const postgres = await keep(openPostgres(options));
    const upstashToken = randomUUID();
    const neon = await keep(startNeonHttp(postgres.pool));
    const upstash = await keep(startUpstashRest(redis, upstashToken));
    const close = () => parts.disposeAsync();
    const requests = () => ({ neon: neon.requests(), upstash: upstash.requests() });
    return { postgres, redis, neonUrl: neon.url, upstashUrl: upstash.url, upstashToken, requests, close };
  } catch (error) {
    await parts.disposeAsync();
    throw error;
  }
}

function openPostgres({ databaseUrl, scratch, dataDir }: StackOptions): Promise<PostgresEngine> {
  if (databaseUrl) return scratch ? createScratchPostgres(databaseUrl) : connectPostgres(databaseUrl);
  return openEmbeddedPostgres(dataDir);
}

function openRedis({ redisUrl, redisServer, note }: StackOptions): Promise<RedisEngine> | RedisEngine {
  if (redisUrl) return connectRedis(redisUrl);
  return redisServer ? spawnRedis(redisServer, note) : openEmbeddedRedis();
}

/** The variables that make a Worker use a stack. */
export interface WorkerVariables extends KeyVariables {
  DATABASE_URL: string;
  NEON_FETCH_ENDPOINT: string;
  UPSTASH_REDIS_REST_URL: string;
  UPSTASH_REDIS_REST_TOKEN: string;
  /** Such as `http://localhost:8787`. */
  PUBLIC_ORIGIN: string;
  /** Of identity-provider.ts; a Worker takes it on http://localhost only, and RATE_LIMITS too. */
  OAUTH_DEV_ISSUER?: string;
  RATE_LIMITS?: string;
}

/** Points a Worker at a stack. */
export function workerVariables(
  { neonUrl, upstashUrl, upstashToken }: Stack,
  origin: string,
  keys: KeyVariables,
): WorkerVariables {
  return {
    DATABASE_URL: LOCAL_DATABASE_URL,
    NEON_FETCH_ENDPOINT: `${neonUrl}/sql`,
    UPSTASH_REDIS_REST_URL: upstashUrl,
    UPSTASH_REDIS_REST_TOKEN: upstashToken,
    PUBLIC_ORIGIN: origin,
    ...keys,
  };
}
