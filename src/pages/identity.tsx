/** The head of a card: picture or initials, name, handle, role, bio. */
import type { Child } from 'hono/jsx';
import { initials } from '../domain/initials.ts';
import type { ProfileFields } from '../domain/profile.ts';
import { httpsUrl } from './safe-url.ts';

/** Pixels along a side of the picture, as styled. */
const FACE_SIZE = 96;

interface IdentityProps {
  owner: Omit<ProfileFields, 'accentColor'>;
  level?: 1 | 2;
  children?: Child;
}

/** The head of a card; `children` are its buttons. `level` is that of the name among the page's headings. */
export function Identity({ owner, level = 1, children }: IdentityProps) {
  const Heading = `h${level}` as const;
  const { username, displayName, pronouns, role, company, bio } = owner;
  return (
    <header class="id">
      <Face {...owner} />
      <Heading class="name" dir="auto">
        {displayName}
      </Heading>
      <p class="handle">
        <bdi>@{username}</bdi>
        {pronouns && (
          <>
            {' · '}
            <bdi>{pronouns}</bdi>
          </>
        )}
      </p>
      {(role || company) && (
        <p class="role">
          {role && <bdi>{role}</bdi>}
          {role && company && ' · '}
          {company && <bdi>{company}</bdi>}
        </p>
      )}
      {bio && (
        <p class="bio" dir="auto">
          {bio}
        </p>
      )}
      {children}
    </header>
  );
}

/** The initials are always there, under the picture: they show while it loads and where it fails. */
function Face({
  displayName,
  username,
  avatarUrl,
}: Pick<ProfileFields, 'displayName' | 'username' | 'avatarUrl'>) {
  const picture = httpsUrl(avatarUrl);
  return (
    <div class="face">
      <span aria-hidden="true">{initials(displayName) || initials(username)}</span>
      {picture && (
        <img
          src={picture}
          alt=""
          width={FACE_SIZE}
          height={FACE_SIZE}
          decoding="async"
          referrerpolicy="no-referrer"
        />
      )}
    </div>
  );
}
