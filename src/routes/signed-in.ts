/** Lets only owners through. */
import { createMiddleware } from 'hono/factory';
import { Problem } from '../domain/problem.ts';
import type { AppEnv } from './http.ts';

/**
 * Recognises an owner by `Authorization: Bearer` (RFC 6750), and marks the answer as not to be stored.
 * @throws Problem `unauthorized` with a challenge
 */
export const signedIn = createMiddleware<AppEnv>(async function signedIn(c, next) {
  c.header('Cache-Control', 'no-store');
  const bearer = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(c.req.header('Authorization') ?? '')?.[1];
  const owner = bearer && (await c.var.services.ownerSessions.verify(bearer));
  if (!owner)
    throw new Problem('unauthorized', { headers: { 'WWW-Authenticate': 'Bearer realm="devcard"' } });
  c.set('owner', owner);
  await next();
});
