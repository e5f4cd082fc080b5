/** `/.well-known/jwks.json`: the public keys of QR tokens (RFC 7517, RFC 8615). */
import { Hono } from 'hono';
import { JWKS_MAX_AGE_SECONDS } from '../domain/key-ring.ts';
import { type AppEnv, tagged } from './http.ts';

export const wellKnown = new Hono<AppEnv>().get('/jwks.json', (c) => {
  const keySet = c.var.services.qrSessions.publicKeys();
  // A kid names its key for good, so the kids name the set.
  const etag = keySet.keys.map(({ kid }) => kid).join('.');
  return tagged(c, etag, () => JSON.stringify(keySet), {
    'Content-Type': 'application/jwk-set+json',
    'Cache-Control': `public, max-age=${JWKS_MAX_AGE_SECONDS}`,
  });
});
