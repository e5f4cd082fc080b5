/** Lets only owners through. */
import type { Context, MiddlewareHandler } from 'hono';
import { Problem } from '../../domain/problem.ts';
import type { RateLimitName } from '../../domain/rate-limits.ts';
import type { OwnerSession } from '../../domain/tokens/owner-session.ts';
import type { AppEnv } from '../context.ts';
import { once } from './idempotency.ts';
import { countClient } from './rate-limit.ts';
import { requireSameOrigin } from './same-origin.ts';
import { cookieToken, keepToken } from './session-cookie.ts';

/** Methods that change nothing (RFC 9110 section 9.2.1). */
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/** The session token of a request, unverified: `Authorization: Bearer` (RFC 6750), or the cookie where there is no such header. */
export function sessionToken(c: Context): string | undefined {
  const authorization = c.req.header('Authorization');
  if (authorization === undefined) return cookieToken(c, 'devcard');
  return /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
}

/** The session that a request shows, if it is valid. */
export async function sessionOf(c: Context<AppEnv>): Promise<OwnerSession | undefined> {
  const token = sessionToken(c);
  return token === undefined ? undefined : c.var.services.ownerSessions.verify(token);
}

/**
 * Gives a browser the next token of a session past half of its life. For reads that the database has answered: it
 * knows who has been signed out.
 */
async function renewSession(c: Context<AppEnv>, session: OwnerSession): Promise<void> {
  if (c.req.header('Authorization') !== undefined) return;
  const renewed = await c.var.services.ownerSessions.renew(session);
  if (renewed) keepToken(c, 'devcard', renewed);
}

/** What takes all that there is of an owner out of the database. */
const EXPORTS = /^\/api\/(?:profiles\/me\/export|analytics\/views\.csv)$/;

/**
 * Recognises an owner by the session token, and marks the answer as not to be stored. Browsers' writes must come from
 * our own pages, and their sessions are renewed in passing. Nothing of a body is read before it.
 * @param limit counts requests by owner
 */
export function requireOwnerWithin(limit: RateLimitName | null): MiddlewareHandler<AppEnv> {
  /** @throws Problem `unauthorized`, `forbidden`, `too-many-requests` */
  return async function requireOwner(c, next) {
    c.header('Cache-Control', 'no-store');
    const session = await sessionOf(c);
    const isRead = SAFE_METHODS.includes(c.req.method);
    if (!session) {
      if (!isRead) await countClient(c, 'strangers');
      throw new Problem('unauthorized');
    }
    if (!isRead) requireSameOrigin(c);
    c.set('session', session);
    c.set('owner', session.owner);
    if (limit) await c.var.services.rateLimits.count(limit, session.owner.id);
    if (!isRead) return once(c, next);
    await next();
    if (c.res.ok) await renewSession(c, session);
    return undefined;
  };
}

const [reads, exports, writes] = (['ownReads', 'exports', 'writes'] as const).map(requireOwnerWithin) as [
  MiddlewareHandler<AppEnv>,
  MiddlewareHandler<AppEnv>,
  MiddlewareHandler<AppEnv>,
];

/** As `requireOwnerWithin`, for routes that are not in `ROUTES` yet. */
export const requireOwner: MiddlewareHandler<AppEnv> = function requireOwner(c, next) {
  if (!SAFE_METHODS.includes(c.req.method)) return writes(c, next);
  return EXPORTS.test(c.req.path) ? exports(c, next) : reads(c, next);
};
