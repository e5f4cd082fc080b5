/** Owners' context cards in Postgres. */
import { type SQL, sql } from 'drizzle-orm';
import type { CardChanges, OwnCard, OwnCards } from '../../domain/owner-cards.ts';
import { LIMITS } from '../../domain/profile.ts';
import type { Refusal } from '../../domain/written.ts';
import type { OwnerCardStore } from '../../ports.ts';
import { type Database, runRead } from './database.ts';
import { foreignLinks, linkJson } from './owner-links.ts';
import { me, uuids, write } from './owner-write.ts';

/** A row `c` of `cards` as JSON, with the links of these ids (`uuid[]`). */
const cardJson = (linkIds: SQL): SQL => sql`json_build_object('id', c.id, 'title', c.title,
  'description', c.description, 'visibility', c.visibility, 'qrEnabled', c.qr_enabled, 'isDefault', c.is_default, 'links', (
    SELECT coalesce(json_agg(${linkJson(sql`o.place - 1`)} ORDER BY o.place), '[]'::json)
    FROM unnest(${linkIds}) WITH ORDINALITY AS o (id, place) JOIN platform_links l ON l.id = o.id))`;

/** The ids of the links on card `c`, in its order. */
export const linkIdsOfCard = sql`ARRAY(
  SELECT cl.platform_link_id FROM card_links cl WHERE cl.card_id = c.id ORDER BY cl.display_order, cl.id)`;

/** Puts these links on the card of CTE `card`, in this order. */
const placeLinks = (ids: readonly string[]): SQL => sql`placed AS (
  INSERT INTO card_links (card_id, platform_link_id, display_order)
  SELECT card.id, w.id, w.place - 1 FROM card, unnest(${uuids(ids)}) WITH ORDINALITY AS w (id, place)
  ON CONFLICT (card_id, platform_link_id) DO UPDATE SET display_order = excluded.display_order
)`;

const takeOtherLinksOff = (ids: readonly string[]): SQL => sql`taken_off AS (
  DELETE FROM card_links cl USING card WHERE cl.card_id = card.id AND cl.platform_link_id <> ALL (${uuids(ids)})
)`;

const notOwnCard = (id: string): [SQL, Refusal] => [
  sql`NOT EXISTS (SELECT FROM cards c WHERE c.id = ${id}::uuid AND c.user_id = me.id)`,
  'card-not-found',
];

const cardCount = sql`(SELECT count(*) FROM cards WHERE user_id = me.id)`;

export function postgresOwnerCardStore(db: Database): OwnerCardStore {
  return {
    async listCards(owner) {
      const { rows } = await runRead(() =>
        db.execute<{ list: OwnCards }>(sql`
          WITH ${me(owner)}
          SELECT json_build_object('version', me.version, 'cards', (
            SELECT coalesce(json_agg(${cardJson(linkIdsOfCard)} ORDER BY c.created_at, c.id), '[]'::json)
            FROM cards c WHERE c.user_id = me.id)) AS list
          FROM me`),
      );
      return rows[0]?.list ?? 'signed-out';
    },

    addCard(edit, { title, description, visibility, qrEnabled, linkIds }) {
      return write<OwnCard>(db, edit, {
        refusals: [[sql`${cardCount} >= ${LIMITS.cards}`, 'too-many-cards'], foreignLinks(linkIds)],
        steps: [
          sql`card AS (
            INSERT INTO cards (user_id, title, description, visibility, qr_enabled, is_default)
            SELECT go.id, ${title}, ${description}, ${visibility}::card_visibility, ${qrEnabled}::boolean,
              NOT EXISTS (SELECT FROM cards WHERE user_id = go.id)
            FROM go RETURNING *
          )`,
          placeLinks(linkIds),
        ],
        value: sql`(SELECT ${cardJson(uuids(linkIds))} FROM card c)`,
      });
    },

    updateCard(edit, id, { linkIds, ...changes }) {
      return write<OwnCard>(db, edit, {
        refusals: [notOwnCard(id), ...(linkIds ? [foreignLinks(linkIds)] : [])],
        steps: [
          sql`card AS (
            UPDATE cards c SET updated_at = now()${sql.join(assignmentsOf(changes))}
            FROM go WHERE c.id = ${id}::uuid AND c.user_id = go.id RETURNING c.*
          )`,
          ...(linkIds ? [takeOtherLinksOff(linkIds), placeLinks(linkIds)] : []),
        ],
        value: sql`(SELECT ${cardJson(linkIds ? uuids(linkIds) : linkIdsOfCard)} FROM card c)`,
      });
    },

    removeCard(edit, id) {
      return write<null>(db, edit, {
        refusals: [notOwnCard(id), [sql`${cardCount} = 1`, 'last-card']],
        steps: [
          sql`removed AS (
            DELETE FROM cards c USING go WHERE c.id = ${id}::uuid AND c.user_id = go.id RETURNING c.*
          )`,
          // The oldest of the others takes over.
          sql`promoted AS (
            UPDATE cards SET is_default = true WHERE id = (
              SELECT c.id FROM cards c JOIN removed r ON r.is_default AND c.user_id = r.user_id AND c.id <> r.id
              ORDER BY c.created_at, c.id LIMIT 1)
          )`,
        ],
      });
    },

    setDefaultCard(edit, id) {
      return write<null>(db, edit, {
        refusals: [notOwnCard(id)],
        steps: [
          sql`chosen AS (
            UPDATE cards c SET is_default = (c.id = ${id}::uuid) FROM go WHERE c.user_id = go.id
          )`,
        ],
      });
    },

    placeLink(edit, id, linkId) {
      return write<null>(db, edit, {
        refusals: [
          notOwnCard(id),
          foreignLinks([linkId]),
          [
            sql`EXISTS (SELECT FROM card_links WHERE card_id = ${id}::uuid AND platform_link_id = ${linkId}::uuid)`,
            'link-on-card',
          ],
        ],
        steps: [
          sql`placed AS (
            INSERT INTO card_links (card_id, platform_link_id, display_order)
            SELECT ${id}::uuid, ${linkId}::uuid,
              (SELECT coalesce(max(display_order) + 1, 0) FROM card_links WHERE card_id = ${id}::uuid)
            FROM go
          )`,
        ],
      });
    },

    shareCard(edit, id) {
      const isPrivate = sql`EXISTS (SELECT FROM cards c WHERE c.id = ${id}::uuid AND c.visibility = 'PRIVATE')`;
      return write<string>(db, edit, {
        refusals: [notOwnCard(id), [isPrivate, 'card-is-private']],
        steps: [
          sql`card AS (
            UPDATE cards c SET slug = coalesce(c.slug, c.id::text) FROM go
            WHERE c.id = ${id}::uuid AND c.user_id = go.id RETURNING c.*
          )`,
        ],
        value: sql`(SELECT to_json(c.slug) FROM card c)`,
      });
    },
  };
}

function assignmentsOf({ title, description, visibility, qrEnabled }: Omit<CardChanges, 'linkIds'>): SQL[] {
  return [
    ...(title === undefined ? [] : [sql`, title = ${title}`]),
    ...(description === undefined ? [] : [sql`, description = ${description}`]),
    ...(visibility === undefined ? [] : [sql`, visibility = ${visibility}::card_visibility`]),
    ...(qrEnabled === undefined ? [] : [sql`, qr_enabled = ${qrEnabled}::boolean`]),
  ];
}
