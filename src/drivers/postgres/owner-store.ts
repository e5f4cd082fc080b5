/** Owners' reads and writes in Postgres: each one statement, which checks the session's epoch in the same breath. */
import { type SQL, sql } from 'drizzle-orm';
import { Change } from '../../domain/change.ts';
import type { Owner, OwnProfile, OwnProfileWithLinks, ProfilePatch } from '../../domain/owner.ts';
import { usernameKey } from '../../domain/usernames.ts';
import type { OwnerStore } from '../../ports.ts';
import { type Database, run, runRead } from './database.ts';

/** Days for which a name left by a rename redirects and is kept from others. */
const NAME_HELD_DAYS = 90;

const ownColumns = sql`u.id, u.email, u.username, u.display_name AS "displayName", u.bio, u.pronouns, u.role,
  u.company, u.avatar_url AS "avatarUrl", u.accent_color AS "accentColor", u.version::int AS version`;

const COLUMN_OF = {
  displayName: sql`display_name`,
  username: sql`username`,
  bio: sql`bio`,
  pronouns: sql`pronouns`,
  role: sql`role`,
  company: sql`company`,
  accentColor: sql`accent_color`,
} as const satisfies Record<keyof ProfilePatch, SQL>;

/** Drizzle wants rows with an index signature, which interfaces lack. */
type Row<T> = { [K in keyof T]: T[K] };

export function postgresOwnerStore(db: Database): OwnerStore {
  return {
    async readProfile(owner) {
      const { rows } = await runRead(() =>
        db.execute<Row<OwnProfileWithLinks>>(sql`
          SELECT ${ownColumns},
            (SELECT coalesce(json_agg(json_build_object('id', l.id, 'platform', l.platform, 'username', l.username,
              'url', l.url, 'displayOrder', l.display_order) ORDER BY l.display_order, l.id), '[]'::json)
             FROM platform_links l WHERE l.user_id = u.id) AS "platformLinks",
            (SELECT c.id FROM cards c WHERE c.user_id = u.id AND c.is_default LIMIT 1) AS "defaultCardId"
          FROM users u WHERE u.id = ${owner.id} AND u.session_epoch = ${owner.epoch}`),
      );
      return rows[0] ?? 'signed-out';
    },

    async updateProfile(owner, patch) {
      const { rows } = await run(() => db.execute<Row<UpdateRow>>(updateStatement(owner, patch)));
      const [row] = rows;
      if (!row) return new Change('signed-out', []);
      const { previous, ...profile } = row;
      if (profile.id === null) return new Change('username-taken', []);
      return new Change(profile, [...new Set([usernameKey(previous), usernameKey(profile.username)])]);
    },
  };
}

/** The updated profile, or nulls in its place when the name is taken; no row for a session that has ended. */
type UpdateRow = (OwnProfile | { [K in keyof OwnProfile]: null }) & { previous: string };

/**
 * Locks the owner, claims the new name if there is one (the primary key of `usernames` lets one of two takers
 * through), changes the row, and keeps the old name as a redirect.
 */
function updateStatement(owner: Owner, patch: ProfilePatch): SQL {
  const fields = (Object.keys(COLUMN_OF) as (keyof ProfilePatch)[]).filter(
    (field) => patch[field] !== undefined,
  );
  const assignments = fields.map((field) => sql`, ${COLUMN_OF[field]} = ${patch[field]}`);
  const newKey = patch.username === undefined ? null : usernameKey(patch.username);
  return sql`
    WITH me AS (
      SELECT id, username FROM users WHERE id = ${owner.id} AND session_epoch = ${owner.epoch} FOR UPDATE
    ), claimed AS (
      INSERT INTO usernames AS n (key, user_id)
      SELECT ${newKey}::text, id FROM me WHERE ${newKey}::text IS NOT NULL
      ON CONFLICT (key) DO UPDATE SET user_id = excluded.user_id, held_until = NULL
        WHERE n.user_id = excluded.user_id OR n.held_until <= now()
      RETURNING key
    ), left_behind AS (
      UPDATE usernames SET held_until = now() + make_interval(days => ${NAME_HELD_DAYS})
      FROM me, claimed WHERE usernames.key = lower(me.username) AND usernames.key <> claimed.key
    ), updated AS (
      UPDATE users SET version = version + 1, updated_at = now() ${sql.join(assignments)}
      FROM me WHERE users.id = me.id AND (${newKey}::text IS NULL OR EXISTS (SELECT FROM claimed))
      RETURNING users.*
    )
    SELECT ${ownColumns}, me.username AS previous FROM me LEFT JOIN updated u ON true`;
}
