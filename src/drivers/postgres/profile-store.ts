/** Public reads from Postgres: a name's record in one statement. */
import { and, eq, gt, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import type { NameRecord, RecordCard } from '../../domain/name-record.ts';
import type { PublicLink } from '../../domain/profile.ts';
import type { ProfileStore } from '../../ports.ts';
import { type Database, runPublicRead } from './database.ts';
import { cards, usernames, users } from './schema.ts';

const linksOfUser = sql<Omit<PublicLink, 'followed'>[]>`(
  SELECT coalesce(json_agg(json_build_object('id', l.id, 'platform', l.platform, 'username', l.username,
    'url', l.url, 'displayOrder', l.display_order) ORDER BY l.display_order, l.id), '[]'::json)
  FROM platform_links l WHERE l.user_id = ${users.id})`;

const visibleCardsOfUser = sql<RecordCard[]>`(
  SELECT coalesce(json_agg(json_build_object('id', c.id, 'title', c.title, 'description', c.description,
    'visibility', c.visibility, 'qrEnabled', c.qr_enabled, 'slug', c.slug, 'isDefault', c.is_default, 'linkIds', (
      SELECT coalesce(json_agg(cl.platform_link_id ORDER BY cl.display_order, cl.id), '[]'::json)
      FROM card_links cl WHERE cl.card_id = c.id)) ORDER BY c.created_at, c.id), '[]'::json)
  FROM cards c WHERE c.user_id = ${users.id} AND c.visibility <> 'PRIVATE')`;

const recordColumns = {
  ownerId: users.id,
  version: users.version,
  passEpoch: users.passEpoch,
  since: sql<number>`floor(extract(epoch from ${users.createdAt}))::float8`,
  theme: users.theme,
  qrStyle: users.qrStyle,
  contactDays: sql<number | null>`CASE WHEN ${users.contactsOpen} THEN ${users.contactDays} END`,
  username: users.username,
  displayName: users.displayName,
  bio: users.bio,
  pronouns: users.pronouns,
  role: users.role,
  company: users.company,
  avatarUrl: users.avatarUrl,
  accentColor: users.accentColor,
  isOldName: sql<boolean>`${usernames.heldUntil} IS NOT NULL`,
  links: linksOfUser,
  cards: visibleCardsOfUser,
};

/** Prepares the statements once per isolate. */
export function postgresProfileStore(db: Database): ProfileStore {
  const select = (where: SQL | undefined) =>
    db.select(recordColumns).from(usernames).innerJoin(users, eq(users.id, usernames.userId)).where(where);

  const byName = select(
    and(
      eq(usernames.key, sql.placeholder('key')),
      or(isNull(usernames.heldUntil), gt(usernames.heldUntil, sql`now()`)),
    ),
  ).prepare('read_by_name');

  const isOpen = ne(cards.visibility, 'PRIVATE');
  const ownerOfCard = db
    .select({ id: cards.userId })
    .from(cards)
    .where(and(eq(cards.id, sql.placeholder('cardId')), isOpen));
  const byCard = select(and(isNull(usernames.heldUntil), eq(users.id, ownerOfCard))).prepare('read_by_card');

  const ownerOfShared = db
    .select({ id: cards.userId })
    .from(cards)
    .where(and(eq(cards.slug, sql.placeholder('key')), isOpen));
  const byShare = select(and(isNull(usernames.heldUntil), eq(users.id, ownerOfShared))).prepare(
    'read_by_share',
  );

  type Row = Awaited<ReturnType<typeof byName.execute>>[number];
  return {
    async readByName(key) {
      return runPublicRead(async () => toRecord((await byName.execute({ key }))[0]));
    },
    async readByCard(cardId) {
      return runPublicRead(async () => toRecord((await byCard.execute({ cardId }))[0]));
    },
    async readByShare(key) {
      return runPublicRead(async () => toRecord((await byShare.execute({ key }))[0]));
    },
  };

  function toRecord(row: Row | undefined): NameRecord {
    if (!row) return { kind: 'unknown' };
    const {
      ownerId,
      version,
      passEpoch,
      since,
      theme,
      qrStyle,
      contactDays,
      isOldName,
      links,
      cards,
      ...fields
    } = row;
    if (isOldName) return { kind: 'moved', username: fields.username };
    const profile = { ...fields, links: links.map((link) => ({ ...link, followed: false as const })) };
    const record = { ownerId, version, passEpoch, since, theme, qrStyle, profile, cards };
    return { kind: 'profile', ...record, ...(contactDays !== null && { contactDays }) };
  }
}
