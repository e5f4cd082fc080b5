/** The types of the API. Made from its description: change that, not this. */

export type PublicProfile = {
  username: string;
  displayName: string;
  bio: string | null;
  pronouns: string | null;
  role: string | null;
  company: string | null;
  avatarUrl: string | null;
  accentColor: string;
  links: Array<{
    id: string;
    platform: string;
    username: string;
    url: string;
    displayOrder: number;
    followed: false;
  }>;
};

export type PublicCard = {
  id: string;
  title: string;
  owner: {
    username: string;
    displayName: string;
    bio: string | null;
    pronouns: string | null;
    role: string | null;
    company: string | null;
    avatarUrl: string | null;
    accentColor: string;
  };
  links: Array<{
    id: string;
    platform: string;
    username: string;
    url: string;
    displayOrder: number;
    followed: false;
  }>;
};

export type NfcPayload = {
  type: 'URI';
  payload: string;
};

export type WalletLink = {
  url: string;
  leftOut: string[];
  expiresAt: string | null;
};

export type QrSession = {
  token: string;
  tokenType: 'JWT';
  expiresIn: number;
  expiresAt: string;
  offlineUrl: string;
};

export type VerifiedQr = {
  outcome: 'fresh' | 'expired' | 'early' | 'revoked' | 'unknown-key' | 'incomplete' | 'not-authentic';
  authentic: boolean;
  issuedAt: string | null;
  expiresAt: string | null;
  card: {
    username: string;
    displayName: string;
    bio: string | null;
    pronouns: string | null;
    role: string | null;
    company: string | null;
    avatarUrl: string | null;
    accentColor: string;
    links: Array<{
      platform: string;
      username: string;
      url: string;
    }>;
    linksLeftOut: number;
  } | null;
};

export type KeySet = {
  keys: Array<{
    kty: 'EC';
    crv: 'P-256';
    x: string;
    y: string;
    kid: string;
    alg: 'ES256';
    use: 'sig';
  }>;
};

export type RevocationList = {
  payload: string;
  signature: string;
  protected: string;
};

export type CredentialIssuer = {
  issuer: string;
  jwks_uri: string;
};

export type CredentialType = {
  vct: string;
  name: string;
  description: string;
  display: Array<{
    locale: string;
    name: string;
  }>;
  claims: Array<{
    path: string[];
    display: Array<{
      locale: string;
      label: string;
    }>;
    sd: 'always';
  }>;
};

export type TrustedIssuers = {
  issuers: string[];
};

export type Jrd = {
  subject: string;
  aliases: string[];
  links: Array<{
    rel: string;
    type?: string;
    href: string;
  }>;
};

export type OEmbed = {
  version: '1.0';
  type: 'link';
  title: string;
  author_name: string;
  author_url: string;
  provider_name: string;
  provider_url: string;
  cache_age: number;
  thumbnail_url: string;
  thumbnail_width: number;
  thumbnail_height: number;
};

export type ProgramTokens = {
  accessToken: string;
  refreshToken: string;
  tokenType: 'Bearer';
  expiresIn: number;
};

export type OwnProfile = {
  username: string;
  displayName: string;
  bio: string | null;
  pronouns: string | null;
  role: string | null;
  company: string | null;
  avatarUrl: string | null;
  accentColor: string;
  id: string;
  email: string | null;
  theme: string;
  qrStyle: {
    fg: string;
    bg: string;
    shape: 'square' | 'rounded' | 'dots';
    logo: 'none' | 'initials' | 'mark';
    level: 'L' | 'M' | 'Q' | 'H';
  } | null;
  createdAt: string;
  contactsOpen: boolean;
  contactDays: number;
};

export type OwnProfileWithLinks = {
  username: string;
  displayName: string;
  bio: string | null;
  pronouns: string | null;
  role: string | null;
  company: string | null;
  avatarUrl: string | null;
  accentColor: string;
  id: string;
  email: string | null;
  theme: string;
  qrStyle: {
    fg: string;
    bg: string;
    shape: 'square' | 'rounded' | 'dots';
    logo: 'none' | 'initials' | 'mark';
    level: 'L' | 'M' | 'Q' | 'H';
  } | null;
  createdAt: string;
  contactsOpen: boolean;
  contactDays: number;
  platformLinks: Array<{
    id: string;
    platform: string;
    username: string;
    url: string;
    displayOrder: number;
  }>;
  defaultCardId: string | null;
};

export type CurrentUser = {
  username: string;
  displayName: string;
  bio: string | null;
  pronouns: string | null;
  role: string | null;
  company: string | null;
  avatarUrl: string | null;
  accentColor: string;
  id: string;
  email: string | null;
  theme: string;
  qrStyle: {
    fg: string;
    bg: string;
    shape: 'square' | 'rounded' | 'dots';
    logo: 'none' | 'initials' | 'mark';
    level: 'L' | 'M' | 'Q' | 'H';
  } | null;
  createdAt: string;
  contactsOpen: boolean;
  contactDays: number;
  platformLinks: Array<{
    id: string;
    platform: string;
    username: string;
    url: string;
    displayOrder: number;
  }>;
  defaultCardId: string | null;
  connectedPlatforms: unknown[];
};

export type OwnLink = {
  id: string;
  platform: string;
  username: string;
  url: string;
  displayOrder: number;
};

export type OwnCard = {
  id: string;
  title: string;
  description: string | null;
  visibility: 'PUBLIC' | 'UNLISTED' | 'PRIVATE';
  qrEnabled: boolean;
  isDefault: boolean;
  links: Array<{
    id: string;
    platform: string;
    username: string;
    url: string;
    displayOrder: number;
  }>;
};

export type Shared = {
  shareUrl: string;
};

