/** The services that routes may call. */
import type { OfflinePasses } from './offline-passes.ts';
import type { OwnerAccount } from './owner-account.ts';
import type { OwnerCards } from './owner-cards.ts';
import type { OwnerLinks } from './owner-links.ts';
import type { OwnerProfiles } from './owner-profiles.ts';
import type { OwnerSessions } from './owner-sessions.ts';
import type { PublicNames } from './public-names.ts';
import type { PublicProfiles } from './public-profiles.ts';
import type { QrSessions } from './qr-sessions.ts';
import type { RateLimits } from './rate-limits.ts';
import type { Readiness } from './readiness.ts';
import type { SignIn } from './sign-in.ts';
import type { ViewCounter } from './view-counter.ts';
import type { Views } from './views.ts';

export interface Services {
  publicProfiles: PublicProfiles;
  publicNames: PublicNames;
  qrSessions: QrSessions;
  ownerSessions: OwnerSessions;
  ownerProfiles: OwnerProfiles;
  ownerLinks: OwnerLinks;
  ownerCards: OwnerCards;
  ownerAccount: OwnerAccount;
  offlinePasses: OfflinePasses;
  readiness: Readiness;
  signIn: SignIn;
  rateLimits: RateLimits;
  viewCounter: ViewCounter;
  views: Views;
}
