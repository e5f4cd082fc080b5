/** Where `npm run generate` finds the schema and keeps the migrations, and which database `npx drizzle-kit studio` opens. */
import { readFileSync } from 'node:fs';
import { defineConfig } from 'drizzle-kit';

/** A Postgres that is named, or the embedded one of the local stack, whose files bear one process at a time. */
function database() {
  const { DATABASE_URL, DEVCARD_DATA_DIR = '.devcard' } = process.env;
  if (DATABASE_URL) return { dbCredentials: { url: DATABASE_URL } };
  if (isInUse(`${DEVCARD_DATA_DIR}/pid`))
    throw new Error('The local stack uses its database: stop it first, or name another in DATABASE_URL.');
  return { driver: 'pglite' as const, dbCredentials: { url: `${DEVCARD_DATA_DIR}/postgres` } };
}

function isInUse(lock: string): boolean {
  try {
    process.kill(Number.parseInt(readFileSync(lock, 'utf8'), 10), 0);
    return true;
  } catch {
    return false;
  }
}

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/drivers/postgres/*schema.ts',
  out: './drizzle',
  ...(process.argv.includes('studio') && database()),
});
