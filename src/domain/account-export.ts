/** The account export: all data of a user, and what an import accepts of it. */
import * as v from 'valibot';
import type { Contact } from './contacts/contact.ts';
import type { ParsedLink } from './links/parse-link.ts';
import type { CardDraft } from './owner-cards.ts';
import type { ProfileFields } from './profile.ts';
import { LIMITS } from './profile.ts';
import {
  boundedList,
  CardInput,
  IdentifiedLinkInput,
  objectMessage,
  ProfilePatch,
  unique,
  uuid,
} from './profile-input.ts';
import type { QrStyle } from './qr/style.ts';
import type { SavedReference } from './saved-card.ts';

/** Raise the version when an older import could no longer read the export. */
export const OWN_DATA_FORMAT = { format: 'devcard-export', version: 1 } as const;

interface Identified {
  id: string;
}

type OwnDataCard = CardDraft & Identified & { isDefault: boolean };

/** `GET /api/profiles/me/export`, without format, version and time; times are ISO 8601 in UTC. */
export interface AccountExport {
  account: {
    id: string;
    email: string | null;
    createdAt: string;
    identities: { provider: string; providerId: string; createdAt: string }[];
    oldNames: { username: string; heldUntil: string }[];
  };
  profile: ProfileFields & {
    theme: string;
    qrStyle: QrStyle | null;
    contactsOpen: boolean;
    contactDays: number;
  };
  /** In display order. */
  links: (ParsedLink & Identified)[];
  cards: OwnDataCard[];
  views: {
    counts: {
      day: string;
      kind: string;
      cardId: string | null;
      source: string;
      views: number;
      latest: string;
    }[];
    facets: { day: string; facet: string; value: string; views: number }[];
    visitors: { day: string; visitors: number }[];
  };
  /** The newest first. */
  contacts: Contact[];
  /** The newest first. */
  savedCards: SavedReference[];
}

/** What an import changes. Ids tie links to cards; the first card that says so is the default. */
export interface ImportedData {
  profile: Pick<ProfileFields, 'displayName' | 'bio' | 'pronouns' | 'role' | 'company' | 'accentColor'> & {
    theme?: string | undefined;
    qrStyle?: QrStyle | null | undefined;
  };
  links: readonly (ParsedLink & Identified)[];
  cards: readonly OwnDataCard[];
}

/** The members of an export that an import reads: years of views are left where they are. */
export const IMPORTED_MEMBERS = ['format', 'version', 'profile', 'links', 'cards'];

const fields = ProfilePatch.entries;

const ownIds = <Entry extends Identified>(message: string) =>
  v.check<Entry[], string>((list) => unique(list.map(({ id }) => id)), message);

const version = v.literal(
  OWN_DATA_FORMAT.version,
  `This service reads version ${OWN_DATA_FORMAT.version} of the format.`,
);

/**
 * `POST /api/profiles/me/import`: an export. What belongs to the account and not to its contents is left alone: name,
 * e-mail, avatar, identities, views.
 */
export const ImportInput = v.pipe(
  v.object(
    {
      format: v.literal(OWN_DATA_FORMAT.format, 'This is no export of a DevCard.'),
      version,
      profile: v.object(
        {
          displayName: fields.displayName.wrapped,
          bio: fields.bio.wrapped,
          pronouns: fields.pronouns.wrapped,
          role: fields.role.wrapped,
          company: fields.company.wrapped,
          accentColor: fields.accentColor.wrapped,
          theme: fields.theme,
          qrStyle: fields.qrStyle,
        },
        'This field is required.',
      ),
      links: v.pipe(
        boundedList(IdentifiedLinkInput, {
          most: LIMITS.links,
          message: 'Send a list of links.',
          tooMany: `There are at most ${LIMITS.links} links.`,
        }),
        ownIds('Each link needs an id of its own.'),
      ),
      cards: v.pipe(
        boundedList(
          v.strictObject(
            { id: uuid, ...CardInput.entries, isDefault: v.boolean('Say true or false.') },
            objectMessage,
          ),
          {
            most: LIMITS.cards,
            message: 'Send a list of cards.',
            tooMany: `There are at most ${LIMITS.cards} cards.`,
          },
        ),
        ownIds('Each card needs an id of its own.'),
      ),
    },
    'Send an export of a DevCard.',
  ),
  v.check(({ links, cards }) => {
    const known = new Set(links.map(({ id }) => id));
    return cards.every(({ linkIds }) => linkIds.every((id) => known.has(id)));
  }, 'The cards name links that are not in the list of links.'),
  v.transform(({ profile, links, cards }): ImportedData => {
    const chosen = cards.find(({ isDefault }) => isDefault) ?? cards[0];
    return { profile, links, cards: cards.map((card) => ({ ...card, isDefault: card === chosen })) };
  }),
);
