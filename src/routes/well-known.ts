/** `/.well-known/jwks.json`: the public keys of QR tokens (RFC 7517, RFC 8615). */
import { Hono } from 'hono';
import { JWKS_MAX_AGE_SECONDS } from '../domain/key-ring.ts';
import type { AppEnv } from './http.ts';

export const wellKnown = new Hono<AppEnv>().get('/jwks.json', (c) =>
  c.body(JSON.stringify(c.var.services.qrSessions.publicKeys()), 200, {
    'Content-Type': 'application/jwk-set+json',
    'Cache-Control': `public, max-age=${JWKS_MAX_AGE_SECONDS}`,
  }),
);
