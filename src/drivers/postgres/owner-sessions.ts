/** Sessions of owners in Postgres: the turn of those that are refreshed, and which were ended. */
import { type SQL, sql } from 'drizzle-orm';
import type { OwnerSessionStore } from '../../ports.ts';
import { type Database, run } from './database.ts';
import { isSignedIn, me, uuids } from './owner-write.ts';

/** Programs that an owner may have at once: the one that has to sign in again first makes room. */
const MAX_SESSIONS = 20;

/** A time in milliseconds. */
const at = (milliseconds: number): SQL => sql`${new Date(milliseconds).toISOString()}::timestamptz`;

export function postgresOwnerSessionStore(db: Database): OwnerSessionStore {
  return {
    async open(owner, id, expiresAt) {
      return wasDone(sql`
        WITH ${me(owner)}, gone AS (
          DELETE FROM owner_sessions s USING me WHERE s.user_id = me.id AND (s.expires_at < now() OR s.id IN (
            SELECT o.id FROM owner_sessions o WHERE o.user_id = me.id AND NOT o.ended
            ORDER BY o.expires_at DESC, o.id OFFSET ${MAX_SESSIONS - 1}))
        ), opened AS (
          INSERT INTO owner_sessions (id, user_id, expires_at) SELECT ${id}::uuid, me.id, ${at(expiresAt)} FROM me
          RETURNING id
        )
        SELECT EXISTS (SELECT FROM opened) AS done`);
    },

    async advance(owner, turn) {
      const { session } = owner;
      if (session === undefined) return false;
      const isAdvanced = await wasDone(sql`
        WITH advanced AS (
          UPDATE owner_sessions o SET turn = o.turn + 1 FROM users u
          WHERE o.id = ${session}::uuid AND o.user_id = u.id AND o.turn = ${turn}::int AND ${isSignedIn(owner)}
          RETURNING o.id
        )
        SELECT EXISTS (SELECT FROM advanced) AS done`);
      if (isAdvanced) return true;
      // By itself: of two who show one token at the same moment, the second sees only now that the first was let through.
      await run(() =>
        db.execute(sql`
          UPDATE owner_sessions SET ended = true
          WHERE id = ${session}::uuid AND user_id = ${owner.id}::uuid AND turn > ${turn}::int`),
      );
      return false;
    },

    async end(owner, ids, until) {
      return wasDone(sql`
        WITH ${me(owner)}, ended AS (
          INSERT INTO owner_sessions AS o (id, user_id, ended, expires_at)
          SELECT i.id, me.id, true, ${at(until)} FROM me, unnest(${uuids(ids)}) AS i (id)
          ON CONFLICT (id) DO UPDATE SET ended = true WHERE o.user_id = excluded.user_id
        )
        SELECT EXISTS (SELECT FROM me) AS done`);
    },
  };

  async function wasDone(statement: SQL): Promise<boolean> {
    const { rows } = await run(() => db.execute<{ done: boolean }>(statement));
    return rows[0]?.done === true;
  }
}
