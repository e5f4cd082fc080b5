/** What anybody may ask: profiles, cards, QR codes, contacts, keys. */

import { ADA, LINKS, PUBLIC_CARD, SESSION } from '../src/routes/docs/examples.ts';
import { HTML, type Operation, PROBLEM } from '../src/routes/docs/operation.ts';
import { OEmbedQuery, WebFingerQuery } from '../src/routes/public/discovery.ts';
import { SessionQuery } from '../src/routes/public/profiles.ts';
import { QrPictureQuery } from '../src/routes/public/qr-codes.ts';

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
    headers: ['Age'],
    query: SessionQuery,
    example: { answer: SESSION },
  },
  [`GET ${base}/:username/qr`]: {
    id: `getQrCode${alias}`,
    summary: 'QR code of the profile',
    kind: 'named',
    answer: ['image/png', 'image/svg+xml'],
    headers: ['Content-Disposition'],
    query: QrPictureQuery,
    example: { query: { format: 'svg', size: '256' } },
  },
  [`GET ${base}/:username/qr-session/qr`]: {
    id: `getQrSessionCode${alias}`,
    summary: 'QR code that carries the signed profile',
    kind: 'named',
    answer: ['image/png', 'image/svg+xml'],
    headers: ['Content-Disposition', 'Age'],
    query: QrPictureQuery,
    example: { query: { format: 'png', size: '600' } },
  },
  [`GET ${base}/:username/vcard`]: {
    id: `getContact${alias}`,
    summary: 'A profile as a contact',
    kind: 'named',
    answer: 'text/vcard',
    headers: ['Content-Disposition'],
    example: {},
  },
});

export const PUBLIC_OPERATIONS: Readonly<Record<string, Operation>> = {
  ...bothWays('/api/public'),
  ...bothWays('/api/u', 'Alias'),
  'GET /.well-known/webfinger': {
    id: 'findAccount',
    summary: 'The profile behind `acct:name@host` (RFC 7033)',
    kind: 'public',
    answer: 'Jrd',
    headers: ['X-Cache', 'Cache-Status'],
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
    headers: ['X-Cache', 'Cache-Status'],
    conditional: true,
    query: OEmbedQuery,
    problems: ['invalid-username', 'user-not-found', 'too-many-requests', 'unavailable'],
    example: { query: { url: 'http://localhost:8787/u/ada' } },
  },
};
