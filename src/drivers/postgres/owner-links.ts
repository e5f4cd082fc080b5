/** Owners' links in Postgres. */
import { type SQL, sql } from 'drizzle-orm';
import type { OwnLink } from '../../domain/owner.ts';
import { LIMITS } from '../../domain/profile.ts';
import type { Refusal } from '../../domain/written.ts';
import type { OwnerLinkStore } from '../../ports.ts';
import type { Database } from './database.ts';
import { uuids, write } from './owner-write.ts';

/** A row `l` of `platform_links` as JSON. */
export const linkJson = (displayOrder: SQL): SQL => sql`json_build_object('id', l.id, 'platform', l.platform,
  'username', l.username, 'url', l.url, 'displayOrder', ${displayOrder})`;

/** All links of `me`, in display order, as JSON. */
export const linksOfOwner = sql`(
  SELECT coalesce(json_agg(${linkJson(sql`l.display_order`)} ORDER BY l.display_order, l.id), '[]'::json)
  FROM platform_links l WHERE l.user_id = me.id)`;

/** Refuses ids of which one at least is no link of `me`. */
export const foreignLinks = (ids: readonly string[]): [SQL, Refusal] => [
  sql`EXISTS (SELECT FROM unnest(${uuids(ids)}) AS w (id)
    WHERE NOT EXISTS (SELECT FROM platform_links l WHERE l.id = w.id AND l.user_id = me.id))`,
  'foreign-links',
];

const value = sql`(SELECT ${linkJson(sql`l.display_order`)} FROM link l)`;

export function postgresOwnerLinkStore(db: Database): OwnerLinkStore {
  return {
    addLink(edit, { platform, username, url }) {
      return write<OwnLink>(db, edit, {
        refusals: [
          [
            sql`(SELECT count(*) FROM platform_links WHERE user_id = me.id) >= ${LIMITS.links}`,
            'too-many-links',
          ],
        ],
        steps: [
          sql`link AS (
            INSERT INTO platform_links (user_id, platform, username, url, display_order)
            SELECT go.id, ${platform}, ${username}, ${url},
              (SELECT coalesce(max(display_order) + 1, 0) FROM platform_links WHERE user_id = go.id)
            FROM go RETURNING *
          )`,
        ],
        value,
      });
    },

    updateLink(edit, id, { platform, username, url }) {
      return write<OwnLink>(db, edit, {
        refusals: [notOwnLink(id)],
        steps: [
          sql`link AS (
            UPDATE platform_links l SET platform = ${platform}, username = ${username}, url = ${url}
            FROM go WHERE l.id = ${id}::uuid AND l.user_id = go.id RETURNING l.*
          )`,
        ],
        value,
      });
    },

    removeLink(edit, id) {
      return write<null>(db, edit, {
        refusals: [notOwnLink(id)],
        steps: [
          sql`removed AS (
            DELETE FROM platform_links l USING go WHERE l.id = ${id}::uuid AND l.user_id = go.id
          )`,
        ],
      });
    },

    /** The named links take their places, or the last ones where there are not so many; the others fill those between. */
    reorderLinks(edit, places) {
      const ids = places.map(({ id }) => id);
      return write<null>(db, edit, {
        refusals: [foreignLinks(ids)],
        steps: [
          sql`rest AS (
            SELECT l.id, row_number() OVER (ORDER BY l.display_order, l.id) AS turn
            FROM go JOIN platform_links l ON l.user_id = go.id WHERE l.id <> ALL (${uuids(ids)})
          )`,
          sql`named AS (
            SELECT id, least("displayOrder",
              (SELECT count(*) FROM rest) + row_number() OVER (ORDER BY "displayOrder") - 1) AS place
            FROM json_to_recordset(${JSON.stringify(places)}::json) AS w (id uuid, "displayOrder" int)
          )`,
          sql`free AS (
            SELECT place, row_number() OVER (ORDER BY place) AS turn
            FROM generate_series(0, (SELECT count(*) FROM rest) + ${places.length}::int - 1) AS place
            WHERE place NOT IN (SELECT n.place FROM named n)
          )`,
          sql`placed AS (
            UPDATE platform_links l SET display_order = w.place
            FROM go, (SELECT id, place FROM named UNION ALL SELECT id, place FROM rest JOIN free USING (turn)) w
            WHERE l.id = w.id AND l.user_id = go.id
          )`,
        ],
      });
    },
  };
}

const notOwnLink = (id: string): [SQL, Refusal] => [
  sql`NOT EXISTS (SELECT FROM platform_links l WHERE l.id = ${id}::uuid AND l.user_id = me.id)`,
  'link-not-found',
];
