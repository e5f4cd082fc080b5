/** What the examples speak of: Ada, as `npm run dev` adds her to the local stack. The compiler holds them to the types. */
import type { PublicCard } from '../../domain/name-record.ts';
import type { OwnLink, OwnProfile } from '../../domain/owner.ts';
import type { OwnCard } from '../../domain/owner-cards.ts';
import type { ProfileFields } from '../../domain/profile.ts';
import type { ReportDay, ViewRow } from '../../domain/views/view-report.ts';
import type { Export } from '../../services/owner-account.ts';
import type { QrSession, VerifiedQr } from '../../services/qr-sessions.ts';
import type { SharedCard } from '../public/share.ts';

export const ADA_ID = '00000001-0000-4000-8000-000000000002';
export const CARD_ID = '00000003-0000-4000-8000-000000000003';
const [GITHUB_ID, STACK_ID, EMAIL_ID] = [1, 2, 3].map(
  (number) => `00000022-0000-4000-8000-00000000000${number}`,
) as [string, string, string];

/** Stand for any time, day, id and token. */
const TIME = '2026-11-23T14:05:00.000Z';
const DAY = '2026-11-23';
export const NEW_ID = '6b1f4a0e-5d0c-4f5e-9a57-0d8a0c7b9e11';
export const TOKEN =
  'eyJhbGciOiJFUzI1NiIsImtpZCI6Ijh4MlEiLCJ0eXAiOiJkZXZjYXJkLXFyK2p3dCJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl';
export const TOKENS = {
  accessToken: TOKEN,
  refreshToken: TOKEN,
  tokenType: 'Bearer',
  expiresIn: 43_200,
} as const;
const OFFLINE_URL = 'http://localhost:8787/c#0187206530429071';

export const ADA = {
  username: 'ada',
  displayName: 'Ada Lovelace',
  bio: 'Notes on the Analytical Engine.',
  pronouns: null,
  role: 'Mathematician',
  company: null,
  avatarUrl: null,
  accentColor: '#7c3aed',
} satisfies ProfileFields;

export const OWN_LINKS = [
  {
    id: GITHUB_ID,
    platform: 'github',
    username: 'ada',
    url: 'https://github.com/ada',
    displayOrder: 0,
  },
  {
    id: STACK_ID,
    platform: 'stackoverflow',
    username: '1815',
    url: 'https://stackoverflow.com/users/1815',
    displayOrder: 1,
  },
  {
    id: EMAIL_ID,
    platform: 'email',
    username: 'ada@devcard.example',
    url: 'mailto:ada@devcard.example',
    displayOrder: 2,
  },
] as const satisfies OwnLink[];

const [GITHUB, STACK, EMAIL] = OWN_LINKS;

export const LINKS = OWN_LINKS.map((link) => ({ ...link, followed: false as const }));

const CARD_LINKS = [GITHUB, { ...EMAIL, displayOrder: 1 }];

export const PUBLIC_CARD: PublicCard = {
  id: CARD_ID,
  title: 'Royal Society',
  owner: ADA,
  links: CARD_LINKS.map((link) => ({ ...link, followed: false })),
};

export const SHARED_CARD: SharedCard = {
  ...PUBLIC_CARD,
  description: null,
  visibility: 'PUBLIC',
  qrEnabled: true,
  slug: CARD_ID,
  isDefault: true,
  cardLinks: PUBLIC_CARD.links.map((link) => ({
    id: link.id,
    cardId: CARD_ID,
    platformLinkId: link.id,
    displayOrder: link.displayOrder,
    platformLink: link,
  })),
};

export const OWN_CARD: OwnCard = {
  id: CARD_ID,
  title: 'Royal Society',
  description: null,
  visibility: 'PUBLIC',
  qrEnabled: true,
  isDefault: true,
  links: CARD_LINKS,
};

export const NEW_CARD: OwnCard = {
  id: NEW_ID,
  title: 'Talk in Turin',
  description: 'October 1840',
  visibility: 'UNLISTED',
  qrEnabled: true,
  isDefault: false,
  links: [
    { ...STACK, displayOrder: 0 },
    { ...GITHUB, displayOrder: 1 },
  ],
};

export const OWN_PROFILE: Omit<OwnProfile, 'version'> = {
  ...ADA,
  id: ADA_ID,
  email: 'ada@devcard.example',
  theme: 'classic',
  qrStyle: null,
  contactsOpen: false,
  contactDays: 365,
  createdAt: TIME,
};

/** The order of the links turned round. */
export const REVERSED = {
  links: OWN_LINKS.map(({ id }, place) => ({ id, displayOrder: OWN_LINKS.length - 1 - place })),
};

export const SESSION: QrSession = {
  token: TOKEN,
  tokenType: 'JWT',
  expiresIn: 600,
  expiresAt: TIME,
  offlineUrl: OFFLINE_URL,
};

export const VERIFIED: VerifiedQr = {
  outcome: 'fresh',
  authentic: true,
  issuedAt: TIME,
  expiresAt: TIME,
  card: {
    ...ADA,
    links: OWN_LINKS.map(({ platform, username, url }) => ({ platform, username, url })),
    linksLeftOut: 0,
  },
};

export const PASS = { token: TOKEN, url: OFFLINE_URL, expiresAt: TIME, linksLeftOut: 0 };

const linkOf = ({ displayOrder: _, ...link }: OwnLink) => link;

export const EXPORT: Export = {
  format: 'devcard-export',
  version: 1,
  exportedAt: TIME,
  account: {
    id: ADA_ID,
    email: 'ada@devcard.example',
    createdAt: TIME,
    identities: [{ provider: 'github', providerId: '279199768985789', createdAt: TIME }],
    oldNames: [],
  },
  profile: { ...ADA, theme: 'classic', qrStyle: null, contactsOpen: false, contactDays: 365 },
  links: OWN_LINKS.map(linkOf),
  cards: [
    {
      id: CARD_ID,
      title: 'Royal Society',
      description: null,
      visibility: 'PUBLIC',
      qrEnabled: true,
      isDefault: true,
      linkIds: [GITHUB_ID, EMAIL_ID],
    },
  ],
  views: {
    counts: [{ day: DAY, kind: 'profile', cardId: null, source: 'qr', views: 3, latest: TIME }],
    facets: [{ day: DAY, facet: 'country', value: 'GB', views: 3 }],
    visitors: [{ day: DAY, visitors: 2 }],
  },
  contacts: [],
  savedCards: [],
};

export const VIEW: ViewRow = {
  id: `${DAY}.profile.qr`,
  kind: 'profile',
  cardId: null,
  source: 'qr',
  createdAt: TIME,
  views: 3,
  viewer: null,
  card: null,
};

const SOURCES = { qr: 3, link: 0, web: 0, nfc: 0, app: 0 };

/** Of the series the first day alone; there are as many as were asked for. */
export const OVERVIEW = {
  totalViews: 3,
  viewsToday: 3,
  uniqueViewers: 2,
  recentViews: [VIEW],
  totalFollows: 0,
  followsCount: 0,
  series: [
    {
      date: DAY,
      views: 0,
      uniqueViewers: 0,
      sources: { ...SOURCES, qr: 0 },
      countries: {},
    } satisfies ReportDay,
  ],
  sources: SOURCES,
  kinds: { profile: 3, card: 0, qr: 0, vcard: 0 },
  devices: { phone: 0, tablet: 0, desktop: 0, other: 0 },
  countries: [{ country: 'GB', views: 3 }],
};
