/** Lists of the names in use, for search engines. */
import { sql } from 'drizzle-orm';
import type { NameList } from '../../ports.ts';
import { type Database, runRead } from './database.ts';

export function postgresNameList(db: Database): NameList {
  return {
    async firstOfPages(pageSize) {
      const { rows } = await runRead(() =>
        db.execute<{ key: string }>(sql`
          SELECT key FROM (
            SELECT key, row_number() OVER (ORDER BY key) AS place FROM usernames WHERE held_until IS NULL) names
          WHERE (place - 1) % ${pageSize}::int = 0 ORDER BY key`),
      );
      return rows.map(({ key }) => key);
    },

    async namesFrom(key, count) {
      const { rows } = await runRead(() =>
        db.execute<{ username: string }>(sql`
          SELECT u.username FROM usernames n JOIN users u ON u.id = n.user_id
          WHERE n.held_until IS NULL AND n.key >= ${key} ORDER BY n.key LIMIT ${count}::int`),
      );
      return rows.map(({ username }) => username);
    },
  };
}
