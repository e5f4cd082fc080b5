/** Identities whose account was made or deleted a moment ago: a sign-up that was confirmed before then has ended. */
import { type SQL, sql } from 'drizzle-orm';
import { type Identity, PENDING_SIGN_UP_SECONDS } from '../../domain/tokens/pending-sign-up.ts';

/** Names an identity without saying whose it is. */
const hashOf = (provider: SQL, providerId: SQL): SQL =>
  sql`encode(sha256(convert_to(${provider} || ':' || ${providerId}, 'UTF8')), 'hex')`;

const time = (ms: number): SQL => sql`to_timestamp(${ms}::float8 / 1000)`;

/** Whether an identity has an account, or had one at some time since `confirmedAt` (milliseconds; null: just now). */
export function settled({ provider, providerId }: Identity, confirmedAt: number | null): SQL {
  const hash = hashOf(sql`${provider}::text`, sql`${providerId}::text`);
  return sql`(
    EXISTS (SELECT FROM identities WHERE provider = ${provider} AND provider_id = ${providerId})
    OR EXISTS (SELECT FROM settled_identities
      WHERE hash = ${hash} AND settled_at >= ${confirmedAt === null ? sql`'infinity'` : time(confirmedAt)}))`;
}

/**
 * CTEs that note identities as settled, and forget those that no sign-up can come from any more.
 * @param identities a query of (provider, provider_id)
 * @param now milliseconds
 */
export function settle(identities: SQL, now: number): SQL {
  return sql`settling AS (
    SELECT ${hashOf(sql`i.provider`, sql`i.provider_id`)} AS hash FROM (${identities}) i
  ), settled AS (
    INSERT INTO settled_identities AS s (hash, settled_at) SELECT hash, ${time(now)} FROM settling
    ON CONFLICT (hash) DO UPDATE SET settled_at = greatest(s.settled_at, excluded.settled_at)
  ), forgotten AS (
    DELETE FROM settled_identities
    WHERE settled_at < ${time(now - PENDING_SIGN_UP_SECONDS * 1000)} AND hash NOT IN (SELECT hash FROM settling)
  )`;
}
