/** Every operation of the service, keyed as the router knows it: a test compares the two. */
import type * as v from 'valibot';
import { ImportInput } from '../src/domain/own-data.ts';
import {
  AccountRemoval,
  CardInput,
  CardPatch,
  LinkInput,
  ProfilePatch,
  ReorderInput,
  UsernameInput,
} from '../src/domain/profile-input.ts';
import { SignInQuery } from '../src/domain/sign-in-attempt.ts';
import { Page, Period } from '../src/routes/analytics.ts';
import { OfflinePassInput } from '../src/routes/offline-pass.ts';
import { QrPictureQuery } from '../src/routes/qr-codes.ts';
import { VerifyInput } from '../src/routes/qr-verification.ts';
import type { AnswerName } from './answers.ts';

type ObjectSchema = v.GenericSchema & { entries: Record<string, v.GenericSchema> };

/** What a route takes and gives. */
export interface Operation {
  summary: string;
  /** The name of a JSON answer, a media type, or null for an empty one. */
  answer: AnswerName | `${string}/${string}` | null;
  /** Of success, 200 unless said. */
  status?: number;
  body?: v.GenericSchema;
  query?: ObjectSchema;
  list?: boolean;
}

const HTML = 'text/html';

const publicOperations = (base: string): Record<string, Operation> => ({
  [`GET ${base}/:username`]: { summary: 'A public profile', answer: 'PublicProfile' },
  [`GET ${base}/:username/card/:cardId`]: { summary: 'A card of a profile', answer: 'PublicCard' },
  [`GET ${base}/card/:cardId`]: { summary: 'A card by its id alone', answer: 'PublicCard' },
  [`GET ${base}/:username/qr-session`]: { summary: 'A signed QR session', answer: 'QrSession' },
  [`GET ${base}/:username/qr`]: {
    summary: 'QR code of the profile',
    answer: 'image/png',
    query: QrPictureQuery,
  },
  [`GET ${base}/:username/qr-session/qr`]: {
    summary: 'QR code that carries the signed profile',
    answer: 'image/png',
    query: QrPictureQuery,
  },
  [`GET ${base}/:username/vcard`]: { summary: 'A profile as a contact', answer: 'text/vcard' },
});

/** Forms of the editor: they lead back to it. Programs use `/api/`. */
const editorForms = Object.fromEntries(
  [
    ['profile', 'Form of the profile'],
    ['links', 'Form of a new link'],
    ['links/order', 'Form of the order of the links'],
    ['links/:id', 'Form of a link'],
    ['links/:id/remove', 'Button that removes a link'],
    ['cards', 'Form of a new card'],
    ['cards/:id', 'Form of a card'],
    ['cards/:id/default', 'Button that makes a card the default'],
    ['cards/:id/remove', 'Button that removes a card'],
    ['offline-pass', 'Form of an offline code, answered with its page'],
    ['offline-pass/revoke', 'Button that revokes all such codes'],
    ['import', 'Form that takes an export back'],
    ['remove', 'Form that deletes the account'],
  ].map(([path = '', summary = '']): [string, Operation] => [
    `POST /me/${path}`,
    path === 'offline-pass' ? { summary, answer: HTML, status: 201 } : { summary, answer: null, status: 303 },
  ]),
);

