/** What anybody may ask: profiles, cards, QR codes, contacts, keys. */
import { OEmbedQuery, WebFingerQuery } from '../src/routes/public/discovery.ts';
import { SessionQuery } from '../src/routes/public/profiles.ts';
import { QrPictureQuery } from '../src/routes/public/qr-codes.ts';
import { VerifyInput } from '../src/routes/public/qr-verification.ts';
import { ADA, LINKS, PUBLIC_CARD, SESSION, TOKEN, VERIFIED } from './examples.ts';
import { HTML, type Operation, PROBLEM } from './operation.ts';

/** The same under both addresses of the existing API. */
const bothWays = (base: string, alias = ''): Record<string, Operation> => ({
  [`GET ${base}/:username`]: {
    id: `getProfile${alias}`,
    summary: 'A public profile',
    kind: 'named',
    answer: 'PublicProfile',
    example: { answer: { ...ADA, links: LINKS } },
  },
  [`GET ${base}/:username/card/:cardId`]: {
    id: `getProfileCard${alias}`,
    summary: 'A card of a profile',
    kind: 'named',
    answer: 'PublicCard',
    problems: ['card-not-found'],
    example: { answer: PUBLIC_CARD },
  },
  [`GET ${base}/card/:cardId`]: {
    id: `getCard${alias}`,
    summary: 'A card by its id alone',
    kind: 'card',
    answer: 'PublicCard',
    example: { answer: PUBLIC_CARD },
  },
  [`GET ${base}/:username/qr-session`]: {
    id: `openQrSession${alias}`,
    summary: 'A signed QR session',
    kind: 'named',
    answer: ['QrSession', 'application/dc+sd-jwt'],
    headers: ['ETag', 'X-Cache', 'Cache-Status', 'Age'],
    query: SessionQuery,
    example: { answer: SESSION },
  },
  [`GET ${base}/:username/qr`]: {
    id: `getQrCode${alias}`,
    summary: 'QR code of the profile',
    kind: 'named',
    answer: ['image/png', 'image/svg+xml'],
    headers: ['ETag', 'X-Cache', 'Cache-Status', 'Content-Disposition'],
    query: QrPictureQuery,
    example: { query: { format: 'svg', size: '256' } },
  },
  [`GET ${base}/:username/qr-session/qr`]: {
    id: `getQrSessionCode${alias}`,
    summary: 'QR code that carries the signed profile',
    kind: 'named',
    answer: ['image/png', 'image/svg+xml'],
    headers: ['ETag', 'X-Cache', 'Cache-Status', 'Content-Disposition', 'Age'],
    query: QrPictureQuery,
    example: { query: { format: 'png', size: '600' } },
  },
  [`GET ${base}/:username/vcard`]: {
    id: `getContact${alias}`,
    summary: 'A profile as a contact',
    kind: 'named',
    answer: 'text/vcard',
    headers: ['ETag', 'X-Cache', 'Cache-Status', 'Content-Disposition'],
    example: {},
  },
});

export const PUBLIC_OPERATIONS: Readonly<Record<string, Operation>> = {
  ...bothWays('/api/public'),
  ...bothWays('/api/u', 'Alias'),
  'POST /api/public/qr-session/verify': {
    id: 'verifyQrToken',
    summary: 'Check a QR token',
    kind: 'public',
    answer: 'VerifiedQr',
    body: VerifyInput,
    problems: ['too-many-requests'],
    example: { body: { token: TOKEN }, answer: VERIFIED },
  },
  'GET /.well-known/jwks.json': {
    id: 'getPublicKeys',
    summary: 'Public keys of the QR tokens',
    kind: 'public',
    answer: 'KeySet',
    headers: ['ETag'],
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
  'GET /.well-known/jwt-vc-issuer': {
    id: 'getCredentialIssuer',
    summary: 'Issuer of the credentials that a QR session can come as (SD-JWT VC)',
    kind: 'public',
    answer: 'CredentialIssuer',
    headers: ['ETag'],
    conditional: true,
    example: {
      answer: {
        issuer: 'http://localhost:8787',
        jwks_uri: 'http://localhost:8787/.well-known/jwks.json',
      },
    },
  },
  'GET /.well-known/vct/devcard': {
    id: 'getCredentialType',
    summary: 'Type metadata of those credentials',
    kind: 'public',
    answer: 'CredentialType',
    headers: ['ETag'],
    conditional: true,
  },
  'GET /.well-known/revoked.json': {
    id: 'getRevocations',
    summary:
      'Signed list of the offline passes that were revoked in the last week, for verifiers that go offline',
    kind: 'public',
    answer: 'RevocationList',
    headers: ['ETag'],
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
  'GET /.well-known/trusted-issuers.json': {
    id: 'getTrustedIssuers',
    summary: 'Other deployments whose cards scanners of this one trust without asking; none unless set',
    kind: 'public',
    answer: 'TrustedIssuers',
    headers: ['ETag'],
    conditional: true,
    example: { answer: { issuers: [] } },
  },
  'GET /.well-known/webfinger': {
    id: 'findAccount',
    summary: 'The profile behind `acct:name@host` (RFC 7033)',
    kind: 'public',
    answer: 'Jrd',
    headers: ['ETag', 'X-Cache', 'Cache-Status'],
    conditional: true,
    query: WebFingerQuery,
    problems: ['invalid-username', 'user-not-found', 'too-many-requests', 'unavailable'],
    example: { query: { resource: 'http://localhost:8787/u/ada' } },
  },
  'GET /.well-known/security.txt': {
    id: 'getSecurityContact',
    summary: 'Where to report a vulnerability (RFC 9116); 404 unless `SECURITY_CONTACT` is set',
    kind: 'public',
    answer: 'text/plain',
    problems: ['not-found'],
  },
  'GET /badge/:badge': {
    id: 'getBadge',
    path: '/badge/:username.svg',
    summary: 'A badge for READMEs; `.json` instead of `.svg` is the same for Shields',
    kind: 'named',
    answer: ['image/svg+xml', 'application/json'],
    problemTypes: [PROBLEM, HTML],
    others: { 301: 'The user has another name now, under which `Location` leads on' },
    example: {},
  },
  'GET /oembed': {
    id: 'getEmbed',
    summary: 'What sites that embed the page in `url` show of it (oEmbed 1.0)',
    kind: 'public',
    answer: 'OEmbed',
    problemTypes: [PROBLEM, HTML],
    headers: ['ETag', 'X-Cache', 'Cache-Status'],
    conditional: true,
    query: OEmbedQuery,
    problems: ['invalid-username', 'user-not-found', 'too-many-requests', 'unavailable'],
    example: { query: { url: 'http://localhost:8787/u/ada' } },
  },
  'GET /healthz': {
    id: 'checkHealth',
    summary: 'Whether the Worker runs',
    kind: 'public',
    answer: 'Health',
    example: { answer: { status: 'ok' } },
  },
  'GET /health': {
    id: 'checkHealthAsBefore',
    summary: 'The same, as the existing DevCard answers it',
    kind: 'public',
    answer: 'ApiHealth',
    example: {},
  },
  'GET /readyz': {
    id: 'checkReadiness',
    summary: 'Whether Neon and Upstash answer; 503 where nothing new can be read',
    kind: 'public',
    answer: 'Readiness',
    failing: 503,
    example: {
      answer: {
        status: 'ok',
        neon: { status: 'ok', latencyMs: 12 },
        upstash: { status: 'ok', latencyMs: 4 },
      },
    },
  },
};
