/** What offline passes are made from in Postgres, and their revocation. */
import { sql } from 'drizzle-orm';
import type { OwnLink } from '../../domain/owner.ts';
import type { ProfileFields } from '../../domain/profile.ts';
import type { OfflinePassStore } from '../../ports.ts';
import { type Database, runRead } from './database.ts';
import { linksOfOwner } from './owner-links.ts';
import { me, type Row, write } from './owner-write.ts';
import { putOnList } from './revocations.ts';

type PassRow = ProfileFields & { passEpoch: number; links: OwnLink[] };

export function postgresOfflinePassStore(db: Database): OfflinePassStore {
  return {
    async readPassSource(owner) {
      const { rows } = await runRead(() =>
        db.execute<Row<PassRow>>(sql`
          WITH ${me(owner)}
          SELECT u.username, u.display_name AS "displayName", u.bio, u.pronouns, u.role, u.company,
            u.avatar_url AS "avatarUrl", u.accent_color AS "accentColor", u.pass_epoch AS "passEpoch",
            ${linksOfOwner} AS links
          FROM users u JOIN me USING (id)`),
      );
      const [row] = rows;
      if (!row) return 'signed-out';
      const { passEpoch, links, ...fields } = row;
      return {
        passEpoch,
        profile: { ...fields, links: links.map((link) => ({ ...link, followed: false })) },
      };
    },

    revokePasses(edit) {
      const owner = sql`(SELECT u.id, u.pass_epoch + 1 AS epoch FROM users u JOIN go USING (id))`;
      return write<null>(db, edit, {
        steps: putOnList(owner),
        assignments: [sql`pass_epoch = pass_epoch + 1`],
      });
    },
  };
}
