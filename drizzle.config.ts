/** drizzle-kit: `npm run generate` writes the next migration from the schema; it needs no database. */
import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/drivers/postgres/schema.ts',
  out: './drizzle',
});
