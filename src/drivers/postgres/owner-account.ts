/** Everything of a user in Postgres: taken along, brought back, removed. */
import { type SQL, sql } from 'drizzle-orm';
import { type Refusal, Written } from '../../domain/written.ts';
import type { OwnerAccountStore, SealedAccount } from '../../ports.ts';
import { sealedContactsOf } from './contact-store.ts';
import { type Database, runRead } from './database.ts';
import { linkIdsOfCard } from './owner-cards.ts';
import { assignmentsOf } from './owner-profile.ts';
import { allNames, changedMeanwhile, locked, me, utc, write } from './owner-write.ts';
import { putOnList } from './revocations.ts';
import { savedReference } from './saved-cards.ts';
import { settle } from './settled-identities.ts';

/** A JSON list of `object` for each row of `from`. */
const list = (object: SQL, from: SQL, order: SQL): SQL =>
  sql`(SELECT coalesce(json_agg(json_build_object(${object}) ORDER BY ${order}), '[]'::json) FROM ${from})`;

const everythingAt = (now: string): SQL => sql`json_build_object(
  'account', json_build_object('id', u.id, 'email', u.email, 'createdAt', ${utc(sql`u.created_at`)},
    'identities', ${list(
      sql`'provider', i.provider, 'providerId', i.provider_id, 'createdAt', ${utc(sql`i.created_at`)}`,
      sql`identities i WHERE i.user_id = u.id`,
      sql`i.created_at, i.provider`,
    )},
    'oldNames', ${list(
      sql`'username', n.key, 'heldUntil', ${utc(sql`n.held_until`)}`,
      sql`usernames n WHERE n.user_id = u.id AND n.held_until > now()`,
      sql`n.held_until`,
    )}),
  'profile', json_build_object('username', u.username, 'displayName', u.display_name, 'bio', u.bio,
    'pronouns', u.pronouns, 'role', u.role, 'company', u.company, 'avatarUrl', u.avatar_url,
    'accentColor', u.accent_color, 'theme', u.theme, 'qrStyle', u.qr_style,
    'contactsOpen', u.contacts_open, 'contactDays', u.contact_days),
  'contacts', ${sealedContactsOf(now)},
  'savedCards', ${list(savedReference, sql`saved_cards s WHERE s.owner_id = u.id`, sql`s.saved_at DESC, s.id`)},
  'links', ${list(
    sql`'id', l.id, 'platform', l.platform, 'username', l.username, 'url', l.url`,
    sql`platform_links l WHERE l.user_id = u.id`,
    sql`l.display_order, l.id`,
  )},
  'cards', ${list(
    sql`'id', c.id, 'title', c.title, 'description', c.description, 'visibility', c.visibility,
      'qrEnabled', c.qr_enabled, 'isDefault', c.is_default, 'linkIds', ${linkIdsOfCard}`,
    sql`cards c WHERE c.user_id = u.id`,
    sql`c.created_at, c.id`,
  )},
  'views', json_build_object(
    'counts', ${list(
      sql`'day', v.day, 'kind', v.kind, 'cardId', v.card_id, 'source', v.source, 'views', v.views,
        'latest', ${utc(sql`v.latest`)}`,
      sql`view_counts v WHERE v.owner_id = u.id`,
      sql`v.day, v.kind, v.card_id, v.source`,
    )},
    'facets', ${list(
      sql`'day', f.day, 'facet', f.facet, 'value', f.value, 'views', f.views`,
      sql`view_facets f WHERE f.owner_id = u.id`,
      sql`f.day, f.facet, f.value`,
    )},
    'visitors', ${list(
      sql`'day', d.day, 'visitors', d.visitors`,
      sql`view_visitors d WHERE d.owner_id = u.id`,
      sql`d.day`,
    )}))`;