export const OPERATIONS: Record<string, Operation> = {
  ...publicOperations('/api/public'),
  ...publicOperations('/api/u'),
  'POST /api/public/qr-session/verify': {
    summary: 'Check a QR token',
    answer: 'VerifiedQr',
    body: VerifyInput,
  },
  'GET /.well-known/jwks.json': { summary: 'Public keys of the QR tokens', answer: 'KeySet' },
  'GET /healthz': { summary: 'Whether the Worker runs', answer: 'Health' },
  'GET /readyz': { summary: 'Whether Neon and Upstash answer', answer: 'Readiness' },
  'GET /api/profiles/me': { summary: 'The own profile', answer: 'OwnProfileWithLinks' },
  'PUT /api/profiles/me': { summary: 'Change the own profile', answer: 'OwnProfile', body: ProfilePatch },
  'DELETE /api/profiles/me': { summary: 'Leave for good', answer: null, status: 204, body: AccountRemoval },
  'GET /api/profiles/me/export': { summary: 'All own data', answer: 'Json' },
  'POST /api/profiles/me/import': { summary: 'Bring an export back', answer: 'Message', body: ImportInput },
  'POST /api/profiles/me/offline-pass': {
    summary: 'An offline code that lives for hours',
    answer: 'Json',
    status: 201,
    body: OfflinePassInput,
  },
  'DELETE /api/profiles/me/offline-pass': { summary: 'Revoke all such codes', answer: null, status: 204 },
  'POST /api/profiles/me/links': { summary: 'Add a link', answer: 'OwnLink', status: 201, body: LinkInput },
  'PUT /api/profiles/me/links/reorder': { summary: 'Reorder links', answer: 'Message', body: ReorderInput },
  'PUT /api/profiles/me/links/:id': { summary: 'Change a link', answer: 'OwnLink', body: LinkInput },
  'DELETE /api/profiles/me/links/:id': { summary: 'Remove a link', answer: null, status: 204 },
  'GET /api/cards': { summary: 'The own cards', answer: 'OwnCard', list: true },
  'POST /api/cards': { summary: 'Make a card', answer: 'OwnCard', status: 201, body: CardInput },
  'PUT /api/cards/:id': { summary: 'Change a card', answer: 'OwnCard', body: CardPatch },
  'DELETE /api/cards/:id': { summary: 'Remove a card', answer: null, status: 204 },
  'PUT /api/cards/:id/default': { summary: 'Make a card the default', answer: 'Message' },
  'GET /api/analytics/overview': { summary: 'Views of the own cards', answer: 'Json', query: Period },
  'GET /api/analytics/views': { summary: 'List of views', answer: 'Json', query: Page },
  'GET /api/analytics/views.csv': { summary: 'Views as a table', answer: 'text/csv', query: Period },
  'GET /auth/:provider': {
    summary: 'Sign in with `github` or `google`: redirect to the provider',
    answer: null,
    status: 303,
    query: SignInQuery,
  },
  'GET /auth/:provider/callback': { summary: 'The way back from the provider', answer: null, status: 303 },
  'GET /auth/username': { summary: 'Page that asks newcomers for a username', answer: HTML },
  'POST /auth/username': {
    summary: 'Choose a username',
    answer: 'Json',
    status: 201,
    body: UsernameInput,
  },
  'GET /auth/me': { summary: 'Who is signed in', answer: 'OwnProfileWithLinks' },
  'GET /auth/token': { summary: 'Page that gives programs a token', answer: HTML },
  'POST /auth/token': { summary: 'A token for a program, by cookie alone', answer: 'AccessToken' },
  'POST /auth/logout': { summary: 'Sign out in this browser', answer: null, status: 204 },
  'POST /auth/logout/everywhere': { summary: 'End all own sessions', answer: null, status: 204 },
  'GET /': { summary: 'Start page', answer: HTML },
  'GET /u/:username': { summary: 'Page of a profile', answer: HTML },
  'GET /u/:username/card/:cardId': { summary: 'Page of a card', answer: HTML },
  'GET /u/:file': { summary: 'A profile as a contact file, `<username>.vcf`', answer: 'text/vcard' },
  'GET /u/:username/preview.png': { summary: 'Preview image of a profile', answer: 'image/png' },
  'GET /me': { summary: 'Editor of the own card', answer: HTML },
  'GET /me/preview': { summary: 'The own page before it is saved', answer: HTML },
  'GET /me/code': { summary: 'A code to hold up', answer: HTML },
  ...editorForms,
  'GET /me/stats': { summary: 'Page of the own views', answer: HTML },
  'GET /files/:name': { summary: 'A script of the pages', answer: 'text/javascript' },
  'GET /favicon.svg': { summary: 'Icon', answer: 'image/svg+xml' },
  'GET /favicon.ico': { summary: 'Redirect to the icon', answer: null, status: 302 },
  'GET /robots.txt': { summary: 'The word to crawlers', answer: 'text/plain' },
  'GET /sitemap.xml': { summary: 'Map of the site', answer: 'application/xml' },
  'GET /sitemap/:file': { summary: 'A part of the map', answer: 'application/xml' },
};

/** The key of a route of the router: patterns of parameters left out. */
export function operationKey({ method, path }: { method: string; path: string }): string {
  return `${method} ${path.replace(/\{.*?\}/g, '')}`;
}
