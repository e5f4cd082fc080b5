/** Stands before the stand-in for Neon, and explains every statement on its way: run for real, counted, and undone. */
import type pg from 'pg';
import { type Listening, readText, serve } from '../dev/http.ts';
import type { Explained } from './growth-plans.ts';

/** One statement of the product, the first time that it came. */
export interface Observed {
  /** What was asked for when it came. */
  operation: string;
  /** Tells it from other statements, at every size alike. */
  key: string;
  explained: Explained;
  /** Tables that were read in sequence while it ran, by itself or by its foreign keys: Postgres' own count. */
  inSequence: string[];
}

export interface Probe extends Listening {
  observed: Map<string, Observed>;
  begin(operation: string): void;
}

interface Query {
  query: string;
  params?: unknown[];
}

/** Serves at `<url>/sql` what `neonUrl` serves; `pool` reaches the same database. */
export async function startProbe(pool: pg.Pool, neonUrl: string): Promise<Probe> {
  const observed = new Map<string, Observed>();
  let operation = '';
  const listening = await serve(async (request, response) => {
    const body = await readText(request);
    const wanted: Query | { queries: Query[] } = JSON.parse(body);
    await observe('queries' in wanted ? wanted.queries : [wanted]);
    const headers = Object.entries(request.headers).filter(([name]) => name.startsWith('neon-'));
    const answer = await fetch(neonUrl + request.url, {
      method: 'POST',
      headers: Object.fromEntries(headers) as Record<string, string>,
      body,
    });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
  });
  return {
    ...listening,
    observed,
    begin(next) {
      operation = next;
    },
  };

  async function observe(batch: Query[]): Promise<void> {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      for (const { query, params = [] } of batch) {
        const before = await sequentialScans(client);
        const { rows } = await client.query(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${query}`, params);
        const after = await sequentialScans(client);
        // Postgres plans a parameter that is null away, and what depends on it.
        const key = [query, ...params.map((value) => value === null)].join();
        if (observed.has(key)) continue;
        const inSequence = [...after].filter(([table, scans]) => scans > (before.get(table) ?? 0));
        observed.set(key, {
          operation,
          key,
          explained: rows[0]['QUERY PLAN'],
          inSequence: inSequence.map(([table]) => table),
        });
      }
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  }
}

/** How often this connection has read each table in sequence since it last reported. */
async function sequentialScans(client: pg.PoolClient): Promise<Map<string, number>> {
  const { rows } = await client.query(
    'SELECT relname, seq_scan::int FROM pg_stat_xact_user_tables WHERE seq_scan > 0',
  );
  return new Map(rows.map(({ relname, seq_scan }) => [relname, seq_scan]));
}
