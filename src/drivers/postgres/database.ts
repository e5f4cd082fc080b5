/** The connection to Neon Postgres over HTTP: one fetch per statement, each with a time limit. */
import { NeonDbError, neon, neonConfig } from '@neondatabase/serverless';
import { DrizzleQueryError, sql } from 'drizzle-orm';
import { drizzle, type NeonHttpDatabase } from 'drizzle-orm/neon-http';
import { Problem } from '../../domain/problem.ts';
import { roundTrip } from '../../trace.ts';

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
    roundTrip('neon', () => fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) }));
  return drizzle(neon(databaseUrl));
}

/** Asks for nothing. Rejects when Postgres does not answer in time. */
export async function pingDatabase(db: Database): Promise<void> {
  await run(() => db.execute(sql`SELECT 1`));
}

/** Seconds after which a client may ask again when Postgres does not answer. */
const RETRY_AFTER_SECONDS = 5;

/** A read that failed sooner than this is tried once more. */
const QUICK_MS = 1_000;

/** SQLSTATE classes that say «not now» rather than «not so»: connection, deadlock, resources, operator, system. */
const PASSING_CLASSES = ['08', '40', '53', '57', '58'];

/**
 * Postgres refused a statement. Says no more than the SQLSTATE: drivers’ messages repeat statements and values.
 * @public for stores that tell one SQLSTATE from another
 */
export class StatementError extends Error {
  override name = 'StatementError';
  readonly sqlState: string;

  constructor(sqlState: string) {
    super(`Postgres refused a statement with SQLSTATE ${sqlState}`);
    this.sqlState = sqlState;
  }
}

/**
 * Runs a statement and names what went wrong.
 * @throws Problem `unavailable` when the database cannot be reached or is not able to answer now; StatementError
 */
export async function run<T>(statement: () => Promise<T>): Promise<T> {
  try {
    return await statement();
  } catch (error) {
    const cause = error instanceof DrizzleQueryError ? error.cause : error;
    // No SQLSTATE: the statement never reached Postgres, or its answer never reached us whole.
    const sqlState = cause instanceof NeonDbError ? cause.code : undefined;
    if (sqlState && !PASSING_CLASSES.includes(sqlState.slice(0, 2))) throw new StatementError(sqlState);
    if (cause instanceof TypeError) throw cause;
    throw new Problem('unavailable', {
      headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) },
      cause: innermost(cause),
    });
  }
}

/** Like `run`, for statements that only read: tried once more when the first attempt failed quickly. */
export async function runRead<T>(statement: () => Promise<T>): Promise<T> {
  const started = Date.now();
  try {
    return await run(statement);
  } catch (error) {
    // A caller that has waited long must not wait for a second time limit.
    const isLate = Date.now() - started > QUICK_MS;
    if (isLate || !(error instanceof Problem) || error.cause === 'TimeoutError') throw error;
    return run(statement);
  }
}

/** The name of the error at the root: `TimeoutError` when our own time limit ended the attempt. */
function innermost(error: unknown): string {
  let root = error;
  while (root instanceof NeonDbError && root.sourceError) root = root.sourceError;
  return root instanceof Error ? root.name : typeof root;
}
