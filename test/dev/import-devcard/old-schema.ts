/** The tables of an existing DevCard, as its schema makes them, in the shapes that are in the field. */

/** A schema pushed or migrated since July 2026. */
export const FULL_SHAPE = `
CREATE TYPE "Role" AS ENUM ('SUPERADMIN', 'ADMIN', 'USER');
CREATE TYPE "CardVisibility" AS ENUM ('PUBLIC', 'UNLISTED', 'PRIVATE');
CREATE TYPE "TeamRole" AS ENUM ('OWNER', 'ADMIN', 'MEMBER');
CREATE TABLE users (
  id TEXT NOT NULL, email TEXT NOT NULL, username TEXT NOT NULL, display_name TEXT NOT NULL, bio TEXT, pronouns TEXT,
  role TEXT, "authRole" "Role" NOT NULL DEFAULT 'USER', company TEXT, avatar_url TEXT,
  accent_color TEXT NOT NULL DEFAULT '#6366f1', email_verified BOOLEAN NOT NULL DEFAULT false, phone_number TEXT,
  last_sign_in_at TIMESTAMP(3), created_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMP(3) NOT NULL, "isActive" BOOLEAN NOT NULL DEFAULT false, CONSTRAINT users_pkey PRIMARY KEY (id));
CREATE TABLE user_identities (
  id TEXT NOT NULL, user_id TEXT NOT NULL, provider TEXT NOT NULL, provider_id TEXT NOT NULL,
  created_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, CONSTRAINT user_identities_pkey PRIMARY KEY (id));
CREATE TABLE refresh_tokens (
  id TEXT NOT NULL, user_id TEXT NOT NULL, token_hash TEXT NOT NULL, family TEXT NOT NULL,
  expires_at TIMESTAMP(3) NOT NULL, revoked_at TIMESTAMP(3), created_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  user_agent TEXT, ip TEXT, CONSTRAINT refresh_tokens_pkey PRIMARY KEY (id));
CREATE TABLE platform_links (
  id TEXT NOT NULL, user_id TEXT NOT NULL, platform TEXT NOT NULL, username TEXT NOT NULL, url TEXT NOT NULL,
  display_order INTEGER NOT NULL DEFAULT 0, created_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT platform_links_pkey PRIMARY KEY (id));
CREATE TABLE cards (
  id TEXT NOT NULL, user_id TEXT NOT NULL, title TEXT NOT NULL, description TEXT, slug TEXT NOT NULL,
  visibility "CardVisibility" NOT NULL DEFAULT 'PUBLIC', "qrEnabled" BOOLEAN NOT NULL DEFAULT true,
  "viewCount" INTEGER NOT NULL DEFAULT 0, is_default BOOLEAN NOT NULL DEFAULT false,
  created_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, updated_at TIMESTAMP(3) NOT NULL,
  CONSTRAINT cards_pkey PRIMARY KEY (id));
CREATE TABLE card_links (
  id TEXT NOT NULL, card_id TEXT NOT NULL, platform_link_id TEXT NOT NULL, display_order INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT card_links_pkey PRIMARY KEY (id));
CREATE TABLE saved_cards (
  id TEXT NOT NULL, user_id TEXT NOT NULL, card_id TEXT NOT NULL,
  saved_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, CONSTRAINT saved_cards_pkey PRIMARY KEY (id));
CREATE TABLE card_views (
  id TEXT NOT NULL, card_id TEXT, owner_id TEXT NOT NULL, viewer_id TEXT, viewer_ip TEXT, viewer_agent TEXT,
  source TEXT NOT NULL DEFAULT 'qr', created_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT card_views_pkey PRIMARY KEY (id));
CREATE TABLE follow_logs (
  id TEXT NOT NULL, follower_id TEXT NOT NULL, target_username TEXT NOT NULL, platform TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'success', layer TEXT NOT NULL,
  created_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, CONSTRAINT follow_logs_pkey PRIMARY KEY (id));
CREATE TABLE oauth_tokens (
  id TEXT NOT NULL, user_id TEXT NOT NULL, platform TEXT NOT NULL, access_token TEXT NOT NULL, refresh_token TEXT,
  scopes TEXT NOT NULL, expires_at TIMESTAMP(3), created_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMP(3) NOT NULL, CONSTRAINT oauth_tokens_pkey PRIMARY KEY (id));
CREATE UNIQUE INDEX users_email_key ON users (email);
CREATE UNIQUE INDEX users_username_key ON users (username);
CREATE UNIQUE INDEX users_phone_number_key ON users (phone_number);
CREATE UNIQUE INDEX user_identities_provider_provider_id_key ON user_identities (provider, provider_id);
CREATE INDEX user_identities_user_id_idx ON user_identities (user_id);
CREATE UNIQUE INDEX cards_slug_key ON cards (slug);
CREATE INDEX cards_user_id_idx ON cards (user_id);
CREATE UNIQUE INDEX card_links_card_id_platform_link_id_key ON card_links (card_id, platform_link_id);
CREATE UNIQUE INDEX saved_cards_user_id_card_id_key ON saved_cards (user_id, card_id);
CREATE UNIQUE INDEX oauth_tokens_user_id_platform_key ON oauth_tokens (user_id, platform);
CREATE INDEX card_views_card_id_idx ON card_views (card_id);
CREATE INDEX card_views_owner_id_idx ON card_views (owner_id);
ALTER TABLE user_identities ADD FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE platform_links ADD FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE cards ADD FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE card_links ADD FOREIGN KEY (card_id) REFERENCES cards (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE card_links ADD FOREIGN KEY (platform_link_id) REFERENCES platform_links (id) ON DELETE CASCADE
  ON UPDATE CASCADE;
ALTER TABLE card_views ADD FOREIGN KEY (card_id) REFERENCES cards (id) ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE card_views ADD FOREIGN KEY (owner_id) REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE card_views ADD FOREIGN KEY (viewer_id) REFERENCES users (id) ON DELETE SET NULL ON UPDATE CASCADE;
`;

/** From before June 2026: the identity stands in the user's row, cards are short, events have capital letters. */
export const OLD_SHAPE = `
CREATE TABLE users (
  id TEXT PRIMARY KEY, email TEXT NOT NULL, username TEXT NOT NULL, display_name TEXT NOT NULL, bio TEXT, pronouns TEXT,
  role TEXT, company TEXT, avatar_url TEXT, accent_color TEXT NOT NULL DEFAULT '#6366f1', provider TEXT NOT NULL,
  provider_id TEXT NOT NULL, created_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMP(3) NOT NULL);
CREATE TABLE platform_links (
  id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id), platform TEXT NOT NULL, username TEXT NOT NULL,
  url TEXT NOT NULL, display_order INTEGER NOT NULL DEFAULT 0, created_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE cards (
  id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id), title TEXT NOT NULL,
  is_default BOOLEAN NOT NULL DEFAULT false, created_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMP(3) NOT NULL);
CREATE TABLE card_links (
  id TEXT PRIMARY KEY, card_id TEXT NOT NULL REFERENCES cards (id), platform_link_id TEXT NOT NULL,
  display_order INTEGER NOT NULL DEFAULT 0);
CREATE TABLE "Event" (id TEXT PRIMARY KEY, name TEXT NOT NULL, "organizerId" TEXT NOT NULL);
`;
