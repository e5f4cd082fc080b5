/** Signed QR sessions, and the public keys that verify them. */
import { type KeyRing, publicKeySet } from '../domain/key-ring.ts';
import type { PublicProfile } from '../domain/profile.ts';
import { QR_SESSION_LIFETIME_SECONDS, signQrSession } from '../domain/qr-session-token.ts';

/** The JSON of `GET …/qr-session`. */
export interface QrSession {
  token: string;
  tokenType: 'JWT';
  /** Seconds. */
  expiresIn: number;
  /** ISO 8601, equal to the token's `exp`. */
  expiresAt: string;
}

interface Parts {
  ring: KeyRing;
  origin: string;
  now: () => number;
}

export class QrSessions {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Signs a session for a profile as it is now. */
  async open(profile: PublicProfile): Promise<QrSession> {
    const { ring, origin, now } = this.#parts;
    const { token, expiresAt } = await signQrSession({
      ring,
      origin,
      profile,
      now: Math.floor(now() / 1000),
    });
    return {
      token,
      tokenType: 'JWT',
      expiresIn: QR_SESSION_LIFETIME_SECONDS,
      expiresAt: new Date(expiresAt * 1000).toISOString(),
    };
  }

  /** The JWK set to publish (RFC 7517). */
  publicKeys() {
    return publicKeySet(this.#parts.ring, Math.floor(this.#parts.now() / 1000));
  }
}