export type SharedCard = {
  id: string;
  title: string;
  description: string | null;
  visibility: 'PUBLIC' | 'UNLISTED';
  qrEnabled: boolean;
  slug: string;
  isDefault: boolean;
  owner: {
    username: string;
    displayName: string;
    bio: string | null;
    pronouns: string | null;
    role: string | null;
    company: string | null;
    avatarUrl: string | null;
    accentColor: string;
  };
  links: Array<{
    id: string;
    platform: string;
    username: string;
    url: string;
    displayOrder: number;
    followed: false;
  }>;
  cardLinks: Array<{
    id: string;
    cardId: string;
    platformLinkId: string;
    displayOrder: number;
    platformLink: {
      id: string;
      platform: string;
      username: string;
      url: string;
      displayOrder: number;
      followed: false;
    };
  }>;
};

export type CardReport = {
  id: string;
  title: string;
  description: string | null;
  visibility: 'PUBLIC' | 'UNLISTED' | 'PRIVATE';
  qrEnabled: boolean;
  isDefault: boolean;
  links: Array<{
    id: string;
    platform: string;
    username: string;
    url: string;
    displayOrder: number;
  }>;
  viewCount: number;
  views: Array<{
    id: string;
    kind: 'profile' | 'card' | 'qr' | 'vcard';
    cardId: string | null;
    source: 'qr' | 'link' | 'web' | 'nfc' | 'app';
    createdAt: string;
    views: number;
    viewer: null;
    card: {
      title: string;
    } | null;
  }>;
};

export type Message = {
  message: string;
};

export type Health = {
  status: 'ok';
};

export type ApiHealth = {
  status: 'ok';
  timestamp: string;
  service: 'devcard-api';
};

export type Following = {
  strategy: 'webview';
  url: string;
};

export type Readiness = {
  status: 'ok' | 'degraded' | 'unavailable';
  neon: {
    status: 'ok' | 'failing';
    latencyMs: number;
  };
  upstash: {
    status: 'ok' | 'failing';
    latencyMs: number;
  };
  warnings?: string[];
};

export type OfflinePass = {
  token: string;
  url: string;
  expiresAt: string;
  linksLeftOut: number;
};

export type Export = {
  format: 'devcard-export';
  version: 1;
  exportedAt: string;
  account: {
    id: string;
    email: string | null;
    createdAt: string;
    identities: Array<{
      provider: string;
      providerId: string;
      createdAt: string;
    }>;
    oldNames: Array<{
      username: string;
      heldUntil: string;
    }>;
  };
  profile: {
    username: string;
    displayName: string;
    bio: string | null;
    pronouns: string | null;
    role: string | null;
    company: string | null;
    avatarUrl: string | null;
    accentColor: string;
    theme: string;
    qrStyle: {
      fg: string;
      bg: string;
      shape: 'square' | 'rounded' | 'dots';
      logo: 'none' | 'initials' | 'mark';
      level: 'L' | 'M' | 'Q' | 'H';
    } | null;
    contactsOpen: boolean;
    contactDays: number;
  };
  links: Array<{
    id: string;
    platform: string;
    username: string;
    url: string;
  }>;
  cards: Array<{
    id: string;
    title: string;
    description: string | null;
    visibility: 'PUBLIC' | 'UNLISTED' | 'PRIVATE';
    qrEnabled: boolean;
    isDefault: boolean;
    linkIds: string[];
  }>;
  views: {
    counts: Array<{
      day: string;
      kind: string;
      cardId: string | null;
      source: string;
      views: number;
      latest: string;
    }>;
    facets: Array<{
      day: string;
      facet: string;
      value: string;
      views: number;
    }>;
    visitors: Array<{
      day: string;
      visitors: number;
    }>;
  };
  contacts: Array<{
    id: string;
    createdAt: string;
    keptUntil: string;
    name: string;
    reach: {
      platform: string;
      username: string;
      url: string;
    };
    place: string | null;
    note: string | null;
  } | {
    id: string;
    createdAt: string;
    keptUntil: string;
    name: null;
    reach: null;
    place: null;
    note: null;
  }>;
  savedCards: Array<{
    cardId: string;
    savedAt: string;
    note: string | null;
    snapshot: string | null;
  }>;
};

export type SavedCard = {
  id: string;
  userId: string;
  cardId: string;
  savedAt: string;
  note: string | null;
  snapshot: string | null;
  card: {
    id: string;
    userId: string;
    title: string;
    description: string | null;
    slug: string;
    visibility: 'PUBLIC' | 'UNLISTED' | 'PRIVATE';
    qrEnabled: boolean;
    viewCount: 0;
    isDefault: boolean;
    createdAt: string;
    updatedAt: string;
    cardLinks: Array<{
      id: string;
      cardId: string;
      platformLinkId: string;
      displayOrder: number;
      platformLink: {
        id: string;
        userId: string;
        platform: string;
        username: string;
        url: string;
        displayOrder: number;
        createdAt: string;
      };
    }>;
  };
};

export type ContactPage = {
  data: Array<{
    id: string;
    createdAt: string;
    keptUntil: string;
    name: string;
    reach: {
      platform: string;
      username: string;
      url: string;
    };
    place: string | null;
    note: string | null;
  } | {
    id: string;
    createdAt: string;
    keptUntil: string;
    name: null;
    reach: null;
    place: null;
    note: null;
  }>;
  meta: {
    total: number;
    limit: number;
    nextCursor: string | null;
  };
};

export type ViewReport = {
  totalViews: number;
  viewsToday: number;
  totalFollows: 0;
  followsCount: 0;
  uniqueViewers: number;
  recentViews: Array<{
    id: string;
    kind: 'profile' | 'card' | 'qr' | 'vcard';
    cardId: string | null;
    source: 'qr' | 'link' | 'web' | 'nfc' | 'app';
    createdAt: string;
    views: number;
    viewer: null;
    card: {
      title: string;
    } | null;
  }>;
  series: Array<{
    date: string;
    views: number;
    uniqueViewers: number;
    sources: {
      qr: number;
      link: number;
      web: number;
      nfc: number;
      app: number;
    };
    countries: Record<string, number>;
  }>;
  sources: {
    qr: number;
    link: number;
    web: number;
    nfc: number;
    app: number;
  };
  kinds: {
    profile: number;
    card: number;
    qr: number;
    vcard: number;
  };
  devices: {
    phone: number;
    tablet: number;
    desktop: number;
    other: number;
  };
  countries: Array<{
    country: string;
    views: number;
  }>;
};

