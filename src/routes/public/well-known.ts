/** `/.well-known/` (RFC 8615): public keys of QR tokens, metadata of credentials, revoked offline passes, issuers that this deployment trusts. */
import type { Context } from 'hono';
import { JWKS_MAX_AGE_SECONDS } from '../../domain/tokens/key-ring.ts';
import { digest } from '../../pages/digest.ts';
import { conditional } from '../cacheable.ts';
import type { AppEnv } from '../context.ts';
import { FREE_READ, route } from '../route.ts';

export const wellKnown = [
  route('GET /.well-known/jwks.json', {
    ...FREE_READ,
    docs: DESCRIBED && {
      id: 'getPublicKeys',
      summary: 'Public keys of the QR tokens',
      kind: 'public',
      answer: 'KeySet',
      conditional: true,
      example: {
        answer: {
          keys: [
            {
              kty: 'EC',
              crv: 'P-256',
              x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
              y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
              kid: '8x2Q',
              alg: 'ES256',
              use: 'sig',
            },
          ],
        },
      },
    },
    handle: (c) => {
      const keySet = c.var.services.qrSessions.publicKeys();
      // A kid names its key for good, so the kids name the set.
      const etag = keySet.keys.map(({ kid }) => kid).join('.');
      return answer(c, 'application/jwk-set+json', etag, JSON.stringify(keySet));
    },
  }),

  route('GET /.well-known/jwt-vc-issuer', {
    ...FREE_READ,
    docs: DESCRIBED && {
      id: 'getCredentialIssuer',
      summary: 'Issuer of the credentials that a QR session can come as (SD-JWT VC)',
      kind: 'public',
      answer: 'CredentialIssuer',
      conditional: true,
      example: {
        answer: {
          issuer: 'http://localhost:8787',
          jwks_uri: 'http://localhost:8787/.well-known/jwks.json',
        },
      },
    },
    handle: (c) => {
      const issuer = c.get('origin');
      return constant(c, { issuer, jwks_uri: `${issuer}/.well-known/jwks.json` });
    },
  }),

  route('GET /.well-known/vct/devcard', {
    ...FREE_READ,
    docs: DESCRIBED && {
      id: 'getCredentialType',
      summary: 'Type metadata of those credentials',
      kind: 'public',
      answer: 'CredentialType',
      conditional: true,
    },
    handle: (c) => constant(c, c.var.services.qrSessions.credentialType()),
  }),

  route('GET /.well-known/revoked.json', {
    ...FREE_READ,
    docs: DESCRIBED && {
      id: 'getRevocations',
      summary:
        'Signed list of the offline passes that were revoked in the last week, for verifiers that go offline',
      kind: 'public',
      answer: 'RevocationList',
      conditional: true,
      problems: ['unavailable'],
      example: {
        answer: {
          payload: 'eyJpc3MiOiJodHRwczovL2RldmNhcmQuZXhhbXBsZSIsImlhdCI6MTc5NTAwMDAwMCwiciI6W119',
          signature: 'DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q',
          protected: 'eyJhbGciOiJFUzI1NiIsImtpZCI6Ijh4MlEiLCJ0eXAiOiJkZXZjYXJkLXJldm9jYXRpb25zIn0',
        },
      },
    },
    handle: async (c) => {
      const { digest, json } = await c.var.services.revocations.list();
      return answer(c, 'application/jose+json', digest, json);
    },
  }),

  route('GET /.well-known/trusted-issuers.json', {
    ...FREE_READ,
    docs: DESCRIBED && {
      id: 'getTrustedIssuers',
      summary: 'Other deployments whose cards scanners of this one trust without asking; none unless set',
      kind: 'public',
      answer: 'TrustedIssuers',
      conditional: true,
      example: { answer: { issuers: [] } },
    },
    handle: (c) => constant(c, { issuers: c.var.services.qrSessions.trustedIssuers() }),
  }),
];

/** What only another configuration or release changes. */
async function constant(c: Context<AppEnv>, value: object): Promise<Response> {
  const json = JSON.stringify(value);
  return answer(c, 'application/json', await digest(json, 'base64url'), json);
}

function answer(c: Context<AppEnv>, contentType: string, etag: string, json: string): Promise<Response> {
  return conditional(c, etag, () => json, {
    'Content-Type': contentType,
    'Cache-Control': `public, max-age=${JWKS_MAX_AGE_SECONDS}`,
  });
}
