/** Accounts in Postgres: found by identity, made, signed out. */
import { sql } from 'drizzle-orm';
import type { Owner } from '../../domain/owner.ts';
import { usernameKey } from '../../domain/usernames.ts';
import { Written } from '../../domain/written.ts';
import type { SignInStore } from '../../ports.ts';
import { type Database, run, runRead, StatementError } from './database.ts';
import { claimName, lockLookAlikes } from './owner-profile.ts';
import { isSignedIn, type Row } from './owner-write.ts';
import { putOnList } from './revocations.ts';
import { settle, settled } from './settled-identities.ts';

const UNIQUE_VIOLATION = '23505';

export function postgresSignInStore(db: Database): SignInStore {
  return {
    async findByIdentity({ provider, providerId }) {
      const { rows } = await runRead(() =>
        db.execute<Row<Owner>>(sql`
          SELECT u.id, u.session_epoch AS epoch FROM identities i JOIN users u ON u.id = i.user_id
          WHERE i.provider = ${provider} AND i.provider_id = ${providerId}`),
      );
      return rows[0];
    },

    async isSettled(identity, confirmedAt) {
      const { rows } = await runRead(() =>
        db.execute<{ settled: boolean }>(sql`SELECT ${settled(identity, confirmedAt)} AS settled`),
      );
      return rows[0]?.settled === true;
    },

    /** Foreign keys are checked when the statement ends: the name can be claimed before its user is there. */
    async create(pendingSignUp, { id, username, confirmedAt, now }) {
      const { provider, providerId, displayName, avatarUrl, link } = pendingSignUp;
      const statement = sql`
        WITH new_user AS (
          SELECT ${id}::uuid AS id WHERE NOT ${settled(pendingSignUp, confirmedAt)}
        ), ${claimName(username, sql`new_user`)}, person AS (
          INSERT INTO users (id, username, display_name, avatar_url)
          SELECT user_id, ${username}, ${displayName}, ${avatarUrl} FROM claimed
          RETURNING id, version
        ), identity AS (
          INSERT INTO identities (provider, provider_id, user_id)
          SELECT ${provider}, ${providerId}, id FROM person
        ), link AS (
          INSERT INTO platform_links (user_id, platform, username, url)
          SELECT p.id, l.platform, l.username, l.url
          FROM person p, json_to_recordset(${JSON.stringify(link ? [link] : [])}::json)
            AS l (platform text, username text, url text)
        ), ${settle(sql`SELECT ${provider}::text AS provider, ${providerId}::text AS provider_id FROM person`, now)}
        SELECT (SELECT version::int FROM person) AS version, EXISTS (SELECT FROM new_user) AS open`;
      try {
        const lock = sql`SELECT ${lockLookAlikes(username)}`;
        const [, { rows }] = await run(() =>
          db.batch([db.execute(lock), db.execute<Row<{ version: number | null; open: boolean }>>(statement)]),
        );
        const { version, open } = rows[0] as { version: number | null; open: boolean };
        if (version !== null) return Written.done(null, version, [usernameKey(username)]);
        return Written.refused(open ? 'username-taken' : 'sign-up-ended');
      } catch (error) {
        // The identity: the same person, in another tab.
        if (!(error instanceof StatementError) || error.sqlState !== UNIQUE_VIOLATION) throw error;
        return Written.refused('sign-up-ended');
      }
    },

    async endSessions(owner) {
      const signedOut = sql`(SELECT id, pass_epoch AS epoch FROM signed_out)`;
      const { rows } = await run(() =>
        db.execute<{ version: number; names: string[] }>(sql`
          WITH signed_out AS (
            UPDATE users u SET session_epoch = session_epoch + 1, pass_epoch = pass_epoch + 1, version = version + 1
            WHERE ${isSignedIn(owner)}
            RETURNING id, pass_epoch, version
          ), ${sql.join(putOnList(signedOut), sql`, `)}
          SELECT version::int, (SELECT json_agg(n.key) FROM usernames n WHERE n.user_id = signed_out.id) AS names
          FROM signed_out`),
      );
      const [row] = rows;
      return row ? Written.done(null, row.version, row.names) : Written.refused('signed-out');
    },
  };
}
