/** Protection against cross-site request forgery: writes that carry a cookie must come from our own pages. */
import type { Context } from 'hono';
import { Problem } from '../../domain/problem.ts';
import type { AppEnv } from '../context.ts';

/**
 * Whether a request comes from our own pages, or from a client that sends its token itself. Believes Sec-Fetch-Site,
 * which scripts cannot set; browsers from before it send Origin with every write. This is stricter than Hono's
 * middleware, which lets JSON pass unseen.
 */
export function isSameOrigin(c: Context<AppEnv>): boolean {
  // No form of another site can add it, and no script there without our leave (CORS).
  if (c.req.header('Authorization') !== undefined) return true;
  const site = c.req.header('Sec-Fetch-Site');
  return site === undefined ? c.req.header('Origin') === c.var.origin : site === 'same-origin';
}

/** @throws Problem `forbidden` */
export function requireSameOrigin(c: Context<AppEnv>): void {
  if (!isSameOrigin(c))
    throw new Problem('forbidden', { detail: 'This request did not come from a page of this site.' });
}
