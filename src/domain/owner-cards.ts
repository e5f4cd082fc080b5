/** Context cards as their owner sees and changes them. */
import type { OwnLink } from './owner.ts';

export type CardVisibility = 'PUBLIC' | 'UNLISTED' | 'PRIVATE';

/** The links are in the order of the card, and `displayOrder` is their place on it. */
export interface OwnCard {
  id: string;
  title: string;
  description: string | null;
  visibility: CardVisibility;
  /** Whether it has a QR code of its own. */
  qrEnabled: boolean;
  isDefault: boolean;
  links: OwnLink[];
}

/** `GET /api/cards`, with the version of the profile that they belong to. */
export interface OwnCards {
  version: number;
  cards: OwnCard[];
}

/** A card to be made; the order of `linkIds` is the order on the card. */
export interface CardDraft {
  title: string;
  description: string | null;
  visibility: CardVisibility;
  qrEnabled: boolean;
  linkIds: readonly string[];
}

/** A change of a card: a field that is absent or undefined stays as it is. */
export type CardChanges = { [Field in keyof CardDraft]?: CardDraft[Field] | undefined };
