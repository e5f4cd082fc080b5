/** The database schema: the one source from which drizzle-kit writes the migrations in `drizzle/`. */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type { QrStyle } from '../../domain/qr/style.ts';

const createdAt = () => timestamp('created_at', { withTimezone: true }).notNull().defaultNow();
const updatedAt = () => timestamp('updated_at', { withTimezone: true }).notNull().defaultNow();

export const users = pgTable('users', {
  id: uuid('id').primaryKey().defaultRandom(),
  email: text('email'),
  /** As typed; what is unique, regardless of case, is the row's key in `usernames`. */
  username: text('username').notNull(),
  displayName: text('display_name').notNull(),
  bio: text('bio'),
  pronouns: text('pronouns'),
  role: text('role'),
  company: text('company'),
  avatarUrl: text('avatar_url'),
  accentColor: text('accent_color').notNull().default('#6366f1'),
  theme: text('theme').notNull().default('classic'),
  /** How the codes look (`QrStyle`); null for plain ones. */
  qrStyle: jsonb('qr_style').$type<QrStyle>(),
  /** Whether visitors may leave their details, and for how many days those are kept. */
  contactsOpen: boolean('contacts_open').notNull().default(false),
  contactDays: integer('contact_days').notNull().default(365),
  /** Grows with every change that shows: profile, links, order, cards. Carried by If-Match and ETag. */
  version: bigint('version', { mode: 'number' }).notNull().default(1),
  /** Owner sessions of an older epoch are signed out. */
  sessionEpoch: integer('session_epoch').notNull().default(0),
  /** Offline passes of an older epoch are revoked (as far as a verifier is online to hear of it). */
  passEpoch: integer('pass_epoch').notNull().default(0),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});

/** The skeleton of a key in lower case, as `skeleton` in domain/look-alikes.ts makes it. An index has these words. */
export const skeletonOf = (key: SQLWrapper): SQL =>
  sql`replace(replace(translate(${key}, 'i105-_', 'llos'), 'rn', 'm'), 'vv', 'w')`;

/** Sessions of owners that the database has to know of: those that may be refreshed, and those that were ended one by one. */
export const ownerSessions = pgTable(
  'owner_sessions',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** How often it was refreshed: a refresh token of an earlier turn was used already. */
    turn: integer('turn').notNull().default(0),
    ended: boolean('ended').notNull().default(false),
    /** No token of it is good any more by then. */
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  },
  (table) => [index('owner_sessions_user_id').on(table.userId)],
);

/**
 * Every name that is taken: current ones (`heldUntil` null) and those left by a rename, which redirect and
 * stay reserved until then. One primary key over both is what makes a name unique under concurrent takers.
 */
export const usernames = pgTable(
  'usernames',
  {
    /** The username in lower case. */
    key: text('key').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    heldUntil: timestamp('held_until', { withTimezone: true }),
  },
  (table) => [
    index('usernames_user_id').on(table.userId),
    index('usernames_skeleton').on(skeletonOf(table.key)),
    check('usernames_key_is_lower_case', sql`${table.key} = lower(${table.key})`),
  ],
);

/** Identities that sign in as a user: found by the provider's own id, never by name or e-mail. */
export const identities = pgTable(
  'identities',
  {
    provider: text('provider').notNull(),
    providerId: text('provider_id').notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.provider, table.providerId] }),
    index('identities_user_id').on(table.userId),
  ],
);

/**
 * When an identity last got an account or gave one up, so that a sign-up that its provider confirmed before then ends
 * there. Nothing but a hash, for as long as such a sign-up could live.
 */
export const settledIdentities = pgTable(
  'settled_identities',
  {
    /** SHA-256 of provider and the provider's own id. */
    hash: text('hash').primaryKey(),
    settledAt: timestamp('settled_at', { withTimezone: true }).notNull(),
  },
  (table) => [index('settled_identities_settled_at').on(table.settledAt)],
);