export function postgresOwnerAccountStore(db: Database): OwnerAccountStore {
  return {
    async readEverything(owner, now) {
      const { rows } = await runRead(() =>
        db.execute<{ data: SealedAccount }>(
          sql`WITH ${me(owner)} SELECT ${everythingAt(now)} AS data FROM users u JOIN me USING (id)`,
        ),
      );
      return rows[0]?.data ?? 'signed-out';
    },

    /*
     * Rows are changed where they are there already: their ids are on cards that were printed. An id that is not the
     * owner's own gets a new one in its place, whosever it may be.
     */
    replaceEverything(edit, { profile, links, cards }) {
      const onCards = cards.flatMap(({ id, linkIds }) =>
        linkIds.map((linkId, place) => ({ card: id, link: linkId, place })),
      );
      const placed = <T>(list: readonly T[]) => JSON.stringify(list.map((one, place) => ({ ...one, place })));
      return write<null>(db, edit, {
        assignments: assignmentsOf(profile),
        steps: [
          sql`new_links AS MATERIALIZED (
            SELECT i.*, coalesce(l.id, gen_random_uuid()) AS new_id
            FROM go CROSS JOIN json_to_recordset(${placed(links)}::json) AS i
              (id uuid, platform text, username text, url text, place int)
            LEFT JOIN platform_links l ON l.id = i.id AND l.user_id = go.id
          )`,
          sql`new_cards AS MATERIALIZED (
            SELECT i.*, coalesce(c.id, gen_random_uuid()) AS new_id
            FROM go CROSS JOIN json_to_recordset(${placed(cards)}::json) AS i
              (id uuid, title text, description text, visibility card_visibility, "qrEnabled" boolean,
               "isDefault" boolean, place int)
            LEFT JOIN cards c ON c.id = i.id AND c.user_id = go.id
          )`,
          sql`new_places AS (
            SELECT c.new_id AS card_id, l.new_id AS link_id, i.place
            FROM json_to_recordset(${JSON.stringify(onCards)}::json) AS i (card uuid, link uuid, place int)
            JOIN new_cards c ON c.id = i.card JOIN new_links l ON l.id = i.link
          )`,
          sql`gone_links AS (
            DELETE FROM platform_links l USING go
            WHERE l.user_id = go.id AND l.id NOT IN (SELECT new_id FROM new_links)
          )`,
          sql`gone_cards AS (
            DELETE FROM cards c USING go WHERE c.user_id = go.id AND c.id NOT IN (SELECT new_id FROM new_cards)
          )`,
          sql`gone_places AS (
            DELETE FROM card_links p USING new_cards c
            WHERE p.card_id = c.new_id
              AND p.platform_link_id NOT IN (SELECT n.link_id FROM new_places n WHERE n.card_id = c.new_id)
          )`,
          sql`put_links AS (
            INSERT INTO platform_links (id, user_id, platform, username, url, display_order)
            SELECT n.new_id, go.id, n.platform, n.username, n.url, n.place FROM go, new_links n
            ON CONFLICT (id) DO UPDATE SET platform = excluded.platform, username = excluded.username,
              url = excluded.url, display_order = excluded.display_order
          )`,
          // Cards are listed by age: a millisecond apart keeps their order.
          sql`put_cards AS (
            INSERT INTO cards (id, user_id, title, description, visibility, qr_enabled, is_default, created_at)
            SELECT n.new_id, go.id, n.title, n.description, n.visibility, n."qrEnabled", n."isDefault",
              now() + make_interval(secs => n.place * 0.001)
            FROM go, new_cards n
            ON CONFLICT (id) DO UPDATE SET title = excluded.title, description = excluded.description,
              visibility = excluded.visibility, qr_enabled = excluded.qr_enabled, is_default = excluded.is_default,
              created_at = excluded.created_at, updated_at = now()
          )`,
          sql`put_places AS (
            INSERT INTO card_links (card_id, platform_link_id, display_order)
            SELECT card_id, link_id, place FROM new_places
            ON CONFLICT (card_id, platform_link_id) DO UPDATE SET display_order = excluded.display_order
          )`,
        ],
      });
    },

    /** All that is the user's falls with the row in `users` (ON DELETE CASCADE), the names too. */
    async removeAccount(edit, name, now): Promise<Written<string[]>> {
      interface Removed {
        refusal: Refusal | null;
        names: string[];
        cards: string[];
        version: number;
      }
      const row = await locked<Removed>(
        db,
        edit.owner,
        sql`
          WITH ${me(edit.owner)}, verdict AS (
            SELECT id, CASE WHEN ${changedMeanwhile(edit)} THEN 'changed-meanwhile'
              WHEN lower(username) <> ${name} THEN 'not-your-name' END AS refusal
            FROM me
          ), removed AS (
            DELETE FROM users u USING verdict v WHERE u.id = v.id AND v.refusal IS NULL
          ), ${sql.join(putOnList(sql`(SELECT id, NULL::int AS epoch FROM verdict WHERE refusal IS NULL)`), sql`, `)}
          , ${settle(
            sql`SELECT i.provider, i.provider_id FROM identities i JOIN verdict v ON v.id = i.user_id WHERE v.refusal IS NULL`,
            now,
          )}
          SELECT refusal, version::int, ${allNames} AS names, to_json(ARRAY(
            SELECT c.id FROM cards c WHERE c.user_id = me.id)) AS cards
          FROM me JOIN verdict USING (id)`,
      );
      if (!row) return Written.refused('signed-out');
      const { refusal, names, cards, version } = row;
      return refusal ? Written.refused(refusal) : Written.done(cards, version, names);
    },
  };
}
