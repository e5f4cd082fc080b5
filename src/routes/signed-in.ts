/** Lets only owners through. */
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { Problem } from '../domain/problem.ts';
import type { AppEnv } from './http.ts';

/** The session token of a request, unverified: `Authorization: Bearer` (RFC 6750). */
export function sessionToken(c: Context): string | undefined {
  return /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(c.req.header('Authorization') ?? '')?.[1];
}

/**
 * Recognises an owner by the session token, and marks the answer as not to be stored.
 * @throws Problem `unauthorized` with a challenge
 */
export const signedIn = createMiddleware<AppEnv>(async function signedIn(c, next) {
  c.header('Cache-Control', 'no-store');
  const token = sessionToken(c);
  const owner = token && (await c.var.services.ownerSessions.verify(token));
  if (!owner)
    throw new Problem('unauthorized', { headers: { 'WWW-Authenticate': 'Bearer realm="devcard"' } });
  c.set('owner', owner);
  await next();
});
