/** What was revoked in the last week: passes of an owner, and accounts that are gone. */
import { type SQL, sql } from 'drizzle-orm';
import { OFFLINE_PASS_MAX_HOURS } from '../../domain/tokens/offline-code.ts';
import type { Revocation } from '../../domain/tokens/revocation-list.ts';
import type { RevocationStore } from '../../ports.ts';
import { type Database, runRead } from './database.ts';

/** A pass that was revoked longer ago has expired. */
const KEPT = sql.raw(`interval '${OFFLINE_PASS_MAX_HOURS} hours'`);

/** What lists call a name; the verifier computes the same (`verify/revocations.ts`). */
const nameHash = (name: SQL): SQL => sql`left(encode(sha256(convert_to(${name}, 'UTF8')), 'hex'), 16)`;

/**
 * CTEs that put all names of some users on the list, in place of what the list had of them, and let go of what is old.
 * @param who a relation with the users' `id` and `epoch`: passes below it are revoked, all of them where it is null
 */
export function putOnList(who: SQL): SQL[] {
  return [
    sql`revoked AS (
      SELECT ${nameHash(sql`n.key`)} AS name_hash, w.epoch FROM usernames n JOIN ${who} w ON n.user_id = w.id
    )`,
    // Two deletions of rows that cannot be the same, so that each has an index.
    sql`expired AS (DELETE FROM revocations WHERE revoked_at < now() - ${KEPT})`,
    sql`replaced AS (
      DELETE FROM revocations r USING revoked
      WHERE r.name_hash = revoked.name_hash AND r.epoch IS NOT NULL AND r.revoked_at >= now() - ${KEPT}
    )`,
    sql`on_the_list AS (
      INSERT INTO revocations (name_hash, revoked_at, epoch) SELECT name_hash, now(), epoch FROM revoked
    )`,
  ];
}

export function postgresRevocationStore(db: Database): RevocationStore {
  return {
    async newest(most) {
      // One value: thousands of rows would cost the driver far more.
      const { rows } = await runRead(() =>
        db.execute<{ newest: Revocation[] }>(sql`
          SELECT coalesce(json_agg(r), '[]') AS newest FROM (
            SELECT name_hash AS "nameHash", floor(extract(epoch FROM revoked_at))::int AS at, epoch FROM revocations
            WHERE revoked_at > now() - ${KEPT} ORDER BY revoked_at DESC LIMIT ${most}::int) r`),
      );
      return rows[0]?.newest ?? [];
    },
  };
}
