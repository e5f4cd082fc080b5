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

/** SQLSTATE classes that blame the statement: cardinality, data, integrity, syntax, a feature that is not there. */
const OUR_MISTAKES = ['0A', '21', '22', '23', '42'];
/** Of them, what blames the database: a privilege, table, column, function or type that is missing. */
const STATE_OF_DATABASE = ['42501', '42P01', '42703', '42883', '42704'];

/** SQLSTATE classes of what may have changed a moment later: connection, deadlock, resources, operator, system. */
const PASSING = ['08', '40', '53', '57', '58'];

/** SQLSTATE classes and codes after which nobody knows what became of a write; after all others it was undone. */
const IN_DOUBT = ['08', '58', 'XX', '40003', '57P01', '57P02'];
/** Of them, connections that were refused before anything was sent. */
const NEVER_CONNECTED = ['08001', '08004'];

/**
 * Postgres refused a statement as wrong: our mistake. Says no more than the SQLSTATE: drivers’ messages repeat
 * statements and values.
 * @public for stores that tell one SQLSTATE from another
 */
export class StatementError extends Problem {
  readonly sqlState: string;

  constructor(sqlState: string) {
    super('internal', { cause: `SQLSTATE ${sqlState}`, nothingDone: true });
    this.name = 'StatementError';
    this.message = `Postgres refused a statement with SQLSTATE ${sqlState}`;
    this.sqlState = sqlState;
  }
}

/**
 * Runs a statement and names what went wrong.
 * @throws Problem `unavailable` when the database cannot be reached, or says that it cannot answer; StatementError
 */
export async function run<T>(statement: () => Promise<T>): Promise<T> {
  try {
    return await statement();
  } catch (error) {
    const cause = error instanceof DrizzleQueryError ? error.cause : error;
    // No SQLSTATE: the statement never reached Postgres, or its answer never reached us whole.
    const sqlState = cause instanceof NeonDbError ? cause.code : undefined;
    if (sqlState && has(OUR_MISTAKES, sqlState) && !has(STATE_OF_DATABASE, sqlState))
      throw new StatementError(sqlState);
    if (cause instanceof TypeError) throw cause;
    throw sqlState ? refused(sqlState) : unavailable(innermost(cause), false);
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
    if (isLate || !mayPass(error)) throw error;
    return run(statement);
  }
}

/** Like `runRead`, for what everybody may read: each failure is one of the store, for which a copy may stand in. */
export async function runPublicRead<T>(statement: () => Promise<T>): Promise<T> {
  try {
    return await runRead(statement);
  } catch (error) {
    if (error instanceof Problem && error.code === 'unavailable') throw error;
    throw unavailable(
      error instanceof StatementError ? `SQLSTATE ${error.sqlState}` : innermost(error),
      true,
    );
  }
}

function unavailable(cause: string, nothingDone: boolean): Problem {
  const headers = { 'Retry-After': String(RETRY_AFTER_SECONDS) };
  return new Problem('unavailable', { headers, cause, nothingDone });
}

/** The database said «no». */
function refused(sqlState: string): Problem {
  const inDoubt = has(IN_DOUBT, sqlState) && !has(NEVER_CONNECTED, sqlState);
  return unavailable(`SQLSTATE ${sqlState}`, !inDoubt);
}

/** Whether a second attempt may succeed where the first one has failed quickly. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof Problem) || error.code !== 'unavailable' || error.cause === 'TimeoutError')
    return false;
  const sqlState = /^SQLSTATE (.+)$/.exec(String(error.cause))?.[1];
  return sqlState === undefined || has(PASSING, sqlState);
}

/** Whether a list of SQLSTATEs names this one or its class. */
function has(list: readonly string[], sqlState: string): boolean {
  return list.includes(sqlState) || list.includes(sqlState.slice(0, 2));
}

/** The name of the error at the root: `TimeoutError` when our own time limit ended the attempt. */
function innermost(error: unknown): string {
  let root = error;
  while (root instanceof NeonDbError && root.sourceError) root = root.sourceError;
  return root instanceof Error ? root.name : typeof root;
}
