/** Accounts in Postgres: found by identity, made, signed out. */
import { sql } from 'drizzle-orm';
import { Change } from '../../domain/change.ts';
import type { Owner } from '../../domain/owner.ts';
import { usernameKey } from '../../domain/usernames.ts';
import type { SignInStore } from '../../ports.ts';
import { type Database, run, runRead, StatementError } from './database.ts';
import { claimName } from './owner-profile.ts';
import type { Row } from './owner-write.ts';

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

    /** Foreign keys are checked when the statement ends: the name can be claimed before its user is there. */
    async create(id, { provider, providerId, displayName, avatarUrl, link }, username) {
      const statement = sql`
        WITH pendingSignUp AS (
          SELECT ${id}::uuid AS id
        ), ${claimName(username, sql`pendingSignUp`)}, person AS (
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
        )
        SELECT version::int FROM person`;
      try {
        const { rows } = await run(() => db.execute<{ version: number }>(statement));
        const [person] = rows;
        if (person)
          return new Change({ refusal: null, version: person.version, value: null }, [usernameKey(username)]);
      } catch (error) {
        // The identity: the same person, in another tab.
        if (!(error instanceof StatementError) || error.sqlState !== UNIQUE_VIOLATION) throw error;
      }
      return new Change({ refusal: 'username-taken' }, []);
    },

    async endSessions({ id, epoch }) {
      await run(() =>
        db.execute(sql`
          UPDATE users SET session_epoch = session_epoch + 1
          WHERE id = ${id}::uuid AND session_epoch = ${epoch}`),
      );
    },
  };
}
