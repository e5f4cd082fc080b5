/** The public profile: what anybody may see of a card owner, and nothing else. */

/** One link of a profile or card, as public answers carry it. `followed` is always false on a shared answer. */
export interface PublicLink {
  id: string;
  platform: string;
  username: string;
  url: string;
  displayOrder: number;
  followed: false;
}

/** A profile without its links. */
export interface ProfileFields {
  username: string;
  displayName: string;
  bio: string | null;
  pronouns: string | null;
  role: string | null;
  company: string | null;
  avatarUrl: string | null;
  /** `#rrggbb` */
  accentColor: string;
}

/** The JSON of `GET /api/public/:username`; links in display order. */
export interface PublicProfile extends ProfileFields {
  links: PublicLink[];
}

/** Longest texts, in Unicode code points, and most entries an owner may have. */
export const LIMITS = {
  displayName: 100,
  bio: 300,
  pronouns: 50,
  role: 100,
  company: 100,
  linkHandle: 200,
  url: 2048,
  cardTitle: 100,
  cardDescription: 300,
  links: 50,
  cards: 20,
} as const;
