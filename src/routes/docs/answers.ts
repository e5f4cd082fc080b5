/** The JSON that routes answer, as schemas: the compiler holds them to the types that the services return. */
import * as v from 'valibot';
import type { ContactPage } from '../../domain/contacts/contact.ts';
import type { PublicCard } from '../../domain/name-record.ts';
import type { OwnLink, OwnProfile, OwnProfileWithLinks } from '../../domain/owner.ts';
import type { OwnCard } from '../../domain/owner-cards.ts';
import { PROBLEMS, type ProblemCode } from '../../domain/problem.ts';
import type { PublicProfile } from '../../domain/profile.ts';
import { QR_LEVELS, QR_LOGOS, QR_SHAPES } from '../../domain/qr/style.ts';
import { DEVICES, SOURCES, VIEW_KINDS } from '../../domain/views/view.ts';
import type { CardViews, ViewReport, ViewRow } from '../../domain/views/view-report.ts';
import type { OfflinePass } from '../../services/offline-passes.ts';
import type { Export } from '../../services/owner-account.ts';
import type { ProgramTokens } from '../../services/owner-sessions.ts';
import type { QrSession, VerifiedQr } from '../../services/qr-sessions.ts';
import type { ReadinessReport } from '../../services/readiness.ts';
import type { SharedCard } from '../public/share.ts';
import { DISCOVERY_ANSWERS } from './discovery-answers.ts';
import { contact, savedCard, savedReference } from './people-answers.ts';

const optional = v.nullable(v.string());
const id = v.pipe(v.string(), v.uuid());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const time = v.pipe(v.string(), v.isoTimestamp());
const day = v.pipe(v.string(), v.isoDate());
const visibility = v.picklist(['PUBLIC', 'UNLISTED', 'PRIVATE']);

const fields = {
  username: v.string(),
  displayName: v.string(),
  bio: optional,
  pronouns: optional,
  role: optional,
  company: optional,
  avatarUrl: optional,
  accentColor: v.string(),
};

const ownLink = v.strictObject({
  id,
  platform: v.string(),
  username: v.string(),
  url: v.string(),
  displayOrder: count,
}) satisfies v.GenericSchema<OwnLink>;

const { displayOrder: _, ...exportedLink } = ownLink.entries;
const publicLink = v.strictObject({ ...ownLink.entries, followed: v.literal(false) });
const qrStyle = v.nullable(
  v.strictObject({
    fg: v.string(),
    bg: v.string(),
    shape: v.picklist(QR_SHAPES),
    logo: v.picklist(QR_LOGOS),
    level: v.picklist(QR_LEVELS),
  }),
);
const contactSettings = { contactsOpen: v.boolean(), contactDays: count };
const ownProfile = {
  ...fields,
  id,
  email: optional,
  theme: v.string(),
  qrStyle,
  createdAt: time,
  ...contactSettings,
};
const state = v.strictObject({ status: v.picklist(['ok', 'failing']), latencyMs: v.number() });

const viewRow = v.strictObject({
  id: v.string(),
  kind: v.picklist(VIEW_KINDS),
  cardId: v.nullable(id),
  source: v.picklist(SOURCES),
  createdAt: time,
  views: count,
  viewer: v.null(),
  card: v.nullable(v.strictObject({ title: v.string() })),
}) satisfies v.GenericSchema<ViewRow>;

const ownCard = v.strictObject({
  id,
  title: v.string(),
  description: optional,
  visibility,
  qrEnabled: v.boolean(),
  isDefault: v.boolean(),
  links: v.array(ownLink),
}) satisfies v.GenericSchema<OwnCard>;

const counts = <Keys extends readonly string[]>(keys: Keys) => v.strictObject(v.entriesFromList(keys, count));

