/** Sums of views in Postgres: added exactly once, and read by their owner. */
import { type SQL, sql } from 'drizzle-orm';
import type { Owner } from '../../domain/owner.ts';
import {
  type CardViews,
  RECENT_VIEWS,
  VIEWS_OF_CARD,
  VIEWS_PER_PAGE,
  type ViewNumbers,
} from '../../domain/views/view-report.ts';
import type { ViewPage, ViewStore } from '../../view-ports.ts';
import { type Database, run, runRead } from './database.ts';
import { isSignedIn, type Row } from './owner-write.ts';

const ownerRow = (owner: Owner) => sql`FROM users u WHERE ${isSignedIn(owner)}`;

/** Rows of the list, the latest first, as JSON. */
const rowsOf = (cardId: string | null, limit: number, offset: number): SQL => sql`(
  SELECT coalesce(json_agg(json_build_object(
      'id', concat_ws('.', v.day, v.kind, v.card_id, v.source), 'kind', v.kind, 'cardId', v.card_id,
      'source', v.source, 'createdAt', to_char(v.latest AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'views', v.views, 'viewer', NULL,
      'card', CASE WHEN c.id IS NOT NULL THEN json_build_object('title', c.title) END
    ) ORDER BY v.latest DESC, v.kind, v.card_id, v.source), '[]'::json)
  FROM (
    SELECT * FROM view_counts
    WHERE owner_id = u.id AND (${cardId}::uuid IS NULL OR card_id = ${cardId}::uuid)
    ORDER BY latest DESC, kind, card_id, source LIMIT ${limit} OFFSET ${offset}
  ) v LEFT JOIN cards c ON c.id = v.card_id AND c.user_id = u.id)`;

export function postgresViewStore(db: Database): ViewStore {
  return {
    /*
     * The position moves in the same statement as the sums. Its row is locked by whoever moves it, and is looked at
     * again by whoever waited: of two who add the same part, the second adds nothing.
     */
    async add({ id, position }, end, { counts, facets, visitors }) {
      const { rows } = await run(() =>
        db.execute<{ position: number }>(sql`
          WITH moved AS (
            INSERT INTO view_logs AS l (id, position) VALUES (${id}, ${end})
            ON CONFLICT (id) DO UPDATE SET position = excluded.position WHERE l.position <= ${position}
            RETURNING position
          ), added AS (
            SELECT * FROM json_to_recordset(${JSON.stringify(counts)}::json) AS n
              (owner uuid, day date, kind text, card uuid, source text, views int, latest timestamptz)
          ), present AS (
            SELECT id FROM users WHERE id IN (SELECT owner FROM added) AND EXISTS (SELECT FROM moved) FOR KEY SHARE
          ), counted AS (
            INSERT INTO view_counts AS c (owner_id, day, kind, card_id, source, views, latest)
            SELECT id, day, kind, card, source, views, latest FROM added JOIN present ON id = owner
            ON CONFLICT (owner_id, day, kind, card_id, source) DO UPDATE
              SET views = c.views + excluded.views, latest = greatest(c.latest, excluded.latest)
          ), faceted AS (
            INSERT INTO view_facets AS f (owner_id, day, facet, value, views)
            SELECT id, day, facet, value, views FROM json_to_recordset(${JSON.stringify(facets)}::json) AS n
              (owner uuid, day date, facet text, value text, views int) JOIN present ON id = owner
            ON CONFLICT (owner_id, day, facet, value) DO UPDATE SET views = f.views + excluded.views
          ), visited AS (
            INSERT INTO view_visitors AS d (owner_id, day, visitors)
            SELECT id, day, visitors FROM json_to_recordset(${JSON.stringify(visitors)}::json) AS n
              (owner uuid, day date, visitors int) JOIN present ON id = owner
            ON CONFLICT (owner_id, day) DO UPDATE SET visitors = d.visitors + excluded.visitors
          )
          SELECT coalesce((SELECT position FROM moved), (SELECT position FROM view_logs WHERE id = ${id}), 0)::float8
            AS position`),
      );
      return rows[0]?.position ?? 0;
    },

    async numbers(owner, from, today) {
      const { rows } = await runRead(() =>
        db.execute<Row<ViewNumbers>>(sql`
          SELECT
            (SELECT coalesce(sum(views), 0)::float8 FROM view_counts WHERE owner_id = u.id) AS "totalViews",
            (SELECT coalesce(sum(views), 0)::float8 FROM view_counts
             WHERE owner_id = u.id AND day = ${today}::date) AS "viewsToday",
            (SELECT coalesce(sum(visitors), 0)::float8 FROM view_visitors WHERE owner_id = u.id) AS "uniqueViewers",
            ${rowsOf(null, RECENT_VIEWS, 0)} AS "recentViews",
            (SELECT coalesce(json_agg(n ORDER BY n.day, n.facet, n.value), '[]'::json) FROM (
              SELECT day, 'source' AS facet, source AS value, sum(views)::float8 AS count FROM view_counts
              WHERE owner_id = u.id AND day BETWEEN ${from}::date AND ${today}::date GROUP BY day, source
              UNION ALL
              SELECT day, 'kind', kind, sum(views)::float8 FROM view_counts
              WHERE owner_id = u.id AND day BETWEEN ${from}::date AND ${today}::date GROUP BY day, kind
              UNION ALL
              SELECT day, facet, value, views FROM view_facets
              WHERE owner_id = u.id AND day BETWEEN ${from}::date AND ${today}::date
              UNION ALL
              SELECT day, 'visitors', '', visitors FROM view_visitors
              WHERE owner_id = u.id AND day BETWEEN ${from}::date AND ${today}::date
            ) n) AS days
          ${ownerRow(owner)}`),
      );
      return rows[0] ?? 'signed-out';
    },

    async ofCard(owner, cardId) {
      const { rows } = await runRead(() =>
        db.execute<Row<CardViews>>(sql`
          SELECT ${rowsOf(cardId, VIEWS_OF_CARD, 0)} AS views,
            (SELECT coalesce(sum(views), 0)::float8 FROM view_counts
             WHERE owner_id = u.id AND card_id = ${cardId}::uuid) AS "viewCount"
          ${ownerRow(owner)}`),
      );
      return rows[0] ?? 'signed-out';
    },

    async list(owner, page, cardId) {
      const { rows } = await runRead(() =>
        db.execute<Row<ViewPage>>(sql`
          SELECT ${rowsOf(cardId, VIEWS_PER_PAGE, (page - 1) * VIEWS_PER_PAGE)} AS rows,
            (SELECT count(*)::int FROM view_counts
             WHERE owner_id = u.id AND (${cardId}::uuid IS NULL OR card_id = ${cardId}::uuid)) AS total
          ${ownerRow(owner)}`),
      );
      return rows[0] ?? 'signed-out';
    },
  };
}
