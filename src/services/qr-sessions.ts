/** Signed QR sessions, and the public keys that verify them. */

import { type Card, type Verdict, verify } from '../../verify/verify.ts';
import type { PublicProfile } from '../domain/profile.ts';
import { type KeyRing, publicKeySet } from '../domain/tokens/key-ring.ts';
import { type CarrierPass, type OfflineCarrier, signCarrier } from '../domain/tokens/offline-code.ts';
import { QR_SESSION_LIFETIME_SECONDS, signQrSession } from '../domain/tokens/qr-session.ts';
import { credentialType, signCredential } from '../domain/tokens/sd-jwt.ts';
import type { SignedPass } from './public-profiles.ts';

/** The JSON of `GET …/qr-session`. */
export interface QrSession {
  token: string;
  tokenType: 'JWT';
  /** Seconds. */
  expiresIn: number;
  /** ISO 8601, equal to the token's `exp`. */
  expiresAt: string;
  /** The offline code's URL: the whole card signed in its fragment (docs/offline-qr.md). */
  offlineUrl: string;
}

/** What a verifier may know of a token; the members are always the same, null where the token is not authentic. */
export interface VerifiedQr {
  outcome: Verdict['outcome'];
  authentic: boolean;
  /** ISO 8601 */
  issuedAt: string | null;
  expiresAt: string | null;
  /** The card as it was signed; an offline code may hold a shortened one. */
  card: Card | null;
}

/** How long a signature is answered again: as long as the isolate keeps a record. */
const REUSED_SECONDS = 5;

interface Signed<T> {
  value: T;
  /** What the header `Age` says (RFC 9111 section 5.1), so that no cache keeps a reused signature longer for that. */
  ageSeconds: number;
}

/** When each was made, in seconds since the epoch. */
type Signatures<T> = WeakMap<PublicProfile, { value: T; at: number }>;

interface Deps {
  ring: KeyRing;
  origin: string;
  /** Origins of other deployments that this one vouches for. */
  trustedIssuers: readonly string[];
  now: () => number;
}

export class QrSessions {
  readonly #deps: Deps;
  /** By the very object that the isolate's tier holds: a profile that was read anew is signed anew. */
  readonly #sessions: Signatures<QrSession> = new WeakMap();
  readonly #credentials: Signatures<string> = new WeakMap();
  readonly #offlineCodes: Signatures<OfflineCarrier> = new WeakMap();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** A session for a profile as it is now. */
  open(profile: PublicProfile): Promise<Signed<QrSession>> {
    return this.#reuse(this.#sessions, profile, () => this.#signSession(profile));
  }

  /** A session as a verifiable credential (SD-JWT VC). */
  openCredential(profile: PublicProfile): Promise<Signed<string>> {
    const { ring, origin } = this.#deps;
    return this.#reuse(this.#credentials, profile, () =>
      signCredential({ ring, origin, profile, now: this.#seconds() }),
    );
  }

  /** The metadata of the type of such credentials. */
  credentialType() {
    return credentialType(this.#deps.origin);
  }

  /** An offline code of a profile as it is now. */
  offlineCode(profile: PublicProfile): Promise<Signed<OfflineCarrier>> {
    return this.#reuse(this.#offlineCodes, profile, () => this.#signCode(profile));
  }

  /** An offline code that lives for hours, until it is revoked. */
  offlinePass(profile: PublicProfile, pass: CarrierPass): Promise<OfflineCarrier> {
    return this.#signCode(profile, pass);
  }

  #signCode(profile: PublicProfile, pass?: CarrierPass): Promise<OfflineCarrier> {
    const { ring, origin } = this.#deps;
    return signCarrier({ ring, origin, profile, now: this.#seconds(), pass });
  }

  async #reuse<T>(
    signatures: Signatures<T>,
    profile: PublicProfile,
    sign: () => Promise<T>,
  ): Promise<Signed<T>> {
    const now = this.#seconds();
    const made = signatures.get(profile);
    const ageSeconds = made ? now - made.at : Number.NaN;
    if (made && ageSeconds >= 0 && ageSeconds < REUSED_SECONDS) return { value: made.value, ageSeconds };
    const value = await sign();
    signatures.set(profile, { value, at: now });
    return { value, ageSeconds: 0 };
  }

  async #signSession(profile: PublicProfile): Promise<QrSession> {
    const { ring, origin } = this.#deps;
    const now = this.#seconds();
    const [{ token, expiresAt }, { url }] = await Promise.all([
      signQrSession({ ring, origin, profile, now }),
      this.#signCode(profile),
    ]);
    return {
      token,
      tokenType: 'JWT',
      expiresIn: QR_SESSION_LIFETIME_SECONDS,
      expiresAt: isoTime(expiresAt),
      offlineUrl: url,
    };
  }

  /** The address that the ordinary QR code of a profile says. */
  profileUrl(username: string): string {
    return `${this.#deps.origin}/u/${username}`;
  }

  /**
   * Checks a QR session token or an offline code (token, digits or URL) against our own keys.
   * @param isPassRevoked whether a pass counts no more
   */
  async verify(text: string, isPassRevoked: (pass: SignedPass) => Promise<boolean>): Promise<VerifiedQr> {
    const verdict = await verify(text, this.publicKeys(), {
      now: this.#seconds(),
      issuer: this.#deps.origin,
    });
    if (!('card' in verdict)) {
      return { outcome: verdict.outcome, authentic: false, issuedAt: null, expiresAt: null, card: null };
    }
    const { card, issuedAt, expiresAt, epoch } = verdict;
    const revoked = epoch !== null && (await isPassRevoked({ username: card.username, epoch, issuedAt }));
    return {
      outcome: revoked ? 'revoked' : verdict.outcome,
      authentic: true,
      issuedAt: isoTime(issuedAt),
      expiresAt: isoTime(expiresAt),
      card,
    };
  }

  /** The JWK set to publish (RFC 7517). */
  publicKeys() {
    return publicKeySet(this.#deps.ring, this.#seconds());
  }

  /** Other deployments whose cards scanners of this one trust without asking. */
  trustedIssuers(): readonly string[] {
    return this.#deps.trustedIssuers;
  }

  #seconds(): number {
    return Math.floor(this.#deps.now() / 1000);
  }
}

function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
