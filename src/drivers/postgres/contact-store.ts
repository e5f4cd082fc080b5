/** Contacts in Postgres, sealed. */
import { type SQL, sql } from 'drizzle-orm';
import { CONTACT_LIMITS } from '../../domain/contacts/contact.ts';
import type { ContactRefusal, SealedContacts, StaleKey } from '../../domain/contacts/sealed-contact.ts';
import type { WrappedKey } from '../../domain/contacts/sealing.ts';
import type { ContactStore } from '../../ports.ts';
import { type Database, run, runRead } from './database.ts';
import { isFresh } from './idempotency-store.ts';
import { locked, me, type Row } from './owner-write.ts';

const SECONDS_PER_MINUTE = 60;
const SECONDS_PER_DAY = 86_400;

const days = (count: SQL): SQL => sql`make_interval(days => ${count})`;

const utc = (column: SQL): SQL => sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Until when a contact `c` of a user `u` is kept: what its visitor agreed to, or less where the owner chose that. */
const keptUntil = sql`least(c.expires_at, c.created_at + ${days(sql`u.contact_days`)})`;

/** The contacts `c` of a user `u` that are still to be kept, as JSON with the keys that open them. */
export function sealedContactsOf(now: string, from = sql`contacts c`): SQL {
  return sql`json_build_object(
    'contacts', (SELECT coalesce(json_agg(json_build_object('id', c.id, 'createdAt', ${utc(sql`c.created_at`)},
        'keptUntil', ${utc(keptUntil)}, 'generation', c.generation, 'sealed', c.sealed)
        ORDER BY c.created_at DESC, c.id DESC), '[]'::json)
      FROM ${from} WHERE c.owner_id = u.id AND ${keptUntil} > ${now}::timestamptz),
    'keys', (SELECT coalesce(json_agg(json_build_object('generation', k.generation, 'keyId', k.key_id,
        'wrapped', k.wrapped)), '[]'::json)
      FROM contact_keys k WHERE k.owner_id = u.id))`;
}

export function postgresContactStore(db: Database): ContactStore {
  return {
    async add(ownerId, { id, createdAt, agreedDays, generation, sealed }, { keyId, wrapped }, request) {
      const at = sql`${createdAt}::timestamptz`;
      const since = (seconds: number) =>
        sql`(SELECT count(*) FROM contacts c WHERE c.owner_id = o.id AND c.created_at > ${at} - make_interval(secs => ${seconds}))`;
      const row = await locked<{ refusal: ContactRefusal | null }>(
        db,
        { id: ownerId },
        sql`
          WITH o AS (
            SELECT id, least(contact_days, ${agreedDays}::int) AS days FROM users
            WHERE id = ${ownerId}::uuid AND contacts_open
          ), verdict AS (
            SELECT o.*, (SELECT count(*) FROM contacts c WHERE c.owner_id = o.id) >= ${CONTACT_LIMITS.contacts}
              OR ${since(SECONDS_PER_DAY)} >= ${CONTACT_LIMITS.perDay}
              OR ${since(SECONDS_PER_MINUTE)} >= ${CONTACT_LIMITS.perMinute} AS is_full
            FROM o
          ), before AS (
            SELECT k.request_hash FROM idempotency_keys k JOIN o ON k.owner_id = o.id
            WHERE k.scope = 'contact' AND k.key_hash = ${request.keyHash} AND ${isFresh(createdAt)}
          ), go AS (
            SELECT * FROM verdict WHERE NOT is_full AND NOT EXISTS (SELECT FROM before)
          ), done AS (
            INSERT INTO idempotency_keys (owner_id, scope, key_hash, request_hash, status, created_at)
            SELECT id, 'contact', ${request.keyHash}, ${request.requestHash}, 201, ${at} FROM go
            ON CONFLICT (owner_id, scope, key_hash) DO UPDATE
              SET request_hash = excluded.request_hash, created_at = excluded.created_at
          ), key AS (
            INSERT INTO contact_keys (owner_id, generation, key_id, wrapped)
            SELECT id, ${generation}, ${keyId}, ${wrapped} FROM go
            ON CONFLICT (owner_id, generation) DO NOTHING
          ), added AS (
            INSERT INTO contacts (id, owner_id, created_at, expires_at, generation, sealed)
            SELECT ${id}::uuid, id, ${at}, ${at} + ${days(sql`days`)}, ${generation}, ${sealed}
            FROM go
          )
          SELECT CASE WHEN NOT EXISTS (SELECT FROM verdict) THEN 'closed'
            WHEN EXISTS (SELECT FROM before WHERE request_hash <> ${request.requestHash}) THEN 'reused'
            WHEN EXISTS (SELECT FROM before) THEN NULL
            WHEN (SELECT is_full FROM verdict) THEN 'full' END AS refusal`,
      );
      return row?.refusal ?? null;
    },

    async read(owner, now, { after, most }) {
      const begin = after
        ? sql`AND (c.created_at, c.id) < (${after.createdAt}::timestamptz, ${after.id}::uuid)`
        : sql``;
      const page = sql`(
        SELECT c.* FROM contacts c WHERE c.owner_id = u.id AND ${keptUntil} > ${now}::timestamptz ${begin}
        ORDER BY c.created_at DESC, c.id DESC LIMIT ${most}) c`;
      const { rows } = await runRead(() =>
        db.execute<Row<{ page: SealedContacts; total: number }>>(sql`
          WITH ${me(owner)}
          SELECT ${sealedContactsOf(now, page)} AS page,
            (SELECT count(*)::int FROM contacts c WHERE c.owner_id = u.id AND ${keptUntil} > ${now}::timestamptz) AS total
          FROM users u JOIN me USING (id)`),
      );
      return rows[0] ? { ...rows[0].page, total: rows[0].total } : 'signed-out';
    },

    async remove(owner, id) {
      const { rows } = await run(() =>
        db.execute<Row<{ removed: number }>>(sql`
          WITH ${me(owner)}, gone AS (
            DELETE FROM contacts c USING me
            WHERE c.owner_id = me.id AND (c.id = ${id}::uuid OR ${id}::uuid IS NULL) RETURNING c.id
          )
          SELECT (SELECT count(*)::int FROM gone) AS removed FROM me`),
      );
      return rows[0]?.removed ?? 'signed-out';
    },

    async removeExpired(now) {
      const { rows } = await run(() =>
        db.execute<Row<{ removed: number }>>(sql`
          WITH gone AS (
            DELETE FROM contacts c USING users u WHERE c.owner_id = u.id AND ${keptUntil} <= ${now}::timestamptz
            RETURNING c.id
          )
          SELECT count(*)::int AS removed FROM gone`),
      );
      return rows[0]?.removed ?? 0;
    },

    async staleKeys(keyId, most) {
      const { rows } = await run(() =>
        db.execute<Row<StaleKey>>(sql`
          SELECT owner_id AS "ownerId", generation, key_id AS "keyId", wrapped FROM contact_keys
          WHERE key_id <> ${keyId} ORDER BY owner_id, generation LIMIT ${most}`),
      );
      return rows;
    },

    async replaceKeys(keys) {
      const list = JSON.stringify(keys satisfies readonly (WrappedKey & { ownerId: string })[]);
      await run(() =>
        db.execute(sql`
          UPDATE contact_keys k SET key_id = n."keyId", wrapped = n.wrapped
          FROM json_to_recordset(${list}::json) AS n ("ownerId" uuid, generation text, "keyId" text, wrapped text)
          WHERE k.owner_id = n."ownerId" AND k.generation = n.generation`),
      );
    },
  };
}
