/** A stand-in for Neon's HTTP endpoint (`POST /sql`) over any Postgres: what @neondatabase/serverless speaks to. */
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import pg from 'pg';
import { type Listening, readText, serve } from './http.ts';

interface Query {
  query: string;
  params?: unknown[];
}

/** How a request wants its rows, from the Neon-… headers. */
interface RowStyle {
  asArrays: boolean;
  asText: boolean;
}

/** What Postgres tells of an error; Neon passes on these fields beside `message`. */
const ERROR_FIELDS = [
  'severity',
  'code',
  'detail',
  'hint',
  'position',
  'internalPosition',
  'internalQuery',
  'where',
  'schema',
  'table',
  'column',
  'dataType',
  'constraint',
  'file',
  'line',
  'routine',
] as const;

const ISOLATION_LEVELS: Record<string, string> = {
  ReadUncommitted: 'read uncommitted',
  ReadCommitted: 'read committed',
  RepeatableRead: 'repeatable read',
  Serializable: 'serializable',
};

/** Serves the endpoint at `<url>/sql`. The pool must give raw text (see engines/postgres.ts). */
export function startNeonHttp(pool: pg.Pool): Promise<Listening> {
  return serve(async (request, response) => {
    const body = await readText(request);
    if (request.url !== '/sql') return sendJson(response, 404, { message: 'not found' });
    if (request.method !== 'POST') return sendJson(response, 405, { message: 'method not allowed' });
    try {
      sendJson(response, 200, await answer(pool, request.headers, body));
    } catch (error) {
      // Without an answer of Postgres there is no SQLSTATE: Neon's proxy says that it could not reach it.
      sendJson(response, isUnreachable(error) ? 503 : 400, describeError(error as Error));
    }
  });
}

async function answer(pool: pg.Pool, headers: IncomingHttpHeaders, body: string) {
  if (!URL.canParse(String(headers['neon-connection-string']))) throw new Error('missing connection string');
  const style: RowStyle = {
    asArrays: headers['neon-array-mode'] === 'true',
    asText: headers['neon-raw-text-output'] === 'true',
  };
  const wanted: Query | { queries: Query[] } = JSON.parse(body);
  // Released whole even after an error: the pool would close the connection, and PGlite has only one.
  const client = await pool.connect();
  try {
    if (!('queries' in wanted)) return await run(client, wanted, style);
    return { results: await runBatch(client, wanted.queries, headers, style) };
  } finally {
    client.release();
  }
}

async function runBatch(
  client: pg.PoolClient,
  queries: Query[],
  headers: IncomingHttpHeaders,
  style: RowStyle,
) {
  const begin = ['begin'];
  const isolation = ISOLATION_LEVELS[String(headers['neon-batch-isolation-level'])];
  if (isolation) begin.push(`isolation level ${isolation}`);
  if (headers['neon-batch-read-only'] === 'true') begin.push('read only');
  if (headers['neon-batch-deferrable'] === 'true') begin.push('deferrable');
  await client.query(begin.join(' '));
  try {
    const results = [];
    for (const query of queries) results.push(await run(client, query, style));
    await client.query('commit');
    return results;
  } catch (error) {
    // Nothing to roll back where the connection is gone, and the first error is the one to tell.
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function run(client: pg.PoolClient, { query, params = [] }: Query, { asArrays, asText }: RowStyle) {
  // Always the extended protocol: one statement a query, as at Neon.
  const config = { text: query, values: params, rowMode: 'array' as const, queryMode: 'extended' };
  const { command, fields, rows, rowCount } = await client.query<(string | null)[]>(config);
  const parsers = fields.map(({ dataTypeID }) => pg.types.getTypeParser(dataTypeID));
  const values = asText
    ? rows
    : rows.map((row) => row.map((text, i) => (text === null ? null : parsers[i]?.(text))));
  return {
    command,
    rowCount,
    rowAsArray: asArrays,
    fields,
    rows: asArrays
      ? values
      : values.map((row) => Object.fromEntries(row.map((value, i) => [fields[i]?.name, value]))),
  };
}

/** Whether Postgres never answered: a system error, or one of the driver about its connection. */
function isUnreachable(error: unknown): boolean {
  const { syscall, message } = error as NodeJS.ErrnoException;
  return (
    syscall !== undefined || /^Connection terminated|^timeout expired|timeout exceeded when/.test(message)
  );
}

function describeError(error: Error & Partial<Record<(typeof ERROR_FIELDS)[number], unknown>>) {
  return { message: error.message, ...Object.fromEntries(ERROR_FIELDS.map((name) => [name, error[name]])) };
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
