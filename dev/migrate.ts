/** `npm run migrate`: applies the migrations of `drizzle/` to the database of DATABASE_URL, over Neon's HTTP. */
import { fileURLToPath } from 'node:url';
import { neonConfig } from '@neondatabase/serverless';
import { drizzle } from 'drizzle-orm/neon-http';
import { migrate as applyMigrations } from 'drizzle-orm/neon-http/migrator';
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

/** Applies the migrations that the database has not had yet. */
export async function migrate(address: DatabaseAddress): Promise<void> {
  await applyMigrations(openDatabase(address), { migrationsFolder: MIGRATIONS });
}

if (import.meta.main) {
  try {
    const { DATABASE_URL = '', NEON_FETCH_ENDPOINT } = process.env;
    // The driver would print what it cannot parse, and with it perhaps a password.
    if (!/^postgres(ql)?:\/\/.+@.+\/.+/.test(DATABASE_URL) || !URL.canParse(DATABASE_URL))
      throw new Complaint(
        'DATABASE_URL must be the URL of the database: postgres://user:password@host/name.',
      );
    await migrate({ DATABASE_URL, NEON_FETCH_ENDPOINT }).catch((error) => {
      throw new Complaint(`The migration failed: ${rootOf(error).message}`);
    });
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
