/** `npm run migrate`: applies the migrations of `drizzle/` to the database of DATABASE_URL, over Neon's HTTP. */
import { fileURLToPath } from 'node:url';
import { neonConfig } from '@neondatabase/serverless';
import { drizzle } from 'drizzle-orm/neon-http';
import { migrate as applyMigrations } from 'drizzle-orm/neon-http/migrator';
import { checkDatabaseUrl } from './checks.ts';
import { Complaint, reportFailure } from './complaint.ts';

const MIGRATIONS = fileURLToPath(new URL('../drizzle', import.meta.url));

/** Which database, and where a stand-in answers for Neon's endpoint. */
export interface DatabaseAddress {
  DATABASE_URL: string;
  NEON_FETCH_ENDPOINT?: string | undefined;
}

/** Opens a database over HTTP, as the Worker does. The endpoint holds for the whole process. */
export function openDatabase({ DATABASE_URL, NEON_FETCH_ENDPOINT }: DatabaseAddress) {
  if (NEON_FETCH_ENDPOINT) neonConfig.fetchEndpoint = NEON_FETCH_ENDPOINT;
  return drizzle(DATABASE_URL);
}

/** Applies the migrations that the database has not had yet. @throws Complaint with what the database said */
export async function migrate(address: DatabaseAddress): Promise<void> {
  try {
    await applyMigrations(openDatabase(address), { migrationsFolder: MIGRATIONS });
  } catch (error) {
    throw new Complaint(`The migration failed: ${rootOf(error as Error).message}`);
  }
}

if (import.meta.main) {
  try {
    const { DATABASE_URL = '', NEON_FETCH_ENDPOINT } = process.env;
    checkDatabaseUrl(DATABASE_URL);
    await migrate({ DATABASE_URL, NEON_FETCH_ENDPOINT });
    console.log('The database is up to date.');
  } catch (error) {
    reportFailure(error);
  }
}

/** What the database or the network said, beneath what the drivers made of it. */
function rootOf(error: Error & { sourceError?: Error }): Error {
  const inner = error.cause ?? error.sourceError;
  return inner instanceof Error ? rootOf(inner) : error;
}
