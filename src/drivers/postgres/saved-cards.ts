/** Cards of others in Postgres. */
import { type SQL, sql } from 'drizzle-orm';
import { MAX_SAVED_CARDS, type SavedCard, type SavingRefusal } from '../../domain/saved-card.ts';
import type { SavedCardStore } from '../../ports.ts';
import { type Database, run, runRead } from './database.ts';
import { locked, me, type Row } from './owner-write.ts';

const utc = (column: SQL): SQL => sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** A saved card `s` of a user `u`, as exports have it. */
export const savedReference = sql`'cardId', s.card_id, 'savedAt', ${utc(sql`s.saved_at`)}, 'note', s.note, 'snapshot', s.snapshot`;

const cardJson = sql`json_build_object('id', c.id, 'userId', c.user_id, 'title', c.title, 'description', c.description,
  'slug', coalesce(c.slug, c.id::text), 'visibility', c.visibility, 'qrEnabled', c.qr_enabled, 'viewCount', 0,
  'isDefault', c.is_default, 'createdAt', ${utc(sql`c.created_at`)}, 'updatedAt', ${utc(sql`c.updated_at`)},
  'cardLinks', (SELECT coalesce(json_agg(json_build_object('id', p.id, 'cardId', p.card_id,
      'platformLinkId', p.platform_link_id, 'displayOrder', p.display_order, 'platformLink', json_build_object(
        'id', l.id, 'userId', l.user_id, 'platform', l.platform, 'username', l.username, 'url', l.url,
        'displayOrder', l.display_order, 'createdAt', ${utc(sql`l.created_at`)})) ORDER BY p.display_order, p.id), '[]'::json)
    FROM card_links p JOIN platform_links l ON l.id = p.platform_link_id WHERE p.card_id = c.id))`;

export function postgresSavedCardStore(db: Database): SavedCardStore {
  return {
    async save(owner, cardId, { note, snapshot }) {
      const row = await locked<{ refusal: SavingRefusal | null }>(
        db,
        owner,
        sql`
          WITH ${me(owner)}, card AS (
            SELECT c.id FROM cards c, me WHERE c.id = ${cardId}::uuid AND (c.visibility <> 'PRIVATE' OR c.user_id = me.id)
          ), before AS (
            SELECT s.id FROM saved_cards s, me WHERE s.owner_id = me.id AND s.card_id = ${cardId}::uuid
          ), room AS (
            SELECT count(*) < ${MAX_SAVED_CARDS} AS is_left FROM saved_cards s, me WHERE s.owner_id = me.id
          ), saved AS (
            INSERT INTO saved_cards AS s (owner_id, card_id, note, snapshot)
            SELECT me.id, card.id, ${note}, ${snapshot} FROM me, card, room
            WHERE room.is_left OR EXISTS (SELECT FROM before)
            ON CONFLICT (owner_id, card_id) DO UPDATE SET note = coalesce(excluded.note, s.note),
              snapshot = coalesce(excluded.snapshot, s.snapshot)
            RETURNING s.id
          )
          SELECT CASE WHEN NOT EXISTS (SELECT FROM card) THEN 'card-not-found'
            WHEN EXISTS (SELECT FROM before) AND ${note === null && snapshot === null}::boolean THEN 'card-saved'
            WHEN NOT EXISTS (SELECT FROM saved) THEN 'too-many-saved-cards' END AS refusal
          FROM me`,
      );
      return row ? row.refusal : 'signed-out';
    },

    async unsave(owner, cardId) {
      const { rows } = await run(() =>
        db.execute<Row<{ removed: number }>>(sql`
          WITH ${me(owner)}, gone AS (
            DELETE FROM saved_cards s USING me WHERE s.owner_id = me.id AND s.card_id = ${cardId}::uuid RETURNING s.id
          )
          SELECT (SELECT count(*)::int FROM gone) AS removed FROM me`),
      );
      return rows[0]?.removed ?? 'signed-out';
    },

    async listSaved(owner, page, limit) {
      const { rows } = await runRead(() =>
        db.execute<Row<{ cards: SavedCard[] }>>(sql`
          WITH ${me(owner)}
          SELECT (
            SELECT coalesce(json_agg(json_build_object('id', s.id, 'userId', s.owner_id, ${savedReference}, 'card', s.card)
              ORDER BY s.saved_at DESC, s.id), '[]'::json)
            FROM (
              SELECT s.*, ${cardJson} AS card FROM saved_cards s JOIN cards c ON c.id = s.card_id
              WHERE s.owner_id = me.id AND (c.visibility <> 'PRIVATE' OR c.user_id = me.id)
              ORDER BY s.saved_at DESC, s.id LIMIT ${limit} OFFSET ${(page - 1) * limit}
            ) s
          ) AS cards FROM me`),
      );
      return rows[0]?.cards ?? 'signed-out';
    },
  };
}
