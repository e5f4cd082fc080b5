/** What came of an owner's write: done, or refused for a reason that has a name. */

export type Refusal =
  | 'signed-out'
  | 'changed-meanwhile'
  | 'username-taken'
  | 'username-reserved'
  | 'sign-up-ended'
  | 'too-many-renames'
  | 'not-your-name'
  | 'link-not-found'
  | 'links-missing'
  | 'foreign-links'
  | 'too-many-links'
  | 'card-not-found'
  | 'too-many-cards'
  | 'last-card';

/** `version` is the profile's version after the write. */
export type Written<T> = { refusal: Refusal } | { refusal: null; version: number; value: T };
