/** Cards of others that an owner keeps on the server, in the JSON of the existing API. */
import * as v from 'valibot';
import { MAX_INPUT_CHARACTERS } from '../../verify/verify.ts';
import type { CardVisibility } from './owner-cards.ts';
import { by, objectMessage } from './profile-input.ts';
import { checkText } from './text.ts';

/** Most saved cards of one owner. */
export const MAX_SAVED_CARDS = 500;
const MAX_NOTE_CHARACTERS = 500;

/** `POST /api/cards/:id/save`: all of it may be left out. */
export const SavedCardInput = v.strictObject(
  {
    note: v.optional(
      v.nullable(
        v.pipe(
          v.string('Send a text.'),
          v.metadata({ maxLength: MAX_NOTE_CHARACTERS }),
          by((raw: string) => checkText(raw, { max: MAX_NOTE_CHARACTERS, multiline: true })),
        ),
      ),
      null,
    ),
    /** The offline code as it was signed: a verifier reads it. */
    snapshot: v.optional(
      v.nullable(
        v.pipe(
          v.string('Send a text.'),
          v.regex(/^[\w.-]+$/, 'Send the token of an offline code.'),
          v.maxLength(MAX_INPUT_CHARACTERS, 'This is longer than any code.'),
        ),
      ),
      null,
    ),
  },
  objectMessage,
);

export type SavedCardDraft = v.InferOutput<typeof SavedCardInput>;

/** What an export has of a saved card. */
export interface SavedReference {
  cardId: string;
  /** ISO 8601, UTC. */
  savedAt: string;
  note: string | null;
  snapshot: string | null;
}

/** `GET /api/cards/saved`. `viewCount` is 0: views are their owner's. */
export interface SavedCard extends SavedReference {
  id: string;
  userId: string;
  card: {
    id: string;
    userId: string;
    title: string;
    description: string | null;
    slug: string;
    visibility: CardVisibility;
    qrEnabled: boolean;
    viewCount: 0;
    isDefault: boolean;
    createdAt: string;
    updatedAt: string;
    cardLinks: {
      id: string;
      cardId: string;
      platformLinkId: string;
      displayOrder: number;
      platformLink: {
        id: string;
        userId: string;
        platform: string;
        username: string;
        url: string;
        displayOrder: number;
        createdAt: string;
      };
    }[];
  };
}

/** Why a card is not saved. */
export type SavingRefusal = 'card-not-found' | 'card-saved' | 'too-many-saved-cards' | 'signed-out';
