/** Lists of the names in use, for search engines. */
import { sql } from 'drizzle-orm';
import type { NameList } from '../../ports.ts';
import { type Database, runRead } from './database.ts';

export function postgresNameList(db: Database): NameList {
  return {
    /** What the planner knows: counting would read every name. It says -1 until the table has been analysed. */
    async aboutHowMany() {
      const { rows } = await runRead(() =>
        db.execute<{ names: number }>(sql`
          SELECT greatest(reltuples, 0)::float8 AS names FROM pg_class WHERE oid = 'users'::regclass`),
      );
      return rows[0]?.names ?? 0;
    },

    async namesBetween(firstId, lastId, most) {
      const { rows } = await runRead(() =>
        db.execute<{ username: string }>(sql`
          SELECT username FROM users WHERE id BETWEEN ${firstId}::uuid AND ${lastId}::uuid
          ORDER BY id LIMIT ${most}::int`),
      );
      return rows.map(({ username }) => username);
    },
  };
}
