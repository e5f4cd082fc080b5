/** What an import changes, leaves out or wants looked at: one finding each, with its reason. */

/** Every reason, as the summary says it. */
export const REASONS = {
  'name-characters': 'names had characters that a username cannot have; they were replaced',
  'name-too-long': 'names had more than 50 characters and were cut',
  'name-too-short': 'names had fewer than 3 characters and got a suffix',
  'name-reserved': 'names are reserved here, or read as the voice of this service, and were changed',
  'name-same-but-for-case':
    'names differ from an older account’s by case alone and got a suffix; codes with the old name lead to that account',
  'name-taken-here': 'names belong to somebody else here and got a suffix',
  'no-name-found': 'people were left out: no free name could be made',
  'account-here':
    'people were left out: they have an account here already, made by signing in; delete that one and import again',
  'not-written': 'people were left out: the new database refused them',
  'text-mended': 'texts lost characters that are not allowed, such as control characters',
  'text-cut': 'texts were longer than allowed and were cut',
  'text-missing': 'names or titles were empty and were filled in',
  'color-replaced': 'colours were not of the form #rrggbb; the usual one was taken',
  'picture-left-out': 'pictures had no https address',
  'phone-left-out':
    'telephone numbers of accounts are not kept here; a link of the kind «phone» can hold one',
  'identity-from-picture':
    'people had no identity; their GitHub account was read from the address of their picture',
  'identity-unknown-provider': 'identities are of a provider that is not one of this service',
  'no-identity': 'people have no identity and cannot sign in until one is added',
  'id-replaced': 'ids were no UUIDs and were replaced, so that codes with them lead nowhere',
  'platform-renamed': 'links named their platform by another word, such as x or website',
  'platform-guessed': 'links are on another platform than they said',
  'link-to-custom':
    'links do not follow the rule of their platform and became custom links to the same address',
  'link-rewritten': 'links were written in another way and lead to the same account',
  'link-to-https': 'links began with http:// and lead to https:// now',
  'link-address-dropped': 'links kept their handle and lost an address that was not safe',
  'link-refused': 'links were left out',
  'too-many-links': 'links were left out, because a profile has at most 50',
  'many-cards':
    'people have more than 20 cards: all are kept, and new ones are refused until there are fewer',
  'too-many-cards': 'cards were left out, because nobody needs so many',
  'card-visibility': 'cards had an unknown visibility and are PRIVATE now',
  'card-link-left-out': 'places on cards were left out, because their link was',
  'default-card': 'people had several default cards or none: the oldest was chosen',
  'source-unknown': 'sums of views came from a source that is unknown here and count as «link»',
} as const;

export type Reason = keyof typeof REASONS;

export interface Finding {
  outcome: 'changed' | 'left-out' | 'noted';
  reason: Reason;
  /** The old id of the link, card or place on a card, where it is about one. */
  id?: string;
  /** The field of a profile or card. */
  field?: string;
  from?: string;
  to?: string;
  detail?: string;
}
