/** The QR session token: a plain JWT (RFC 7519) that carries the public profile and that any JOSE library verifies. */
import { SignJWT } from 'jose';
import { SESSION_AUDIENCE, SESSION_TYP } from '../../../verify/verify.ts';
import type { PublicProfile } from '../profile.ts';
import { type KeyRing, signingKey } from './key-ring.ts';

/** Seconds that a QR session token lives: cached for 300 + 60 s it still has 240 s. */
export const QR_SESSION_LIFETIME_SECONDS = 600;

interface QrSessionInput {
  ring: KeyRing;
  /** The public origin, which becomes `iss`. */
  origin: string;
  profile: PublicProfile;
  /** Seconds since the epoch. */
  now: number;
}

/**
 * Signs a session for a profile.
 * Claims: `iss` origin, `aud` devcard:qr, `sub` username, `iat`, `exp` (seconds), `profile`.
 */
export async function signQrSession({ ring, origin, profile, now }: QrSessionInput) {
  const key = signingKey(ring, now);
  if (!key) throw new Error('no QR key may sign yet');
  const expiresAt = now + QR_SESSION_LIFETIME_SECONDS;
  const token = await new SignJWT({ profile })
    .setProtectedHeader({ alg: 'ES256', kid: key.kid, typ: SESSION_TYP })
    .setIssuer(origin)
    .setAudience(SESSION_AUDIENCE)
    .setSubject(profile.username)
    .setIssuedAt(now)
    .setExpirationTime(expiresAt)
    .sign(key);
  return { token, expiresAt };
}