export type ViewList = {
  data: Array<{
    id: string;
    kind: 'profile' | 'card' | 'qr' | 'vcard';
    cardId: string | null;
    source: 'qr' | 'link' | 'web' | 'nfc' | 'app';
    createdAt: string;
    views: number;
    viewer: null;
    card: {
      title: string;
    } | null;
  }>;
  meta: {
    total: number;
    page: number;
    limit: number;
    totalPages: number;
  };
};

export type PendingSignUp = {
  username: string | null;
  displayName: string;
  avatarUrl: string | null;
  complaint: string | null;
};

export type Joined = {
  username: string;
  returnTo: string;
};

export type Problem = {
  type: string;
  title: string;
  status: number;
  detail?: string;
  code: 'malformed-request' | 'invalid-input' | 'invalid-username' | 'too-many-links' | 'too-many-cards' | 'sign-in-failed' | 'last-card' | 'unauthorized' | 'forbidden' | 'contacts-closed' | 'not-found' | 'user-not-found' | 'card-not-found' | 'link-not-found' | 'contact-not-found' | 'method-not-allowed' | 'username-taken' | 'contacts-full' | 'link-on-card' | 'card-saved' | 'too-many-saved-cards' | 'too-many-renames' | 'changed-meanwhile' | 'request-under-way' | 'too-large' | 'unsupported-media-type' | 'idempotency-key-reused' | 'too-many-requests' | 'internal' | 'sign-in-unavailable' | 'unavailable';
  requestId: string;
  error: string;
  message: string;
  errors?: Array<{
    path: string;
    message: string;
  }>;
};

