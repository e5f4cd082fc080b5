/** A sign-in under way: what the browser keeps between leaving for the provider and coming back, and where it goes then. */
import * as v from 'valibot';
import { readToken, signToken, type TokenContext, type TokenKind } from './signed-token.ts';

/** Seconds that somebody has to sign in at the provider. */
export const SIGN_IN_ATTEMPT_SECONDS = 10 * 60;

const KIND: TokenKind = {
  typ: 'devcard-sign-in+jwt',
  audience: 'devcard:sign-in',
  lifetimeSeconds: SIGN_IN_ATTEMPT_SECONDS,
};

/**
 * The query with which it begins: a path to go to afterwards. The existing app sends `state=mobile_…` instead: it comes
 * for a token.
 */
export const SignInQuery = v.object({ returnTo: v.optional(v.string()), state: v.optional(v.string()) });

export interface SignInAttempt {
  /** Id of the provider that was asked: no other one may answer. */
  provider: string;
  /** Ties the answer to this browser (RFC 6749 section 10.12). */
  state: string;
  /** The PKCE secret whose hash the provider was sent (RFC 7636). */
  verifier: string;
  /** Where to go afterwards; a URL of ours. */
  returnTo: string;
}

/** Signs an attempt for the cookie of the browser that makes it. */
export function signAttempt(attempt: SignInAttempt, context: TokenContext): Promise<string> {
  return signToken(KIND, { ...attempt }, context);
}

/** The attempt in a cookie, or undefined when it is not one of ours or took too long. */
export async function readAttempt(token: string, context: TokenContext): Promise<SignInAttempt | undefined> {
  const claims = await readToken<Record<string, unknown>>(KIND, token, context);
  return claims as SignInAttempt | undefined;
}

/** Longest way back, as it stands in an address: browsers drop cookies of more than 4,096 bytes, and say nothing. */
export const MAX_RETURN_CHARACTERS = 512;

/**
 * The URL of a path of ours, or undefined for whatever leads to another origin or is no path from the root. A path that
 * is too long for a cookie gives way to `/me`.
 */
export function returnUrl(path: string, origin: string): string | undefined {
  if (!path.startsWith('/')) return undefined;
  const url = URL.parse(path, origin);
  if (url?.origin !== origin) return undefined;
  // JSON would write each of them twice.
  const { length } = url.href.slice(origin.length).replaceAll('\\', '%5C');
  return length > MAX_RETURN_CHARACTERS ? `${origin}/me` : url.href;
}
