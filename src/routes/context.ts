/** The typed context of Hono that all routes share. */
import type { CachedRecord } from '../domain/cached-record.ts';
import type { Owner } from '../domain/owner.ts';
import type { OwnerSession } from '../domain/tokens/owner-session.ts';
import type { Shown } from '../domain/views/view.ts';
import type { Contacts } from '../services/contacts.ts';
import type { Idempotency } from '../services/idempotency.ts';
import type { OfflinePasses } from '../services/offline-passes.ts';
import type { OwnerAccount } from '../services/owner-account.ts';
import type { OwnerEdits } from '../services/owner-edits.ts';
import type { OwnerSessions } from '../services/owner-sessions.ts';
import type { PreviewImages } from '../services/preview-images.ts';
import type { PublicNames } from '../services/public-names.ts';
import type { PublicProfiles } from '../services/public-profiles.ts';
import type { QrSessions } from '../services/qr-sessions.ts';
import type { RateLimits } from '../services/rate-limits.ts';
import type { Readiness } from '../services/readiness.ts';
import type { Revocations } from '../services/revocations.ts';
import type { SavedCards } from '../services/saved-cards.ts';
import type { SignIn } from '../services/sign-in.ts';
import type { ViewCounter } from '../services/view-counter.ts';
import type { Views } from '../services/views.ts';
import type { Wallets } from '../services/wallets.ts';
import type { FormFields } from './form.ts';

/** The services that routes may call. */
export interface Services {
  publicProfiles: PublicProfiles;
  publicNames: PublicNames;
  previewImages: PreviewImages;
  qrSessions: QrSessions;
  ownerSessions: OwnerSessions;
  ownerEdits: OwnerEdits;
  ownerAccount: OwnerAccount;
  offlinePasses: OfflinePasses;
  revocations: Revocations;
  readiness: Readiness;
  signIn: SignIn;
  rateLimits: RateLimits;
  contacts: Contacts;
  idempotency: Idempotency;
  savedCards: SavedCards;
  viewCounter: ViewCounter;
  views: Views;
  /** Where vulnerabilities are reported, if that is set. */
  securityContact: string | undefined;
  wallets: Wallets;
}

/** Middleware on the way of every request says `c.get('x')`: `c.var` copies all of them at each use. */
export interface AppEnv {
  Variables: {
    services: Services;
    requestId: string;
    /** Those of every answer, which `conditional` sends along and others get afterwards. */
    commonHeaders: Record<string, string>;
    /** Set by `conditional`: the answer that has them already. */
    complete: Response | undefined;
    /** Of this deployment, without a final slash. */
    origin: string;
    /** Where the answer came from, once that is known. */
    tier: CachedRecord['tier'] | undefined;
    /** Set by `requireOwner` on owner routes. */
    owner: Owner;
    session: OwnerSession;
    /** Set by `formIn`: a body is read once. */
    form: Promise<FormFields> | undefined;
    /** Set by `shows` on answers that are views. */
    shown: Shown | undefined;
  };
}