/** Every operation: what goes into its path, query and body, what it answers, and with which codes it fails. */
export interface Operations {
  /** A card by its id alone. */
  'GET /api/public/card/{cardId}': {
    path: { cardId: string };
    query?: { source?: 'qr' | 'link' | 'web' | 'nfc' | 'app' };
    answer: PublicCard;
    problem: 'card-not-found' | 'too-many-requests' | 'unavailable';
  };
  /** A public profile. */
  'GET /api/public/{username}': {
    path: { username: string };
    query?: { source?: 'qr' | 'link' | 'web' | 'nfc' | 'app' };
    answer: PublicProfile;
    problem: 'invalid-username' | 'user-not-found' | 'too-many-requests' | 'unavailable';
  };
  /** A card of a profile. */
  'GET /api/public/{username}/card/{cardId}': {
    path: { username: string; cardId: string };
    query?: { source?: 'qr' | 'link' | 'web' | 'nfc' | 'app' };
    answer: PublicCard;
    problem: 'invalid-username' | 'user-not-found' | 'card-not-found' | 'too-many-requests' | 'unavailable';
  };
  /** A signed QR session. */
  'GET /api/public/{username}/qr-session': {
    path: { username: string };
    query?: { format?: 'jwt' | 'sd-jwt'; source?: 'qr' | 'link' | 'web' | 'nfc' | 'app' };
    answer: QrSession;
    problem: 'malformed-request' | 'invalid-input' | 'invalid-username' | 'user-not-found' | 'too-many-requests' | 'unavailable';
  };
  /** QR code of the profile. */
  'GET /api/public/{username}/qr': {
    path: { username: string };
    query?: { format?: 'png' | 'svg'; size?: string; fg?: string; bg?: string; shape?: 'square' | 'rounded' | 'dots'; logo?: 'none' | 'initials' | 'mark'; level?: 'L' | 'M' | 'Q' | 'H'; source?: 'qr' | 'link' | 'web' | 'nfc' | 'app' };
    answer: Blob;
    problem: 'malformed-request' | 'invalid-input' | 'invalid-username' | 'user-not-found' | 'too-many-requests' | 'unavailable';
  };
  /** QR code that carries the signed profile. */
  'GET /api/public/{username}/qr-session/qr': {
    path: { username: string };
    query?: { format?: 'png' | 'svg'; size?: string; fg?: string; bg?: string; shape?: 'square' | 'rounded' | 'dots'; logo?: 'none' | 'initials' | 'mark'; level?: 'L' | 'M' | 'Q' | 'H'; source?: 'qr' | 'link' | 'web' | 'nfc' | 'app' };
    answer: Blob;
    problem: 'malformed-request' | 'invalid-input' | 'invalid-username' | 'user-not-found' | 'too-many-requests' | 'unavailable';
  };
  /** A profile as a contact. */
  'GET /api/public/{username}/vcard': {
    path: { username: string };
    query?: { source?: 'qr' | 'link' | 'web' | 'nfc' | 'app' };
    answer: string;
    problem: 'invalid-username' | 'user-not-found' | 'too-many-requests' | 'unavailable';
  };
  /** A card by its id alone. */
  'GET /api/u/card/{cardId}': {
    path: { cardId: string };
    query?: { source?: 'qr' | 'link' | 'web' | 'nfc' | 'app' };
    answer: PublicCard;
    problem: 'card-not-found' | 'too-many-requests' | 'unavailable';
  };
  /** A public profile. */
  'GET /api/u/{username}': {
    path: { username: string };
    query?: { source?: 'qr' | 'link' | 'web' | 'nfc' | 'app' };
    answer: PublicProfile;
    problem: 'invalid-username' | 'user-not-found' | 'too-many-requests' | 'unavailable';
  };
  /** A card of a profile. */
  'GET /api/u/{username}/card/{cardId}': {
    path: { username: string; cardId: string };
    query?: { source?: 'qr' | 'link' | 'web' | 'nfc' | 'app' };
    answer: PublicCard;
    problem: 'invalid-username' | 'user-not-found' | 'card-not-found' | 'too-many-requests' | 'unavailable';
  };
  /** A signed QR session. */
  'GET /api/u/{username}/qr-session': {
    path: { username: string };
    query?: { format?: 'jwt' | 'sd-jwt'; source?: 'qr' | 'link' | 'web' | 'nfc' | 'app' };
    answer: QrSession;
    problem: 'malformed-request' | 'invalid-input' | 'invalid-username' | 'user-not-found' | 'too-many-requests' | 'unavailable';
  };
  /** QR code of the profile. */
  'GET /api/u/{username}/qr': {
    path: { username: string };
    query?: { format?: 'png' | 'svg'; size?: string; fg?: string; bg?: string; shape?: 'square' | 'rounded' | 'dots'; logo?: 'none' | 'initials' | 'mark'; level?: 'L' | 'M' | 'Q' | 'H'; source?: 'qr' | 'link' | 'web' | 'nfc' | 'app' };
    answer: Blob;
    problem: 'malformed-request' | 'invalid-input' | 'invalid-username' | 'user-not-found' | 'too-many-requests' | 'unavailable';
  };
  /** QR code that carries the signed profile. */
  'GET /api/u/{username}/qr-session/qr': {
    path: { username: string };
    query?: { format?: 'png' | 'svg'; size?: string; fg?: string; bg?: string; shape?: 'square' | 'rounded' | 'dots'; logo?: 'none' | 'initials' | 'mark'; level?: 'L' | 'M' | 'Q' | 'H'; source?: 'qr' | 'link' | 'web' | 'nfc' | 'app' };
    answer: Blob;
    problem: 'malformed-request' | 'invalid-input' | 'invalid-username' | 'user-not-found' | 'too-many-requests' | 'unavailable';
  };
  /** A profile as a contact. */
  'GET /api/u/{username}/vcard': {
    path: { username: string };
    query?: { source?: 'qr' | 'link' | 'web' | 'nfc' | 'app' };
    answer: string;
    problem: 'invalid-username' | 'user-not-found' | 'too-many-requests' | 'unavailable';
  };
  /** Check a QR token. */
  'POST /api/public/qr-session/verify': {
    body: {
      token: string;
    };
    answer: VerifiedQr;
    problem: 'malformed-request' | 'invalid-input' | 'too-large' | 'unsupported-media-type' | 'too-many-requests';
  };
  /** Public keys of the QR tokens. */
  'GET /.well-known/jwks.json': {
    answer: KeySet;
    problem: never;
  };
  /** Issuer of the credentials that a QR session can come as (SD-JWT VC). */
  'GET /.well-known/jwt-vc-issuer': {
    answer: CredentialIssuer;
    problem: never;
  };
  /** Type metadata of those credentials. */
  'GET /.well-known/vct/devcard': {
    answer: CredentialType;
    problem: never;
  };
  /** Signed list of the offline passes that were revoked in the last week, for verifiers that go offline. */
  'GET /.well-known/revoked.json': {
    answer: RevocationList;
    problem: 'unavailable';
  };
  /** Other deployments whose cards scanners of this one trust without asking; none unless set. */
  'GET /.well-known/trusted-issuers.json': {
    answer: TrustedIssuers;
    problem: never;
  };
  /** The profile behind `acct:name@host` (RFC 7033). */
  'GET /.well-known/webfinger': {
    query?: { resource?: string };
    answer: Jrd;
    problem: 'malformed-request' | 'invalid-input' | 'invalid-username' | 'user-not-found' | 'too-many-requests' | 'unavailable';
  };
  /** What sites that embed the page in `url` show of it (oEmbed 1.0). */
  'GET /oembed': {
    query?: { url?: string; format?: 'json' };
    answer: OEmbed;
    problem: 'malformed-request' | 'invalid-input' | 'invalid-username' | 'user-not-found' | 'too-many-requests' | 'unavailable';
  };
  /** Where to report a vulnerability (RFC 9116); 404 unless `SECURITY_CONTACT` is set. */
  'GET /.well-known/security.txt': {
    answer: string;
    problem: 'not-found';
  };
  /** A badge for READMEs; `.json` instead of `.svg` is the same for Shields. */
  'GET /badge/{username}.svg': {
    path: { username: string };
    query?: { source?: 'qr' | 'link' | 'web' | 'nfc' | 'app' };
    answer: Blob;
    problem: 'invalid-username' | 'user-not-found' | 'too-many-requests' | 'unavailable';
  };
  /** Whether the Worker runs. */
  'GET /healthz': {
    answer: Health;
    problem: never;
  };
  /** The same, as the existing DevCard answers it. */
  'GET /health': {
    answer: ApiHealth;
    problem: never;
  };
  /** Whether Neon and Upstash answer; 503 where nothing new can be read. */
  'GET /readyz': {
    answer: Readiness;
    problem: never;
  };
  /** Where to follow somebody; apps of the existing DevCard open the page. */
  'POST /api/follow/{platform}/{username}': {
    path: { platform: string; username: string };
    answer: Following;
    problem: 'malformed-request' | 'unauthorized' | 'forbidden' | 'not-found' | 'request-under-way' | 'idempotency-key-reused' | 'too-many-requests' | 'unavailable';
  };
  /** The next tokens of a program, for a refresh token, which is good once. */
  'POST /auth/refresh': {
    body: {
      refresh_token?: string;
    };
    answer: ProgramTokens;
    problem: 'malformed-request' | 'invalid-input' | 'unauthorized' | 'too-large' | 'unsupported-media-type' | 'too-many-requests' | 'unavailable';
  };
  /** End the session of this token, and that of a refresh token. */
  'DELETE /auth/logout': {
    body: {
      refresh_token?: string;
    };
    answer: Message;
    problem: 'malformed-request' | 'invalid-input' | 'unauthorized' | 'forbidden' | 'too-large' | 'unsupported-media-type' | 'too-many-requests' | 'unavailable';
  };
  /** Sign out in this browser. */
  'POST /auth/logout': {
    answer: undefined;
    problem: 'forbidden' | 'too-many-requests';
  };
  /** A card that was shared, by its slug or id. */
  'GET /api/cards/share/{slug}': {
    path: { slug: string };
    query?: { source?: 'qr' | 'link' | 'web' | 'nfc' | 'app' };
    answer: SharedCard;
    problem: 'card-not-found' | 'too-many-requests' | 'unavailable';
  };
  /** Put a link last on a card. */
  'PUT /api/cards/{id}/platform-link': {
    path: { id: string };
    body: {
      platformLinkId: string;
    };
    answer: Message;
    problem: 'malformed-request' | 'invalid-input' | 'unauthorized' | 'forbidden' | 'card-not-found' | 'link-on-card' | 'changed-meanwhile' | 'too-large' | 'unsupported-media-type' | 'too-many-requests' | 'unavailable';
  };
  /** The path under which a card is shared. */
  'POST /api/cards/{id}/share': {
    path: { id: string };
    answer: Shared;
    problem: 'malformed-request' | 'unauthorized' | 'forbidden' | 'card-not-found' | 'request-under-way' | 'changed-meanwhile' | 'idempotency-key-reused' | 'too-many-requests' | 'unavailable';
  };
  /** QR code of a card. */
  'GET /api/cards/{id}/qr': {
    path: { id: string };
    query?: { format?: 'png' | 'svg'; size?: string; fg?: string; bg?: string; shape?: 'square' | 'rounded' | 'dots'; logo?: 'none' | 'initials' | 'mark'; level?: 'L' | 'M' | 'Q' | 'H' };
    answer: Blob;
    problem: 'malformed-request' | 'invalid-input' | 'unauthorized' | 'forbidden' | 'card-not-found' | 'too-many-requests' | 'unavailable';
  };
  /** Views of a card. */
  'GET /api/cards/{id}/analytics': {
    path: { id: string };
    answer: CardReport;
    problem: 'unauthorized' | 'card-not-found' | 'too-many-requests' | 'unavailable';
  };
  /** Cards of others that were saved, the newest first. */
  'GET /api/cards/saved': {
    query?: { page?: string; limit?: string };
    answer: SavedCard[];
    problem: 'malformed-request' | 'invalid-input' | 'unauthorized' | 'too-many-requests' | 'unavailable';
  };
  /** Save a card of somebody, or bring a note or the signed code to one that is saved. */
  'POST /api/cards/{id}/save': {
    path: { id: string };
    body: {
      note?: string | null;
      snapshot?: string | null;
    };
    answer: Message;
    problem: 'malformed-request' | 'invalid-input' | 'unauthorized' | 'forbidden' | 'card-not-found' | 'card-saved' | 'too-many-saved-cards' | 'request-under-way' | 'too-large' | 'unsupported-media-type' | 'idempotency-key-reused' | 'too-many-requests' | 'unavailable';
  };
  /** Forget a saved card. */
  'DELETE /api/cards/{id}/save': {
    path: { id: string };
    answer: undefined;
    problem: 'unauthorized' | 'forbidden' | 'card-not-found' | 'too-many-requests' | 'unavailable';
  };
  /** Details that visitors left, the newest first. */
  'GET /api/contacts': {
    query?: { q?: string; cursor?: string; limit?: string };
    answer: ContactPage;
    problem: 'malformed-request' | 'invalid-input' | 'unauthorized' | 'too-many-requests' | 'unavailable';
  };
  /** Remove all contacts. */
  'DELETE /api/contacts': {
    answer: undefined;
    problem: 'unauthorized' | 'forbidden' | 'too-many-requests' | 'unavailable';
  };
  /** All contacts as a table. */
  'GET /api/contacts/export.csv': {
    answer: string;
    problem: 'unauthorized' | 'too-many-requests' | 'unavailable';
  };
  /** All contacts as one file of vCards. */
  'GET /api/contacts/export.vcf': {
    answer: string;
    problem: 'unauthorized' | 'too-many-requests' | 'unavailable';
  };
  /** Remove a contact. */
  'DELETE /api/contacts/{id}': {
    path: { id: string };
    answer: undefined;
    problem: 'unauthorized' | 'forbidden' | 'contact-not-found' | 'too-many-requests' | 'unavailable';
  };
  /** A link that saves the own card in Google Wallet, and what it had no room for; 404 where it is not offered. */
  'GET /api/profiles/me/wallet/google': {
    query?: { hours?: string };
    answer: WalletLink;
    problem: 'malformed-request' | 'invalid-input' | 'unauthorized' | 'not-found' | 'too-many-requests' | 'unavailable';
  };
  /** The own card as a pass of Apple Wallet; 404 where it is not offered. */
  'GET /api/profiles/me/wallet/apple': {
    query?: { hours?: string };
    answer: Blob;
    problem: 'malformed-request' | 'invalid-input' | 'unauthorized' | 'not-found' | 'too-many-requests' | 'unavailable';
  };
  /** What to write onto an NFC tag: the address of the own profile, or of one of the own cards. */
  'GET /api/nfc/payload': {
    query?: { card?: string };
    answer: NfcPayload;
    problem: 'malformed-request' | 'invalid-input' | 'unauthorized' | 'card-not-found' | 'too-many-requests' | 'unavailable';
  };
  /** The own profile. */
  'GET /api/profiles/me': {
    answer: OwnProfileWithLinks;
    problem: 'unauthorized' | 'too-many-requests' | 'unavailable';
  };
  /** Change the own profile. */
  'PUT /api/profiles/me': {
    body: {
      displayName?: string;
      username?: string;
      bio?: string | null;
      pronouns?: string | null;
      role?: string | null;
      company?: string | null;
      accentColor?: string;
      theme?: 'classic' | 'paper' | 'terminal' | 'vivid';
      qrStyle?: {
        fg?: string;
        bg?: string;
        shape?: 'square' | 'rounded' | 'dots';
        logo?: 'none' | 'initials' | 'mark';
        level?: 'L' | 'M' | 'Q' | 'H';
      } | null;
      contactsOpen?: boolean;
      contactDays?: number;
    };
    answer: OwnProfile;
    problem: 'malformed-request' | 'invalid-input' | 'unauthorized' | 'forbidden' | 'username-taken' | 'too-many-renames' | 'changed-meanwhile' | 'too-large' | 'unsupported-media-type' | 'too-many-requests' | 'unavailable';
  };
  /** Leave for good. */
  'DELETE /api/profiles/me': {
    body: {
      username: string;
    };
    answer: undefined;
    problem: 'malformed-request' | 'invalid-input' | 'unauthorized' | 'forbidden' | 'changed-meanwhile' | 'too-large' | 'unsupported-media-type' | 'too-many-requests' | 'unavailable';
  };
  /** All own data. */
  'GET /api/profiles/me/export': {
    answer: Export;
    problem: 'unauthorized' | 'too-many-requests' | 'unavailable';
  };
  /** Bring an export back, in place of all links and cards. */
  'POST /api/profiles/me/import': {
    body: {
      format: 'devcard-export';
      version: 1;
      profile: {
        displayName: string;
        bio: string | null;
        pronouns: string | null;
        role: string | null;
        company: string | null;
        accentColor: string;
        theme?: 'classic' | 'paper' | 'terminal' | 'vivid';
        qrStyle?: {
          fg?: string;
          bg?: string;
          shape?: 'square' | 'rounded' | 'dots';
          logo?: 'none' | 'initials' | 'mark';
          level?: 'L' | 'M' | 'Q' | 'H';
        } | null;
      };
      links: Array<{
        id: string;
        platform: 'github' | 'linkedin' | 'twitter' | 'email' | 'phone' | 'portfolio' | 'gitlab' | 'codeberg' | 'bitbucket' | 'sourcehut' | 'gitee' | 'gitea' | 'forgejo' | 'launchpad' | 'npm' | 'pypi' | 'jsr' | 'crates' | 'rubygems' | 'packagist' | 'nuget' | 'dockerhub' | 'huggingface' | 'kaggle' | 'codepen' | 'codesandbox' | 'stackblitz' | 'replit' | 'observable' | 'stackoverflow' | 'stackexchange' | 'wakatime' | 'daily' | 'devfolio' | 'peerlist' | 'producthunt' | 'leetcode' | 'hackerrank' | 'codeforces' | 'codechef' | 'codewars' | 'exercism' | 'hackerearth' | 'geeksforgeeks' | 'atcoder' | 'topcoder' | 'tryhackme' | 'hackthebox' | 'hackerone' | 'bugcrowd' | 'devto' | 'hashnode' | 'medium' | 'substack' | 'hackernews' | 'hackmd' | 'wordpress' | 'qiita' | 'zenn' | 'note' | 'velog' | 'habr' | 'juejin' | 'csdn' | 'lobsters' | 'indiehackers' | 'sessionize' | 'speakerdeck' | 'slideshare' | 'meetup' | 'xing' | 'wellfound' | 'credly' | 'googledevelopers' | 'bluesky' | 'mastodon' | 'threads' | 'instagram' | 'facebook' | 'reddit' | 'youtube' | 'twitch' | 'tiktok' | 'snapchat' | 'pinterest' | 'tumblr' | 'pixelfed' | 'peertube' | 'lemmy' | 'nostr' | 'farcaster' | 'kick' | 'vk' | 'weibo' | 'zhihu' | 'bilibili' | 'telegram' | 'discord' | 'whatsapp' | 'signal' | 'matrix' | 'threema' | 'xmpp' | 'wechat' | 'line' | 'nextcloud' | 'keybase' | 'calcom' | 'calendly' | 'dribbble' | 'behance' | 'figma' | 'artstation' | 'deviantart' | 'unsplash' | 'flickr' | 'vimeo' | 'spotify' | 'soundcloud' | 'bandcamp' | 'lastfm' | 'mixcloud' | 'letterboxd' | 'goodreads' | 'steam' | 'itch' | 'lichess' | 'chesscom' | 'duolingo' | 'strava' | 'openstreetmap' | 'orcid' | 'googlescholar' | 'researchgate' | 'linktree' | 'aboutme' | 'gravatar' | 'buymeacoffee' | 'kofi' | 'patreon' | 'githubsponsors' | 'opencollective' | 'liberapay' | 'paypal' | 'gumroad' | 'custom';
        /** The handle there, or the address of the profile page. */
        username: string;
        url?: string | null;
      }>;
      cards: Array<{
        id: string;
        title: string;
        linkIds: string[];
        description?: string | null;
        visibility?: 'PUBLIC' | 'UNLISTED' | 'PRIVATE';
        qrEnabled?: boolean;
        isDefault: boolean;
      }>;
    };
    answer: Message;
    problem: 'malformed-request' | 'invalid-input' | 'unauthorized' | 'forbidden' | 'request-under-way' | 'changed-meanwhile' | 'too-large' | 'unsupported-media-type' | 'idempotency-key-reused' | 'too-many-requests' | 'unavailable';
  };
  /** An offline code that lives for hours. */
  'POST /api/profiles/me/offline-pass': {
    body: {
      hours: number;
      cardId?: string;
    };
    answer: OfflinePass;
    problem: 'malformed-request' | 'invalid-input' | 'unauthorized' | 'forbidden' | 'card-not-found' | 'request-under-way' | 'too-large' | 'unsupported-media-type' | 'idempotency-key-reused' | 'too-many-requests' | 'unavailable';
  };
  /** Revoke all such codes. */
  'DELETE /api/profiles/me/offline-pass': {
    answer: undefined;
    problem: 'unauthorized' | 'forbidden' | 'changed-meanwhile' | 'too-many-requests' | 'unavailable';
  };
  /** Add a link. */
  'POST /api/profiles/me/links': {
    body: {
      platform: 'github' | 'linkedin' | 'twitter' | 'email' | 'phone' | 'portfolio' | 'gitlab' | 'codeberg' | 'bitbucket' | 'sourcehut' | 'gitee' | 'gitea' | 'forgejo' | 'launchpad' | 'npm' | 'pypi' | 'jsr' | 'crates' | 'rubygems' | 'packagist' | 'nuget' | 'dockerhub' | 'huggingface' | 'kaggle' | 'codepen' | 'codesandbox' | 'stackblitz' | 'replit' | 'observable' | 'stackoverflow' | 'stackexchange' | 'wakatime' | 'daily' | 'devfolio' | 'peerlist' | 'producthunt' | 'leetcode' | 'hackerrank' | 'codeforces' | 'codechef' | 'codewars' | 'exercism' | 'hackerearth' | 'geeksforgeeks' | 'atcoder' | 'topcoder' | 'tryhackme' | 'hackthebox' | 'hackerone' | 'bugcrowd' | 'devto' | 'hashnode' | 'medium' | 'substack' | 'hackernews' | 'hackmd' | 'wordpress' | 'qiita' | 'zenn' | 'note' | 'velog' | 'habr' | 'juejin' | 'csdn' | 'lobsters' | 'indiehackers' | 'sessionize' | 'speakerdeck' | 'slideshare' | 'meetup' | 'xing' | 'wellfound' | 'credly' | 'googledevelopers' | 'bluesky' | 'mastodon' | 'threads' | 'instagram' | 'facebook' | 'reddit' | 'youtube' | 'twitch' | 'tiktok' | 'snapchat' | 'pinterest' | 'tumblr' | 'pixelfed' | 'peertube' | 'lemmy' | 'nostr' | 'farcaster' | 'kick' | 'vk' | 'weibo' | 'zhihu' | 'bilibili' | 'telegram' | 'discord' | 'whatsapp' | 'signal' | 'matrix' | 'threema' | 'xmpp' | 'wechat' | 'line' | 'nextcloud' | 'keybase' | 'calcom' | 'calendly' | 'dribbble' | 'behance' | 'figma' | 'artstation' | 'deviantart' | 'unsplash' | 'flickr' | 'vimeo' | 'spotify' | 'soundcloud' | 'bandcamp' | 'lastfm' | 'mixcloud' | 'letterboxd' | 'goodreads' | 'steam' | 'itch' | 'lichess' | 'chesscom' | 'duolingo' | 'strava' | 'openstreetmap' | 'orcid' | 'googlescholar' | 'researchgate' | 'linktree' | 'aboutme' | 'gravatar' | 'buymeacoffee' | 'kofi' | 'patreon' | 'githubsponsors' | 'opencollective' | 'liberapay' | 'paypal' | 'gumroad' | 'custom';
      /** The handle there, or the address of the profile page. */
      username: string;
      url?: string | null;
    };
    answer: OwnLink;
    problem: 'malformed-request' | 'invalid-input' | 'too-many-links' | 'unauthorized' | 'forbidden' | 'request-under-way' | 'changed-meanwhile' | 'too-large' | 'unsupported-media-type' | 'idempotency-key-reused' | 'too-many-requests' | 'unavailable';
  };
  /** Put links in other places; the others keep their order around them. */
  'PUT /api/profiles/me/links/reorder': {
    body: {
      links: Array<{
        id: string;
        displayOrder: number;
      }>;
    };
    answer: Message;
    problem: 'malformed-request' | 'invalid-input' | 'unauthorized' | 'forbidden' | 'changed-meanwhile' | 'too-large' | 'unsupported-media-type' | 'too-many-requests' | 'unavailable';
  };
  /** Change a link. */
  'PUT /api/profiles/me/links/{id}': {
    path: { id: string };
    body: {
      platform: 'github' | 'linkedin' | 'twitter' | 'email' | 'phone' | 'portfolio' | 'gitlab' | 'codeberg' | 'bitbucket' | 'sourcehut' | 'gitee' | 'gitea' | 'forgejo' | 'launchpad' | 'npm' | 'pypi' | 'jsr' | 'crates' | 'rubygems' | 'packagist' | 'nuget' | 'dockerhub' | 'huggingface' | 'kaggle' | 'codepen' | 'codesandbox' | 'stackblitz' | 'replit' | 'observable' | 'stackoverflow' | 'stackexchange' | 'wakatime' | 'daily' | 'devfolio' | 'peerlist' | 'producthunt' | 'leetcode' | 'hackerrank' | 'codeforces' | 'codechef' | 'codewars' | 'exercism' | 'hackerearth' | 'geeksforgeeks' | 'atcoder' | 'topcoder' | 'tryhackme' | 'hackthebox' | 'hackerone' | 'bugcrowd' | 'devto' | 'hashnode' | 'medium' | 'substack' | 'hackernews' | 'hackmd' | 'wordpress' | 'qiita' | 'zenn' | 'note' | 'velog' | 'habr' | 'juejin' | 'csdn' | 'lobsters' | 'indiehackers' | 'sessionize' | 'speakerdeck' | 'slideshare' | 'meetup' | 'xing' | 'wellfound' | 'credly' | 'googledevelopers' | 'bluesky' | 'mastodon' | 'threads' | 'instagram' | 'facebook' | 'reddit' | 'youtube' | 'twitch' | 'tiktok' | 'snapchat' | 'pinterest' | 'tumblr' | 'pixelfed' | 'peertube' | 'lemmy' | 'nostr' | 'farcaster' | 'kick' | 'vk' | 'weibo' | 'zhihu' | 'bilibili' | 'telegram' | 'discord' | 'whatsapp' | 'signal' | 'matrix' | 'threema' | 'xmpp' | 'wechat' | 'line' | 'nextcloud' | 'keybase' | 'calcom' | 'calendly' | 'dribbble' | 'behance' | 'figma' | 'artstation' | 'deviantart' | 'unsplash' | 'flickr' | 'vimeo' | 'spotify' | 'soundcloud' | 'bandcamp' | 'lastfm' | 'mixcloud' | 'letterboxd' | 'goodreads' | 'steam' | 'itch' | 'lichess' | 'chesscom' | 'duolingo' | 'strava' | 'openstreetmap' | 'orcid' | 'googlescholar' | 'researchgate' | 'linktree' | 'aboutme' | 'gravatar' | 'buymeacoffee' | 'kofi' | 'patreon' | 'githubsponsors' | 'opencollective' | 'liberapay' | 'paypal' | 'gumroad' | 'custom';
      /** The handle there, or the address of the profile page. */
      username: string;
      url?: string | null;
    };
    answer: OwnLink;
    problem: 'malformed-request' | 'invalid-input' | 'unauthorized' | 'forbidden' | 'link-not-found' | 'changed-meanwhile' | 'too-large' | 'unsupported-media-type' | 'too-many-requests' | 'unavailable';
  };
  /** Remove a link. */
  'DELETE /api/profiles/me/links/{id}': {
    path: { id: string };
    answer: undefined;
    problem: 'unauthorized' | 'forbidden' | 'link-not-found' | 'changed-meanwhile' | 'too-many-requests' | 'unavailable';
  };
  /** The own cards. */
  'GET /api/cards': {
    answer: OwnCard[];
    problem: 'unauthorized' | 'too-many-requests' | 'unavailable';
  };
  /** Make a card; the first is the default. */
  'POST /api/cards': {
    body: {
      title: string;
      linkIds: string[];
      description?: string | null;
      visibility?: 'PUBLIC' | 'UNLISTED' | 'PRIVATE';
      qrEnabled?: boolean;
    };
    answer: OwnCard;
    problem: 'malformed-request' | 'invalid-input' | 'too-many-cards' | 'unauthorized' | 'forbidden' | 'request-under-way' | 'changed-meanwhile' | 'too-large' | 'unsupported-media-type' | 'idempotency-key-reused' | 'too-many-requests' | 'unavailable';
  };
  /** Change a card. */
  'PUT /api/cards/{id}': {
    path: { id: string };
    body: {
      title?: string;
      linkIds?: string[];
      description?: string | null;
      visibility?: 'PUBLIC' | 'UNLISTED' | 'PRIVATE';
      qrEnabled?: boolean;
    };
    answer: OwnCard;
    problem: 'malformed-request' | 'invalid-input' | 'unauthorized' | 'forbidden' | 'card-not-found' | 'changed-meanwhile' | 'too-large' | 'unsupported-media-type' | 'too-many-requests' | 'unavailable';
  };
  /** Remove a card, unless it is the last. */
  'DELETE /api/cards/{id}': {
    path: { id: string };
    answer: undefined;
    problem: 'last-card' | 'unauthorized' | 'forbidden' | 'card-not-found' | 'changed-meanwhile' | 'too-many-requests' | 'unavailable';
  };
  /** Make a card the default. */
  'PUT /api/cards/{id}/default': {
    path: { id: string };
    answer: Message;
    problem: 'unauthorized' | 'forbidden' | 'card-not-found' | 'changed-meanwhile' | 'too-many-requests' | 'unavailable';
  };
  /** Views of the own cards. */
  'GET /api/analytics/overview': {
    query?: { days?: '30' | '90' };
    answer: ViewReport;
    problem: 'malformed-request' | 'invalid-input' | 'unauthorized' | 'too-many-requests' | 'unavailable';
  };
  /** List of views. */
  'GET /api/analytics/views': {
    query?: { page?: string; cardId?: string };
    answer: ViewList;
    problem: 'malformed-request' | 'invalid-input' | 'unauthorized' | 'too-many-requests' | 'unavailable';
  };
  /** Views as a table. */
  'GET /api/analytics/views.csv': {
    query?: { days?: '30' | '90' };
    answer: string;
    problem: 'malformed-request' | 'invalid-input' | 'unauthorized' | 'too-many-requests' | 'unavailable';
  };
  /** Of whom the provider has told; to a browser the page that asks them for a username. */
  'GET /auth/username': {
    answer: PendingSignUp;
    problem: 'sign-in-failed';
  };
  /** Choose a username. */
  'POST /auth/username': {
    body: {
      username: string;
    };
    answer: Joined;
    problem: 'malformed-request' | 'invalid-input' | 'sign-in-failed' | 'forbidden' | 'username-taken' | 'too-large' | 'unsupported-media-type' | 'too-many-requests' | 'unavailable';
  };
  /** Who is signed in. */
  'GET /auth/me': {
    answer: CurrentUser;
    problem: 'unauthorized' | 'too-many-requests' | 'unavailable';
  };
  /** A token for a program, to a browser that is signed in. */
  'POST /auth/token': {
    answer: ProgramTokens;
    problem: 'malformed-request' | 'unauthorized' | 'forbidden' | 'request-under-way' | 'idempotency-key-reused' | 'too-many-requests' | 'unavailable';
  };
  /** End all own sessions. */
  'POST /auth/logout/everywhere': {
    answer: undefined;
    problem: 'malformed-request' | 'unauthorized' | 'forbidden' | 'request-under-way' | 'idempotency-key-reused' | 'too-many-requests' | 'unavailable';
  };
}
