/** The Postgres behind the Neon stand-in: embedded PGlite, or a server named by a connection string. */
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import pg from 'pg';
import { Complaint, reasonOf } from '../complaint.ts';

const STATEMENT_TIMEOUT_MS = 10_000;
const CONNECTION_TIMEOUT_MS = 5_000;
const POOL_SIZE = 10;

/** Values stay the text that Postgres sent, as Neon passes them on. */
const RAW_TEXT = { getTypeParser: () => (text: string | Buffer) => text } as unknown as pg.CustomTypesConfig;

/** A running Postgres; queries through `pool` give every value as text or null. */
export interface PostgresEngine {
  name: string;
  /** Where others can reach it; PGlite lives in this process alone. */
  url?: string;
  pool: pg.Pool;
  close(): Promise<void>;
}

/** Opens PGlite, in `dataDir` or in memory. One connection is all it has, so statements run one at a time. */
export async function openEmbeddedPostgres(dataDir?: string): Promise<PostgresEngine> {
  const lite = await (dataDir ? openDataDir(dataDir) : PGlite.create());
  const pool = new pg.Pool({ ...createPgConfig(lite), max: 1, idleTimeoutMillis: 0, types: RAW_TEXT });
  return {
    name: 'PostgreSQL (embedded PGlite)',
    pool,
    async close() {
      await pool.end();
      await lite.close();
    },
  };
}

async function openDataDir(dataDir: string): Promise<PGlite> {
  try {
    await mkdir(dataDir, { recursive: true });
    return await PGlite.create(dataDir);
  } catch {
    throw new Complaint(
      `The database in ${dataDir} cannot be opened: \`npm run dev -- --reset\` starts afresh.`,
    );
  }
}

/** Connects to the database that `url` names; throws when it does not answer. */
export async function connectPostgres(url: string): Promise<PostgresEngine> {
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    // Neon's servers keep UTC.
    options: '-c timezone=UTC',
    types: RAW_TEXT,
  });
  // A connection that drops while idle is replaced on the next query.
  pool.on('error', () => {});
  // One that drops while in use fails its query; without this it would end the process, too.
  pool.on('connect', (client) => client.on('error', () => {}));
  const { rows } = await pool.query('show server_version').catch((error) => {
    throw new Complaint(`The database that DATABASE_URL names does not answer (${reasonOf(error)}).`);
  });
  return { name: `PostgreSQL ${rows[0].server_version}`, url, pool, close: () => pool.end() };
}

/** Creates an empty database beside the one that `url` names, and drops it on close: tests touch no other. */
export async function createScratchPostgres(url: string): Promise<PostgresEngine> {
  const admin = await connectPostgres(url);
  const name = `devcard_test_${randomBytes(6).toString('hex')}`;
  await admin.pool.query(`create database ${name}`);
  const scratchUrl = new URL(url);
  scratchUrl.pathname = `/${name}`;
  const engine = await connectPostgres(scratchUrl.href);
  return {
    ...engine,
    async close() {
      await engine.close();
      await admin.pool.query(`drop database ${name} with (force)`);
      await admin.close();
    },
  };
}
