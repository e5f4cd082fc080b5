/** `/.well-known/`: the public keys of QR tokens (RFC 7517, RFC 8615), the list of what was revoked, and whom this deployment vouches for. */
import { Hono } from 'hono';
import { JWKS_MAX_AGE_SECONDS } from '../../domain/tokens/key-ring.ts';
import { digest } from '../../pages/digest.ts';
import { conditional } from '../cacheable.ts';
import type { AppEnv } from '../context.ts';

export const wellKnown = new Hono<AppEnv>()
  .get('/jwks.json', (c) => {
    const keySet = c.var.services.qrSessions.publicKeys();
    // A kid names its key for good, so the kids name the set.
    const etag = keySet.keys.map(({ kid }) => kid).join('.');
    return conditional(c, etag, () => JSON.stringify(keySet), {
      'Content-Type': 'application/jwk-set+json',
      'Cache-Control': `public, max-age=${JWKS_MAX_AGE_SECONDS}`,
    });
  })
  .get('/trusted-issuers.json', async (c) => {
    const issuers = c.var.services.qrSessions.trustedIssuers();
    const json = JSON.stringify({ issuers });
    return conditional(c, await digest(json, 'base64url'), () => json, {
      'Content-Type': 'application/json',
      'Cache-Control': `public, max-age=${JWKS_MAX_AGE_SECONDS}`,
    });
  })
  .get('/revoked.json', async (c) => {
    const { digest, json } = await c.var.services.revocations.list();
    return conditional(c, digest, () => json, {
      'Content-Type': 'application/jose+json',
      'Cache-Control': `public, max-age=${JWKS_MAX_AGE_SECONDS}`,
    });
  });
