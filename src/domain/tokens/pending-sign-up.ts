/** A pending sign-up: the provider has confirmed an identity, and the username is still to be chosen. */
import { type LinkDraft, type ParsedLink, parseLink } from '../links/parse-link.ts';
import { LIMITS } from '../profile.ts';
import { checkText } from '../text.ts';
import { readToken, signToken, type TokenContext, type TokenKind } from './signed-token.ts';

/** Seconds within which a username must be chosen. */
export const PENDING_SIGN_UP_SECONDS = 30 * 60;

/** Most bytes of JSON that each part may take in the cookie, so that all of them fit into 4,096 as base64. */
const MAX_BYTES = { providerId: 255, login: 100, avatarUrl: 502, link: 400 };

const KIND: TokenKind = {
  typ: 'devcard-sign-up+jwt',
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
  const shortLogin = login !== null && fits('login', login) ? login : null;
  const named = checkText((name || shortLogin) ?? '', { max: LIMITS.displayName });
  const parsed = link && parseLink(link);
  return {
    provider,
    providerId,
    login: shortLogin,
    displayName: (named.ok && named.value) || shortLogin || 'Somebody new',
    avatarUrl: avatarUrl && isPicture(avatarUrl) ? avatarUrl : null,
    link: parsed?.ok && fits('link', parsed.link) ? parsed.link : null,
  };
}

/** What the cookie of a pending sign-up holds. */
export interface PendingClaims {
  pendingSignUp: PendingSignUp;
  /** When the provider confirmed the identity, in milliseconds: what happened to its account since then ends this. */
  confirmedAt: number;
  /** Where to go afterwards; a URL of ours. */
  returnTo: string;
}

/** Signs a pending sign-up for the cookie of its browser. */
export function signPendingSignUp(claims: PendingClaims, context: TokenContext): Promise<string> {
  return signToken(KIND, { ...claims }, context);
}

/** The pending sign-up in a cookie, or undefined when it is not one of ours or took too long. */
export async function readPendingSignUp(
  token: string,
  context: TokenContext,
): Promise<PendingClaims | undefined> {
  const claims = await readToken<Record<string, unknown>>(KIND, token, context);
  return typeof claims?.confirmedAt === 'number' ? (claims as unknown as PendingClaims) : undefined;
}

function isPicture(address: string): boolean {
  return fits('avatarUrl', address) && URL.parse(address)?.protocol === 'https:';
}

/** Whether a part is short enough for the cookie. */
export function fits(part: keyof typeof MAX_BYTES, value: unknown): boolean {
  return new TextEncoder().encode(JSON.stringify(value)).length <= MAX_BYTES[part];
}
