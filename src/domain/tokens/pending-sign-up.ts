/** Somebody whom a provider knows and we do not yet: what becomes of their profile there, and the wait for a username. */
import { type LinkDraft, type ParsedLink, parseLink } from '../links/parse-link.ts';
import { LIMITS } from '../profile.ts';
import { checkText } from '../text.ts';
import { readToken, signToken, type TokenContext, type TokenKind } from './signed-token.ts';

/** Seconds that a pendingSignUp has to choose a username. */
export const PENDING_SIGN_UP_SECONDS = 30 * 60;

/** Longest address of a picture that fits into the cookie beside everything else. */
const MAX_AVATAR_CHARACTERS = 500;

const KIND: TokenKind = {
  typ: 'devcard-pendingSignUp+jwt',
  audience: 'devcard:pendingSignUp',
  lifetimeSeconds: PENDING_SIGN_UP_SECONDS,
};

/** By which a person is found again: never by name or e-mail, which change hands. */
export interface Identity {
  /** Id of the provider, such as `github`. */
  provider: string;
  /** The provider's own id of the account, which never changes. */
  providerId: string;
}

/** An account as a provider describes it. */
export interface Person extends Identity {
  /** The name of the account there, which may serve as username; null where accounts have none. */
  login: string | null;
  name: string | null;
  avatarUrl: string | null;
  /** The account's own page, if the provider is a platform of ours. */
  link: LinkDraft | null;
}

/** All that an account is made of, but for its username. */
export interface PendingSignUp extends Identity {
  login: string | null;
  displayName: string;
  avatarUrl: string | null;
  link: ParsedLink | null;
}

/** Keeps of a provider's profile what our own rules allow. */
export function pendingSignUpOf({
  provider,
  providerId,
  login,
  name,
  avatarUrl,
  link,
}: Person): PendingSignUp {
  const named = checkText((name || login) ?? '', { max: LIMITS.displayName });
  const parsed = link && parseLink(link);
  return {
    provider,
    providerId,
    login,
    displayName: (named.ok && named.value) || login || 'Somebody new',
    avatarUrl: avatarUrl && isPicture(avatarUrl) ? avatarUrl : null,
    link: parsed?.ok ? parsed.link : null,
  };
}

/** Signs a pendingSignUp for the cookie of their browser. @param returnTo where to go afterwards; a URL of ours */
export function signPendingSignUp(
  pendingSignUp: PendingSignUp,
  returnTo: string,
  context: TokenContext,
): Promise<string> {
  return signToken(KIND, { pendingSignUp, returnTo }, context);
}

/** The pendingSignUp in a cookie, or undefined when it is not one of ours or took too long. */
export async function readPendingSignUp(
  token: string,
  context: TokenContext,
): Promise<{ pendingSignUp: PendingSignUp; returnTo: string } | undefined> {
  return readToken<{ pendingSignUp: PendingSignUp; returnTo: string }>(KIND, token, context);
}

function isPicture(address: string): boolean {
  return address.length <= MAX_AVATAR_CHARACTERS && URL.parse(address)?.protocol === 'https:';
}
