/** `npm run migrate`: applies the migrations of `drizzle/` to the database of DATABASE_URL, over Neon's HTTP. */
import { fileURLToPath } from 'node:url';
import { neonConfig } from '@neondatabase/serverless';
import { drizzle } from 'drizzle-orm/neon-http';
import { migrate as applyMigrations } from 'drizzle-orm/neon-http/migrator';

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

/** Applies the migrations that the database has not had yet. */
export async function migrate(address: DatabaseAddress): Promise<void> {
  await applyMigrations(openDatabase(address), { migrationsFolder: MIGRATIONS });
}

if (import.meta.main) {
  const { DATABASE_URL, NEON_FETCH_ENDPOINT } = process.env;
  if (!DATABASE_URL) {
    console.error('DATABASE_URL is missing: the postgres:// URL of the Neon database to migrate.');
    process.exit(1);
  }
  try {
    await migrate({ DATABASE_URL, NEON_FETCH_ENDPOINT });
    console.log('The database is up to date.');
  } catch (error) {
    const { message, cause } = error as Error;
    console.error(`The migration failed: ${cause instanceof Error ? cause.message : message}`);
    process.exit(1);
  }
}