/** Bodies of successful answers, by the name that they have in the description. */
export const ANSWERS = {
  PublicProfile: v.strictObject({
    ...fields,
    links: v.array(publicLink),
  }) satisfies v.GenericSchema<PublicProfile>,
  PublicCard: v.strictObject({
    id,
    title: v.string(),
    owner: v.strictObject(fields),
    links: v.array(publicLink),
  }) satisfies v.GenericSchema<PublicCard>,
  NfcPayload: v.strictObject({ type: v.literal('URI'), payload: v.string() }),
  WalletLink: v.strictObject({
    url: v.string(),
    leftOut: v.array(v.string()),
    expiresAt: v.nullable(time),
  }),
  QrSession: v.strictObject({
    token: v.string(),
    tokenType: v.literal('JWT'),
    expiresIn: count,
    expiresAt: time,
    offlineUrl: v.string(),
  }) satisfies v.GenericSchema<QrSession>,
  VerifiedQr: v.strictObject({
    outcome: v.picklist([
      'fresh',
      'expired',
      'early',
      'revoked',
      'unknown-key',
      'incomplete',
      'not-authentic',
    ]),
    authentic: v.boolean(),
    issuedAt: v.nullable(time),
    expiresAt: v.nullable(time),
    card: v.nullable(
      v.strictObject({
        ...fields,
        links: v.array(v.strictObject({ platform: v.string(), username: v.string(), url: v.string() })),
        linksLeftOut: count,
      }),
    ),
  }) satisfies v.GenericSchema<VerifiedQr>,
  ...DISCOVERY_ANSWERS,
  ProgramTokens: v.strictObject({
    accessToken: v.string(),
    refreshToken: v.string(),
    tokenType: v.literal('Bearer'),
    expiresIn: count,
  }) satisfies v.GenericSchema<ProgramTokens>,
  OwnProfile: v.strictObject(ownProfile) satisfies v.GenericSchema<Omit<OwnProfile, 'version'>>,
  OwnProfileWithLinks: v.strictObject({
    ...ownProfile,
    platformLinks: v.array(ownLink),
    defaultCardId: optional,
  }) satisfies v.GenericSchema<Omit<OwnProfileWithLinks, 'version'>>,
  /** No account elsewhere is ever connected. */
  CurrentUser: v.strictObject({
    ...ownProfile,
    platformLinks: v.array(ownLink),
    defaultCardId: optional,
    connectedPlatforms: v.array(v.never()),
  }),
  OwnLink: ownLink,
  OwnCard: ownCard,
  Shared: v.strictObject({ shareUrl: v.string() }),
  SharedCard: v.strictObject({
    id,
    title: v.string(),
    description: optional,
    visibility: v.picklist(['PUBLIC', 'UNLISTED']),
    qrEnabled: v.boolean(),
    slug: v.string(),
    isDefault: v.boolean(),
    owner: v.strictObject(fields),
    links: v.array(publicLink),
    cardLinks: v.array(
      v.strictObject({ id, cardId: id, platformLinkId: id, displayOrder: count, platformLink: publicLink }),
    ),
  }) satisfies v.GenericSchema<SharedCard>,
  CardReport: v.strictObject({
    ...ownCard.entries,
    viewCount: count,
    views: v.array(viewRow),
  }) satisfies v.GenericSchema<OwnCard & CardViews>,
  Message: v.strictObject({ message: v.string() }),
  Health: v.strictObject({ status: v.literal('ok') }),
  /** As monitors of the existing DevCard read it. */
  ApiHealth: v.strictObject({ status: v.literal('ok'), timestamp: time, service: v.literal('devcard-api') }),
  /** Where a profile is opened. */
  Following: v.strictObject({ strategy: v.literal('webview'), url: v.string() }),
  Readiness: v.strictObject({
    status: v.picklist(['ok', 'degraded', 'unavailable']),
    neon: state,
    upstash: state,
    warnings: v.optional(v.array(v.string())),
  }) satisfies v.GenericSchema<ReadinessReport>,
  OfflinePass: v.strictObject({
    token: v.string(),
    url: v.string(),
    expiresAt: time,
    linksLeftOut: count,
  }) satisfies v.GenericSchema<OfflinePass>,
  Export: v.strictObject({
    format: v.literal('devcard-export'),
    version: v.literal(1),
    exportedAt: time,
    account: v.strictObject({
      id,
      email: optional,
      createdAt: time,
      identities: v.array(v.strictObject({ provider: v.string(), providerId: v.string(), createdAt: time })),
      oldNames: v.array(v.strictObject({ username: v.string(), heldUntil: time })),
    }),
    profile: v.strictObject({ ...fields, theme: v.string(), qrStyle, ...contactSettings }),
    links: v.array(v.strictObject(exportedLink)),
    cards: v.array(
      v.strictObject({
        id,
        title: v.string(),
        description: optional,
        visibility,
        qrEnabled: v.boolean(),
        isDefault: v.boolean(),
        linkIds: v.array(id),
      }),
    ),
    views: v.strictObject({
      counts: v.array(
        v.strictObject({
          ...{ day, kind: v.string(), cardId: v.nullable(id), source: v.string(), views: count },
          latest: time,
        }),
      ),
      facets: v.array(v.strictObject({ day, facet: v.string(), value: v.string(), views: count })),
      visitors: v.array(v.strictObject({ day, visitors: count })),
    }),
    contacts: v.array(contact),
    savedCards: v.array(savedReference),
  }) satisfies v.GenericSchema<Export>,
  SavedCard: savedCard,
  ContactPage: v.strictObject({
    data: v.array(contact),
    meta: v.strictObject({ total: count, limit: count, nextCursor: optional }),
  }) satisfies v.GenericSchema<ContactPage>,
  ViewReport: v.strictObject({
    totalViews: count,
    viewsToday: count,
    totalFollows: v.literal(0),
    followsCount: v.literal(0),
    uniqueViewers: count,
    recentViews: v.array(viewRow),
    series: v.array(
      v.strictObject({
        date: day,
        views: count,
        uniqueViewers: count,
        sources: counts(SOURCES),
        countries: v.record(v.string(), count),
      }),
    ),
    sources: counts(SOURCES),
    kinds: counts(VIEW_KINDS),
    devices: counts(DEVICES),
    countries: v.array(v.strictObject({ country: v.string(), views: count })),
  }) satisfies v.GenericSchema<ViewReport>,
  ViewList: v.strictObject({
    data: v.array(viewRow),
    meta: v.strictObject({ total: count, page: count, limit: count, totalPages: count }),
  }),
  /** Of whom a provider has told, and who has no username yet. */
  PendingSignUp: v.strictObject({
    username: optional,
    displayName: v.string(),
    avatarUrl: optional,
    complaint: optional,
  }),
  Joined: v.strictObject({ username: v.string(), returnTo: v.string() }),
  /** RFC 9457 */
  Problem: v.strictObject({
    type: v.string(),
    title: v.string(),
    status: v.number(),
    detail: v.optional(v.string()),
    code: v.picklist(Object.keys(PROBLEMS) as ProblemCode[]),
    requestId: v.string(),
    error: v.string(),
    message: v.string(),
    errors: v.optional(v.array(v.strictObject({ path: v.string(), message: v.string() }))),
  }),
};

export type AnswerName = keyof typeof ANSWERS;
