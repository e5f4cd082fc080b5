/** The owner's own profile, and how a request identifies its owner. */
import type { ProfileFields, PublicLink } from './profile.ts';
import type { QrStyle } from './qr/style.ts';

/** The signed-in user: id, and the epoch of the session (a session of an older epoch is signed out). */
export interface Owner {
  id: string;
  epoch: number;
  /** Id of the session, which may have been ended by itself. */
  session?: string | undefined;
}

/** The owner of a change, and the versions that it may be applied to (If-Match); null accepts any. */
export interface Edit {
  owner: Owner;
  versions: readonly number[] | null;
}

export type OwnLink = Omit<PublicLink, 'followed'>;

/** Where a link is to stand. */
export type LinkPlace = Pick<OwnLink, 'id' | 'displayOrder'>;

/** The own profile without links, as `PUT /api/profiles/me` answers it. */
export interface OwnProfile extends ProfileFields {
  id: string;
  email: string | null;
  /** Id of a look in `THEMES`. */
  theme: string;
  /** How the codes look; null for plain ones. */
  qrStyle: QrStyle | null;
  /** Whether visitors may leave their details on the public page, and for how many days those are kept. */
  contactsOpen: boolean;
  contactDays: number;
  /** ISO 8601 */
  createdAt: string;
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
  | 'theme'
  | 'qrStyle'
  | 'contactsOpen'
  | 'contactDays';

/** A change of the own profile: a field that is absent or undefined stays as it is. */
export type ProfilePatch = { [Field in Editable]?: OwnProfile[Field] | undefined };
