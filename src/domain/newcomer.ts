/** Somebody whom a provider knows and we do not yet: what becomes of their profile there, and the wait for a username. */
import { type LinkDraft, type ParsedLink, parseLink } from './links.ts';
import { LIMITS } from './profile.ts';
import { readToken, signToken, type TokenContext, type TokenKind } from './signed-token.ts';
import { checkText } from './text.ts';

/** Seconds that a newcomer has to choose a username. */
export const NEWCOMER_SECONDS = 30 * 60;

/** Longest address of a picture that fits into the cookie beside everything else. */
const MAX_AVATAR_CHARACTERS = 500;

const KIND: TokenKind = {
  typ: 'devcard-newcomer+jwt',
  audience: 'devcard:newcomer',
  lifetimeSeconds: NEWCOMER_SECONDS,
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
export interface Newcomer extends Identity {
  login: string | null;
  displayName: string;
  avatarUrl: string | null;
  link: ParsedLink | null;
}

/** Keeps of a provider's profile what our own rules allow. */
export function newcomerOf({ provider, providerId, login, name, avatarUrl, link }: Person): Newcomer {
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

/** Signs a newcomer for the cookie of their browser. @param returnTo where to go afterwards; a URL of ours */
export function signNewcomer(newcomer: Newcomer, returnTo: string, context: TokenContext): Promise<string> {
  return signToken(KIND, { newcomer, returnTo }, context);
}

/** The newcomer in a cookie, or undefined when it is not one of ours or took too long. */
export async function readNewcomer(
  token: string,
  context: TokenContext,
): Promise<{ newcomer: Newcomer; returnTo: string } | undefined> {
  return readToken<{ newcomer: Newcomer; returnTo: string }>(KIND, token, context);
}

function isPicture(address: string): boolean {
  return address.length <= MAX_AVATAR_CHARACTERS && URL.parse(address)?.protocol === 'https:';
}
