/** What a username stands for: the one object that every cache tier holds and every public answer is made from. */
import type { PublicLink, PublicProfile } from './profile.ts';
import type { QrStyle } from './qr/style.ts';

/** A context card inside its owner's record; PRIVATE cards are never part of it. */
export interface RecordCard {
  id: string;
  title: string;
  description: string | null;
  visibility: 'PUBLIC' | 'UNLISTED';
  qrEnabled: boolean;
  /** Under which it was shared, if it was. */
  slug: string | null;
  isDefault: boolean;
  /** Ids of links of the same record, in the order of the card. */
  linkIds: string[];
}

/** A user, with the cards that may be shown. */
export interface ProfileRecord {
  kind: 'profile';
  /** Never part of an answer; tells an owner's own views from others'. */
  ownerId: string;
  version: number;
  /** Offline passes of an older epoch are revoked. */
  passEpoch: number;
  /** When the account was created, in seconds since the epoch: older passes belong to a former holder of the name. */
  since: number;
  theme: string;
  /** How the owner's codes look; plain where it is null, or missing in a copy of an older release. */
  qrStyle?: QrStyle | null;
  /** For how many days the owner keeps what visitors leave on the page; absent where they may leave nothing. */
  contactDays?: number;
  profile: PublicProfile;
  cards: RecordCard[];
}

/** A name left by a rename: it redirects. */
export interface MovedRecord {
  kind: 'moved';
  username: string;
}

/** Nobody has this name. */
export interface UnknownRecord {
  kind: 'unknown';
}

export type NameRecord = ProfileRecord | MovedRecord | UnknownRecord;

/** The JSON of a public context card. */
export interface PublicCard {
  id: string;
  title: string;
  owner: Omit<PublicProfile, 'links'>;
  links: PublicLink[];
}

/** The card of a record with this id or slug. */
export function cardOf(record: ProfileRecord, key: string): RecordCard | undefined {
  return record.cards.find(({ id, slug }) => id === key || slug === key);
}

/** Makes the public answer of one card out of its owner's record, or undefined if the record has no such card. */
export function publicCard(record: ProfileRecord, cardId: string): PublicCard | undefined {
  const card = cardOf(record, cardId);
  if (!card) return undefined;
  const { links, ...owner } = record.profile;
  const byId = new Map(links.map((link) => [link.id, link]));
  return {
    id: card.id,
    title: card.title,
    owner,
    links: card.linkIds.flatMap((id, displayOrder) => {
      const link = byId.get(id);
      return link ? [{ ...link, displayOrder }] : [];
    }),
  };
}
