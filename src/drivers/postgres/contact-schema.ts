/** The tables of contacts that visitors left. */
import { index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { ownerId } from './schema.ts';

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
