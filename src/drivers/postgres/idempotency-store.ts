/** Keys of requests in Postgres, with what was answered. */
import { type SQL, sql } from 'drizzle-orm';
import type { KeptAnswer } from '../../domain/idempotency.ts';
import { KEPT_SECONDS, UNDER_WAY_SECONDS } from '../../domain/idempotency.ts';
import type { IdempotencyStore } from '../../ports.ts';
import { type Database, run } from './database.ts';
import type { Row } from './owner-write.ts';

/** Whether a key `k` still counts. */
export const isFresh = (now: string): SQL =>
  sql`k.created_at > ${now}::timestamptz - make_interval(secs => ${KEPT_SECONDS})`;

interface Kept {
  is_claimed: boolean;
  request_hash: string | null;
  status: number | null;
  headers: Record<string, string> | null;
  body: string | null;
}

export function postgresIdempotencyStore(db: Database): IdempotencyStore {
  return {
    /*
     * The primary key lets one of several through. Who comes at the same moment does not see its row, which is younger
     * than their statement: then the request is under way. Whoever is gone has no row in `users`: the request itself is
     * told so.
     */
    async claim(ownerId, { keyHash, requestHash }, now) {
      const at = sql`${now}::timestamptz`;
      const isLeft = sql`k.status IS NULL AND k.created_at <= ${at} - make_interval(secs => ${UNDER_WAY_SECONDS})`;
      const { rows } = await run(() =>
        db.execute<Row<Kept>>(sql`
          WITH claimed AS (
            INSERT INTO idempotency_keys AS k (owner_id, scope, key_hash, request_hash, created_at)
            SELECT id, 'owner', ${keyHash}, ${requestHash}, ${at} FROM users WHERE id = ${ownerId}::uuid
            ON CONFLICT (owner_id, scope, key_hash) DO UPDATE
              SET request_hash = excluded.request_hash, status = NULL, headers = NULL, body = NULL,
                created_at = excluded.created_at
              WHERE NOT ${isFresh(now)} OR (${isLeft})
            RETURNING 1
          )
          SELECT EXISTS (SELECT FROM claimed) OR u.id IS NULL AS is_claimed, k.request_hash, k.status, k.headers, k.body
          FROM (SELECT 1) one LEFT JOIN users u ON u.id = ${ownerId}::uuid
          LEFT JOIN idempotency_keys k ON k.owner_id = u.id AND k.scope = 'owner' AND k.key_hash = ${keyHash}`),
      );
      const [row] = rows;
      if (!row || row.is_claimed) return 'claimed';
      if (row.request_hash !== null && row.request_hash !== requestHash) return 'reused';
      const { status, headers, body } = row;
      return status === null ? 'under-way' : { status, headers: headers ?? {}, body: body ?? '' };
    },

    async settle(ownerId, keyHash, answer) {
      const mine = sql`owner_id = ${ownerId}::uuid AND scope = 'owner' AND key_hash = ${keyHash} AND status IS NULL`;
      const keep = ({ status, headers, body }: KeptAnswer) =>
        sql`UPDATE idempotency_keys SET status = ${status}, headers = ${JSON.stringify(headers)}::jsonb, body = ${body} WHERE ${mine}`;
      await run(() => db.execute(answer ? keep(answer) : sql`DELETE FROM idempotency_keys WHERE ${mine}`));
    },

    async removeExpired(now) {
      await run(() => db.execute(sql`DELETE FROM idempotency_keys k WHERE NOT ${isFresh(now)}`));
    },
  };
}
