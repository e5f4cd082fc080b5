/** `/.well-known/jwks.json`: the public keys of QR tokens (RFC 7517, RFC 8615). */
import { Hono } from 'hono';
import { JWKS_MAX_AGE_SECONDS } from '../../domain/tokens/key-ring.ts';
import { conditional } from '../cacheable.ts';
import type { AppEnv } from '../context.ts';

export const wellKnown = new Hono<AppEnv>().get('/jwks.json', (c) => {
  const keySet = c.var.services.qrSessions.publicKeys();
  // A kid names its key for good, so the kids name the set.
  const etag = keySet.keys.map(({ kid }) => kid).join('.');
  return conditional(c, etag, () => JSON.stringify(keySet), {
    'Content-Type': 'application/jwk-set+json',
    'Cache-Control': `public, max-age=${JWKS_MAX_AGE_SECONDS}`,
  });
});
