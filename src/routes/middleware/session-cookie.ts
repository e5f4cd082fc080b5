/** Cookies of signing in: for this host alone, over TLS, out of reach of scripts, and not sent along by other sites' forms. */
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { OWNER_SESSION_LIFETIME_SECONDS } from '../../domain/tokens/owner-session.ts';
import { PENDING_SIGN_UP_SECONDS } from '../../domain/tokens/pending-sign-up.ts';
import { SIGN_IN_ATTEMPT_SECONDS } from '../../domain/tokens/sign-in-attempt.ts';

/** How long browsers keep each, in seconds; the tokens in them end then too. */
const COOKIES = {
  devcard: OWNER_SESSION_LIFETIME_SECONDS,
  'devcard-sign-in': SIGN_IN_ATTEMPT_SECONDS,
  'devcard-sign-up': PENDING_SIGN_UP_SECONDS,
} as const;

/** Their names without `__Host-`, which makes browsers insist on Secure, this host and the whole path (RFC 6265bis 4.1.3.2). */
type CookieName = keyof typeof COOKIES;

/** Lax: it must come back with the redirect from the provider, which is another site. */
const OPTIONS = { prefix: 'host', path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const;

/** The token in a cookie, unverified. */
export function cookieToken(c: Context, name: CookieName): string | undefined {
  return getCookie(c, name, 'host');
}

/** Has the browser keep a token. */
export function keepToken(c: Context, name: CookieName, token: string): void {
  setCookie(c, name, token, { ...OPTIONS, maxAge: COOKIES[name] });
}

/** Has the browser forget a token. */
export function forgetToken(c: Context, name: CookieName): void {
  deleteCookie(c, `__Host-${name}`, { path: '/', secure: true });
}
