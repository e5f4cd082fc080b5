/** `/.well-known/` (RFC 8615): public keys of QR tokens, metadata of credentials, what was revoked, whom this deployment vouches for. */
import { type Context, Hono } from 'hono';
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
  .get('/jwt-vc-issuer', (c) => {
    const issuer = c.get('origin');
    return constant(c, { issuer, jwks_uri: `${issuer}/.well-known/jwks.json` });
  })
  .get('/vct/devcard', (c) => constant(c, c.var.services.qrSessions.credentialType()))
  .get('/trusted-issuers.json', (c) => constant(c, { issuers: c.var.services.qrSessions.trustedIssuers() }))
  .get('/revoked.json', async (c) => {
    const { digest, json } = await c.var.services.revocations.list();
    return conditional(c, digest, () => json, {
      'Content-Type': 'application/jose+json',
      'Cache-Control': `public, max-age=${JWKS_MAX_AGE_SECONDS}`,
    });
  });

/** What only another configuration or release changes. */
async function constant(c: Context<AppEnv>, value: object): Promise<Response> {
  const json = JSON.stringify(value);
  return conditional(c, await digest(json, 'base64url'), () => json, {
    'Content-Type': 'application/json',
    'Cache-Control': `public, max-age=${JWKS_MAX_AGE_SECONDS}`,
  });
}
