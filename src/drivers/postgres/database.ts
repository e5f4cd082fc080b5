/** The connection to Neon Postgres over HTTP: one fetch per statement, each with a time limit. */
import { NeonDbError, neon, neonConfig } from '@neondatabase/serverless';
import { DrizzleQueryError } from 'drizzle-orm';
import { drizzle, type NeonHttpDatabase } from 'drizzle-orm/neon-http';
import { Problem } from '../../domain/problem.ts';

export type Database = NeonHttpDatabase;

interface NeonOptions {
  databaseUrl: string;
  /** Where a stand-in answers for Neon; undefined asks Neon itself. */
  fetchEndpoint: string | undefined;
  timeoutMs: number;
}

/** Opens the database. Neon's driver is configured per isolate, so there is one of it. */
export function openDatabase({ databaseUrl, fetchEndpoint, timeoutMs }: NeonOptions): Database {
  if (fetchEndpoint) neonConfig.fetchEndpoint = fetchEndpoint;
  neonConfig.fetchFunction = (url: string, init: RequestInit) =>
    fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
  return drizzle(neon(databaseUrl));
}

/** Seconds after which a client may ask again when Postgres does not answer. */
const RETRY_AFTER_SECONDS = 5;

/** SQLSTATE classes that say «not now» rather than «not so»: connection, resources, operator, system. */
const PASSING_CLASSES = ['08', '53', '57', '58'];

/**
 * Runs a statement and names what went wrong.
 * @throws Problem `unavailable` when the database cannot be reached or is not able to answer now; other errors as they are
 */
export async function run<T>(statement: () => Promise<T>): Promise<T> {
  try {
    return await statement();
  } catch (error) {
    if (!isPassing(error)) throw error;
    const problem = new Problem('unavailable', { headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) } });
    problem.cause = error;
    throw problem;
  }
}

/** Like `run`, for statements that only read: tried once more when the first attempt failed quickly. */
export async function runRead<T>(statement: () => Promise<T>): Promise<T> {
  try {
    return await run(statement);
  } catch (error) {
    if (!(error instanceof Problem) || isTimeout(error.cause)) throw error;
    return run(statement);
  }
}

function isPassing(error: unknown): boolean {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  if (!(cause instanceof NeonDbError)) return false;
  // No SQLSTATE: the statement never reached Postgres, or its answer never reached us.
  return cause.code === undefined || PASSING_CLASSES.includes(cause.code.slice(0, 2));
}

/** Whether an attempt used up the whole time limit: a second one would double what the caller waits. */
function isTimeout(error: unknown): boolean {
  for (
    let cause = error;
    cause instanceof Error;
    cause =
      (cause as { cause?: unknown; sourceError?: unknown }).cause ??
      (cause as { sourceError?: unknown }).sourceError
  ) {
    if (cause.name === 'TimeoutError' || cause.name === 'AbortError') return true;
  }
  return false;
}
