/** An owner's own data as the record that everybody else would get: for looking at a card before it is saved. */
import type { ProfileRecord, RecordCard } from './name-record.ts';
import type { OwnProfileWithLinks, ProfilePatch } from './owner.ts';
import type { OwnCard } from './owner-cards.ts';

/** The record after a change that has not been made. */
export function recordAfter(
  own: OwnProfileWithLinks,
  cards: readonly OwnCard[],
  patch: ProfilePatch = {},
): ProfileRecord {
  const {
    username,
    displayName,
    bio,
    pronouns,
    role,
    company,
    avatarUrl,
    accentColor,
    theme,
    qrStyle,
    contactsOpen,
    contactDays,
  } = {
    ...own,
    ...(patch as Partial<OwnProfileWithLinks>),
  };
  return {
    kind: 'profile',
    ownerId: own.id,
    version: own.version,
    passEpoch: 0,
    since: 0,
    theme,
    qrStyle,
    ...(contactsOpen && { contactDays }),
    profile: {
      ...{ username, displayName, bio, pronouns, role, company, avatarUrl, accentColor },
      links: own.platformLinks.map((link) => ({ ...link, followed: false })),
    },
    cards: cards.flatMap(({ visibility, links, ...card }): RecordCard[] =>
      visibility === 'PRIVATE'
        ? []
        : [{ ...card, visibility, slug: null, linkIds: links.map(({ id }) => id) }],
    ),
  };
}

/** The record with one private card that nobody but its owner may see; undefined where that is no private card of theirs. */
export function recordWithPrivate(
  own: OwnProfileWithLinks,
  cards: readonly OwnCard[],
  cardId: string,
): ProfileRecord | undefined {
  const card = cards.find(({ id, visibility }) => id === cardId && visibility === 'PRIVATE');
  return card && recordAfter(own, [{ ...card, visibility: 'UNLISTED' }]);
}