export const platformLinks = pgTable(
  'platform_links',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    platform: text('platform').notNull(),
    username: text('username').notNull(),
    url: text('url').notNull(),
    displayOrder: integer('display_order').notNull().default(0),
    createdAt: createdAt(),
  },
  (table) => [index('platform_links_user_id_display_order').on(table.userId, table.displayOrder)],
);

export const cardVisibility = pgEnum('card_visibility', ['PUBLIC', 'UNLISTED', 'PRIVATE']);

export const cards = pgTable(
  'cards',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    title: text('title').notNull(),
    description: text('description'),
    visibility: cardVisibility('visibility').notNull().default('PUBLIC'),
    isDefault: boolean('is_default').notNull().default(false),
    /** Without a QR code of its own: `/api/cards/:id/qr` answers 404. */
    qrEnabled: boolean('qr_enabled').notNull().default(true),
    /** Under which the existing DevCard's clients share the card; made when it is first shared. No two cards have the same. */
    slug: text('slug').unique('cards_slug'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [index('cards_user_id_created_at').on(table.userId, table.createdAt)],
);

export const cardLinks = pgTable(
  'card_links',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    cardId: uuid('card_id')
      .notNull()
      .references(() => cards.id, { onDelete: 'cascade' }),
    platformLinkId: uuid('platform_link_id')
      .notNull()
      .references(() => platformLinks.id, { onDelete: 'cascade' }),
    displayOrder: integer('display_order').notNull().default(0),
  },
  (table) => [
    unique('card_links_card_id_platform_link_id').on(table.cardId, table.platformLinkId),
    index('card_links_platform_link_id').on(table.platformLinkId),
  ],
);

/** Whose a row is: it goes with its user. */
export const ownerId = () =>
  uuid('owner_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' });

/** Views by day, what was viewed, and source. A card that was deleted keeps its views: they happened. */
export const viewCounts = pgTable(
  'view_counts',
  {
    ownerId: ownerId(),
    /** UTC */
    day: date('day').notNull(),
    kind: text('kind').notNull(),
    /** Null where the profile was viewed. */
    cardId: uuid('card_id'),
    source: text('source').notNull(),
    views: integer('views').notNull(),
    /** The full hour of the last of them. */
    latest: timestamp('latest', { withTimezone: true }).notNull(),
  },
  (table) => [
    unique('view_counts_key')
      .on(table.ownerId, table.day, table.kind, table.cardId, table.source)
      .nullsNotDistinct(),
    index('view_counts_owner_id_latest').on(table.ownerId, table.latest),
  ],
);

/** Views by day and country, and by day and kind of device: sums of one trait each, so that none meets another. */
export const viewFacets = pgTable(
  'view_facets',
  {
    ownerId: ownerId(),
    day: date('day').notNull(),
    facet: text('facet').notNull(),
    value: text('value').notNull(),
    views: integer('views').notNull(),
  },
  (table) => [primaryKey({ columns: [table.ownerId, table.day, table.facet, table.value] })],
);

/** Unique visitors by day. */
export const viewVisitors = pgTable(
  'view_visitors',
  {
    ownerId: ownerId(),
    day: date('day').notNull(),
    visitors: integer('visitors').notNull(),
  },
  (table) => [primaryKey({ columns: [table.ownerId, table.day] })],
);

/** Passes that were revoked in the last week: verifiers that are offline keep the list. Names are hashed, as it shows them. */
export const revocations = pgTable(
  'revocations',
  {
    /** The first 16 hexadecimal digits of the SHA-256 of the name in lower case. */
    nameHash: text('name_hash').notNull(),
    revokedAt: timestamp('revoked_at', { withTimezone: true }).notNull(),
    /** Passes of an older epoch are meant; all of them where it is null, because the account is gone. */
    epoch: integer('epoch'),
  },
  (table) => [
    primaryKey({ columns: [table.nameHash, table.revokedAt] }),
    index('revocations_revoked_at').on(table.revokedAt),
  ],
);

/** How much of a log of views has been added to the tables above; one row as long as Upstash keeps the log. */
export const viewLogs = pgTable('view_logs', {
  id: text('id').primaryKey(),
  position: bigint('position', { mode: 'number' }).notNull(),
});
