/** Owners' profiles in Postgres, and their names. */
import { type SQL, sql } from 'drizzle-orm';
import { skeleton } from '../../domain/look-alikes.ts';
import type { OwnProfile, OwnProfileWithLinks, ProfilePatch } from '../../domain/owner.ts';
import { readsAsReserved, usernameKey } from '../../domain/usernames.ts';
import type { OwnerProfileStore } from '../../ports.ts';
import { type Database, run, runRead } from './database.ts';
import { linksOfOwner } from './owner-links.ts';
import { me, type Row, utc, type WriteParts, write } from './owner-write.ts';
import { skeletonOf } from './schema.ts';

/** Days for which a name left by a rename redirects and is kept from others. */
const NAME_HELD_DAYS = 90;

/** A name stays taken for this long after it last redirected: longer than any cache keeps a redirect. */
const NAME_GRACE_MINUTES = 15;

/** Most old names that one user keeps from others. */
const MAX_HELD_NAMES = 5;

const ownColumns = sql`'id', u.id, 'email', u.email, 'username', u.username, 'displayName', u.display_name,
  'bio', u.bio, 'pronouns', u.pronouns, 'role', u.role, 'company', u.company, 'avatarUrl', u.avatar_url,
  'accentColor', u.accent_color, 'theme', u.theme, 'qrStyle', u.qr_style, 'createdAt', ${utc(sql`u.created_at`)},
  'contactsOpen', u.contacts_open, 'contactDays', u.contact_days, 'version', u.version`;

const COLUMN_OF = {
  displayName: sql`display_name`,
  username: sql`username`,
  bio: sql`bio`,
  pronouns: sql`pronouns`,
  role: sql`role`,
  company: sql`company`,
  accentColor: sql`accent_color`,
  theme: sql`theme`,
  qrStyle: sql`qr_style`,
  contactsOpen: sql`contacts_open`,
  contactDays: sql`contact_days`,
} as const satisfies Record<keyof ProfilePatch, SQL>;

/** Assignments of a profile's columns in `users`. */
export function assignmentsOf(patch: ProfilePatch): SQL[] {
  const fields = (Object.keys(COLUMN_OF) as (keyof ProfilePatch)[]).filter(
    (field) => patch[field] !== undefined,
  );
  return fields.map((field) => {
    const value = patch[field];
    const written = typeof value === 'object' && value ? sql`${JSON.stringify(value)}::jsonb` : sql`${value}`;
    return sql`${COLUMN_OF[field]} = ${written}`;
  });
}

export function postgresOwnerProfileStore(db: Database): OwnerProfileStore {
  return {
    async readProfile(owner) {
      const { rows } = await runRead(() =>
        db.execute<{ profile: OwnProfileWithLinks }>(sql`
          WITH ${me(owner)}
          SELECT json_build_object(${ownColumns}, 'platformLinks', ${linksOfOwner}, 'defaultCardId',
            (SELECT c.id FROM cards c WHERE c.user_id = u.id AND c.is_default LIMIT 1)) AS profile
          FROM users u JOIN me USING (id)`),
      );
      return rows[0]?.profile ?? 'signed-out';
    },

    updateProfile(edit, patch) {
      const assignments = assignmentsOf(patch);
      const value = sql`json_build_object(${ownColumns})`;
      const rename = patch.username === undefined ? undefined : renameTo(patch.username);
      return write<OwnProfile>(db, edit, { steps: [], assignments, value, ...rename });
    },

    async settledNames(userId) {
      const wait = sql`SELECT 1 FROM users WHERE id = ${userId}::uuid FOR SHARE`;
      const names = sql`SELECT key FROM usernames WHERE user_id = ${userId}::uuid`;
      const [, { rows }] = await run(() =>
        db.batch([db.execute(wait), db.execute<Row<{ key: string }>>(names)]),
      );
      return rows.map(({ key }) => key);
    },
  };
}

/** Whether a name looks like one of the user's own; over `usernames` alone. */
const looksLikeOwn = (username: string, userId: SQL): SQL =>
  sql`EXISTS (SELECT FROM usernames o WHERE ${skeletonOf(sql`o.key`)} = ${skeleton(username)} AND o.user_id = ${userId})`;

const isFree = (heldUntil: SQL): SQL =>
  sql`${heldUntil} < now() - make_interval(mins => ${NAME_GRACE_MINUTES})`;

/**
 * A CTE `claimed` (key, user_id) that gives a name to the user of `taker` (id), or is empty where the name is another's,
 * or looks like another's and like none of the taker's own. The primary key of `usernames` lets one of two takers
 * through, `lockLookAlikes` one of two who look alike.
 */
export function claimName(username: string, taker: SQL): SQL {
  const key = usernameKey(username);
  return sql`claimed AS (
    INSERT INTO usernames AS n (key, user_id) SELECT ${key}, t.id FROM ${taker} t
    WHERE ${looksLikeOwn(username, sql`t.id`)} OR NOT EXISTS (
      SELECT FROM usernames o WHERE ${skeletonOf(sql`o.key`)} = ${skeleton(username)} AND o.key <> ${key}
        AND ${isFree(sql`o.held_until`)} IS NOT TRUE)
    ON CONFLICT (key) DO UPDATE SET user_id = excluded.user_id, held_until = NULL
      WHERE n.user_id = excluded.user_id OR ${isFree(sql`n.held_until`)}
    RETURNING key, user_id
  )`;
}

/** Has takers of names that look alike follow each other, to the end of the transaction; for the statement before `claimName`. */
export function lockLookAlikes(username: string): SQL {
  return sql`pg_advisory_xact_lock(hashtextextended(${skeleton(username)}, 0))`;
}

/**
 * Claims the new name and keeps the old one as a redirect. All old names redirect to the new one from now on, so the answers of all of them change.
 */
function renameTo(username: string): Omit<WriteParts, 'assignments' | 'value'> {
  const key = usernameKey(username);
  const tooMany = sql`lower(me.username) <> ${key} AND ${MAX_HELD_NAMES} <= (
    SELECT count(*) FROM usernames n WHERE n.user_id = me.id AND n.held_until > now() AND n.key <> ${key})`;
  const reserved = sql`${readsAsReserved(username)}::boolean AND NOT ${looksLikeOwn(username, sql`me.id`)}`;
  const leftBehind = sql`left_behind AS (
    UPDATE usernames SET held_until = now() + make_interval(days => ${NAME_HELD_DAYS})
    FROM me, claimed WHERE usernames.key = lower(me.username) AND usernames.key <> claimed.key
  )`;
  return {
    refusals: [
      [reserved, 'username-reserved'],
      [tooMany, 'too-many-renames'],
    ],
    lock: lockLookAlikes(username),
    steps: [claimName(username, sql`go`), leftBehind],
    proviso: [sql`EXISTS (SELECT FROM claimed)`, 'username-taken'],
    names: sql`to_json(ARRAY(SELECT n.key FROM usernames n WHERE n.user_id = me.id) || ${key}::text)`,
  };
}
