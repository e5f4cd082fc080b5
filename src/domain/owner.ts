/** What owners see of themselves, and how a request names its owner. */
import type { ProfileFields, PublicLink } from './profile.ts';

/** Who is signed in: the user's id, and the epoch of the session (an older one is signed out). */
export interface Owner {
  id: string;
  epoch: number;
}

/** Who wants to change something, and which versions they have seen (If-Match); null insists on none. */
export interface Edit {
  owner: Owner;
  versions: readonly number[] | null;
}

export type OwnLink = Omit<PublicLink, 'followed'>;

/** The own profile without links, as `PUT /api/profiles/me` answers it. */
export interface OwnProfile extends ProfileFields {
  id: string;
  email: string | null;
  /** Id of a look in `THEMES`. */
  theme: string;
  /** Grows with every change that shows; the ETag of the owner's answers. */
  version: number;
}

/** `GET /api/profiles/me` */
export interface OwnProfileWithLinks extends OwnProfile {
  platformLinks: OwnLink[];
  defaultCardId: string | null;
}

type Editable =
  | 'displayName'
  | 'username'
  | 'bio'
  | 'pronouns'
  | 'role'
  | 'company'
  | 'accentColor'
  | 'theme';

/** A change of the own profile: a field that is absent or undefined stays as it is. */
export type ProfilePatch = { [Field in Editable]?: OwnProfile[Field] | undefined };
