/** A person of an existing DevCard with all that is theirs, as its database holds it. */

/** A row of `users`. Columns that a database lacks are null; times are ISO 8601 in UTC. */
export interface OldUser {
  id: string;
  email: string | null;
  username: string;
  /** 1 for the oldest account of those whose names differ by case alone, 2 for the next one. */
  name_rank: number;
  display_name: string | null;
  bio: string | null;
  pronouns: string | null;
  role: string | null;
  company: string | null;
  avatar_url: string | null;
  accent_color: string | null;
  phone_number: string | null;
  /** In databases from before June 2026 the one identity stands in the user's row. */
  provider: string | null;
  provider_id: string | null;
  created_at: string;
  updated_at: string;
}

export interface OldIdentity {
  provider: string;
  provider_id: string;
  created_at: string;
}

/** In display order. */
export interface OldLink {
  id: string;
  platform: string;
  username: string;
  url: string;
  created_at: string;
}

/** The oldest first. */
export interface OldCard {
  id: string;
  title: string;
  description: string | null;
  visibility: string | null;
  qr_enabled: boolean | null;
  slug: string | null;
  is_default: boolean;
  created_at: string;
  updated_at: string;
}

/** A link on a card; in the order of the card. */
export interface OldCardLink {
  id: string;
  card_id: string;
  platform_link_id: string;
}

/** Views of one day, card (null: the profile) and source, summed by the old database. */
export interface OldViews {
  card_id: string | null;
  day: string;
  source: string;
  views: number;
  /** The full hour of the last of them. */
  latest: string;
}

/** Different viewers of a day. */
export interface OldVisitors {
  day: string;
  visitors: number;
}

export interface OldPerson {
  user: OldUser;
  identities: OldIdentity[];
  links: OldLink[];
  cards: OldCard[];
  cardLinks: OldCardLink[];
  views: OldViews[];
  visitors: OldVisitors[];
}
