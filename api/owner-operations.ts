/** What owners may ask: their profile, links, cards, views and data. */
import { ImportInput } from '../src/domain/account-export.ts';
import {
  AccountRemoval,
  CardInput,
  CardPatch,
  LinkInput,
  ProfilePatch,
  ReorderInput,
} from '../src/domain/profile-input.ts';
import {
  CARD_ID,
  EXPORT,
  NEW_CARD,
  NEW_ID,
  OVERVIEW,
  OWN_CARD,
  OWN_LINKS,
  OWN_PROFILE,
  PASS,
  REVERSED,
  VIEW,
} from '../src/routes/docs/examples.ts';
import type { Operation } from '../src/routes/docs/operation.ts';
import { Page, Period } from '../src/routes/owner/analytics.ts';
import { OfflinePassInput } from '../src/routes/owner/offline-pass.ts';

const ME = '/api/profiles/me';
const CARD = { id: CARD_ID };
const { format, version, links, cards } = EXPORT;
/** What an import takes of a profile: the name and the picture stay those of the account. */
const { username: _, avatarUrl: __, contactsOpen: ___, contactDays: ____, ...profile } = EXPORT.profile;

const [GITHUB, STACK] = OWN_LINKS;

export const OWNER_OPERATIONS: Readonly<Record<string, Operation>> = {
  [`GET ${ME}`]: {
    id: 'getOwnProfile',
    summary: 'The own profile',
    kind: 'read',
    answer: 'OwnProfileWithLinks',
    headers: ['ETag'],
    example: { answer: { ...OWN_PROFILE, platformLinks: OWN_LINKS, defaultCardId: CARD_ID } },
  },
  [`PUT ${ME}`]: {
    id: 'updateOwnProfile',
    summary: 'Change the own profile',
    kind: 'write',
    answer: 'OwnProfile',
    body: ProfilePatch,
    problems: ['username-taken', 'too-many-renames'],
    example: {
      body: { role: 'Programmer', pronouns: 'she/her' },
      answer: { ...OWN_PROFILE, role: 'Programmer', pronouns: 'she/her' },
    },
  },
  [`DELETE ${ME}`]: {
    id: 'deleteAccount',
    summary: 'Leave for good',
    kind: 'read',
    answer: null,
    status: 204,
    headers: ['X-Cache-Invalidation'],
    ifMatch: true,
    problems: ['forbidden', 'changed-meanwhile'],
    body: AccountRemoval,
    example: { body: { username: 'ada' } },
  },
  [`GET ${ME}/export`]: {
    id: 'exportAccount',
    summary: 'All own data',
    kind: 'read',
    answer: 'Export',
    headers: ['Content-Disposition'],
    example: { answer: EXPORT },
  },
  [`POST ${ME}/import`]: {
    id: 'importAccount',
    summary: 'Bring an export back, in place of all links and cards',
    kind: 'write',
    answer: 'Message',
    body: ImportInput,
    example: {
      body: { format, version, profile, links, cards },
      answer: { message: 'Profile, links and cards imported' },
    },
  },
  [`POST ${ME}/offline-pass`]: {
    id: 'createOfflinePass',
    summary: 'An offline code that lives for hours',
    kind: 'read',
    answer: 'OfflinePass',
    status: 201,
    body: OfflinePassInput,
    problems: ['forbidden', 'card-not-found'],
    example: { body: { hours: 72 }, answer: PASS },
  },
  [`DELETE ${ME}/offline-pass`]: {
    id: 'revokeOfflinePasses',
    summary: 'Revoke all such codes',
    kind: 'write',
    answer: null,
    status: 204,
    example: {},
  },
  [`POST ${ME}/links`]: {
    id: 'createLink',
    summary: 'Add a link',
    kind: 'write',
    answer: 'OwnLink',
    status: 201,
    body: LinkInput,
    problems: ['too-many-links'],
    example: {
      body: { platform: 'npm', username: 'ada' },
      answer: {
        id: NEW_ID,
        platform: 'npm',
        username: 'ada',
        url: 'https://www.npmjs.com/~ada',
        displayOrder: 3,
      },
    },
  },
  [`PUT ${ME}/links/reorder`]: {
    id: 'reorderLinks',
    summary: 'Put links in other places; the others keep their order around them',
    kind: 'write',
    answer: 'Message',
    body: ReorderInput,
    example: { body: REVERSED, answer: { message: 'Links reordered' } },
  },
  [`PUT ${ME}/links/:id`]: {
    id: 'updateLink',
    summary: 'Change a link',
    kind: 'write',
    answer: 'OwnLink',
    body: LinkInput,
    problems: ['link-not-found'],
    example: {
      body: { platform: 'github', username: 'ada-lovelace' },
      answer: { ...GITHUB, username: 'ada-lovelace', url: 'https://github.com/ada-lovelace' },
    },
  },
  [`DELETE ${ME}/links/:id`]: {
    id: 'deleteLink',
    summary: 'Remove a link',
    kind: 'write',
    answer: null,
    status: 204,
    problems: ['link-not-found'],
    example: {},
  },
  'GET /api/cards': {
    id: 'listOwnCards',
    summary: 'The own cards',
    kind: 'read',
    answer: 'OwnCard',
    list: true,
    headers: ['ETag'],
    example: { answer: [OWN_CARD] },
  },
  'POST /api/cards': {
    id: 'createCard',
    summary: 'Make a card; the first is the default',
    kind: 'write',
    answer: 'OwnCard',
    status: 201,
    body: CardInput,
    problems: ['too-many-cards'],
    example: {
      body: {
        title: 'Talk in Turin',
        linkIds: [STACK.id, GITHUB.id],
        description: 'October 1840',
        visibility: 'UNLISTED',
      },
      answer: NEW_CARD,
    },
  },
  'PUT /api/cards/:id': {
    id: 'updateCard',
    summary: 'Change a card',
    kind: 'write',
    answer: 'OwnCard',
    body: CardPatch,
    problems: ['card-not-found'],
    example: {
      params: CARD,
      body: { title: 'The Royal Society' },
      answer: { ...OWN_CARD, title: 'The Royal Society' },
    },
  },
  'DELETE /api/cards/:id': {
    id: 'deleteCard',
    summary: 'Remove a card, unless it is the last',
    kind: 'write',
    answer: null,
    status: 204,
    problems: ['card-not-found', 'last-card'],
    example: { params: { id: '00000003-0000-4000-8000-000000000004' } },
  },
  'PUT /api/cards/:id/default': {
    id: 'setDefaultCard',
    summary: 'Make a card the default',
    kind: 'write',
    answer: 'Message',
    problems: ['card-not-found'],
    example: { params: CARD, answer: { message: 'Default card updated' } },
  },
  'GET /api/analytics/overview': {
    id: 'getViewReport',
    summary: 'Views of the own cards',
    kind: 'read',
    answer: 'ViewReport',
    query: Period,
    example: { query: { days: '30' }, answer: OVERVIEW },
  },
  'GET /api/analytics/views': {
    id: 'listViews',
    summary: 'List of views',
    kind: 'read',
    answer: 'ViewList',
    headers: ['Link'],
    query: Page,
    example: {
      query: { page: '1' },
      answer: { data: [VIEW], meta: { total: 1, page: 1, limit: 20, totalPages: 1 } },
    },
  },
  'GET /api/analytics/views.csv': {
    id: 'exportViews',
    summary: 'Views as a table',
    kind: 'read',
    answer: 'text/csv',
    headers: ['Content-Disposition'],
    query: Period,
    example: { query: { days: '90' } },
  },
};
