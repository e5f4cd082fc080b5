/** The part of the database schema that is about other people: contacts, cards that are kept, and keys of requests. */
import {
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { cards, ownerId } from './schema.ts';

/** Details that visitors left, sealed (domain/contacts/sealing.ts). */
export const contacts = pgTable(
  'contacts',
  {
    id: uuid('id').primaryKey(),
    ownerId: ownerId(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    /** To which the visitor agreed; the owner may have chosen an earlier end since. */
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    /** Which of the owner's data keys sealed it. */
    generation: text('generation').notNull(),
    sealed: text('sealed').notNull(),
  },
  (table) => [
    index('contacts_owner_id_created_at').on(table.ownerId, table.createdAt, table.id),
    index('contacts_expires_at').on(table.expiresAt),
  ],
);

/** Owners' data keys, each wrapped by a key of the deployment's secret. */
export const contactKeys = pgTable(
  'contact_keys',
  {
    ownerId: ownerId(),
    /** The key of the secret from which it was derived. */
    generation: text('generation').notNull(),
    /** The key of the secret that wraps it now. */
    keyId: text('key_id').notNull(),
    wrapped: text('wrapped').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.ownerId, table.generation] }),
    index('contact_keys_key_id').on(table.keyId),
  ],
);

/**
 * Requests that were sent with a key of their own, and what was answered: who sends one again within a day gets the same
 * answer, and nothing is done twice.
 */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    /** Who sent it, or with whom details were left. */
    ownerId: ownerId(),
    /** `owner` or `contact`: strangers choose keys too. */
    scope: text('scope').notNull(),
    /** SHA-256 of the key, and of what was sent with it. */
    keyHash: text('key_hash').notNull(),
    requestHash: text('request_hash').notNull(),
    /** Null while the request is under way. */
    status: integer('status'),
    headers: jsonb('headers').$type<Record<string, string>>(),
    body: text('body'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.ownerId, table.scope, table.keyHash] }),
    index('idempotency_keys_created_at').on(table.createdAt),
  ],
);

/** Cards of others that users keep. */
export const savedCards = pgTable(
  'saved_cards',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    ownerId: ownerId(),
    cardId: uuid('card_id')
      .notNull()
      .references(() => cards.id, { onDelete: 'cascade' }),
    savedAt: timestamp('saved_at', { withTimezone: true }).notNull().defaultNow(),
    note: text('note'),
    /** The offline code from which it was kept, as it was signed. */
    snapshot: text('snapshot'),
  },
  (table) => [
    unique('saved_cards_owner_id_card_id').on(table.ownerId, table.cardId),
    index('saved_cards_owner_id_saved_at').on(table.ownerId, table.savedAt),
    index('saved_cards_card_id').on(table.cardId),
  ],
);
