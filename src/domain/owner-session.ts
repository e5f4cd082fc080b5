/** The owner's session token: a JWT of its own key, algorithm, type and audience, so that no QR token can pass for it. */
import { errors, jwtVerify, SignJWT } from 'jose';
import { type KeyRing, signingKey, verificationKey } from './key-ring.ts';
import type { Owner } from './owner.ts';

/** Seconds that a session lives unless it is renewed. */
export const OWNER_SESSION_LIFETIME_SECONDS = 12 * 3600;
const TYP = 'devcard-owner+jwt';
const AUDIENCE = 'devcard:owner';

interface SessionContext {
  ring: KeyRing;
  /** The public origin, which becomes `iss`. */
  origin: string;
  /** Seconds since the epoch. */
  now: number;
}

/** Signs a session. Claims: `iss`, `aud`, `sub` the user's id, `epoch`, `iat`, `exp`. */
export async function signOwnerSession(
  owner: Owner,
  { ring, origin, now }: SessionContext,
  lifetimeSeconds = OWNER_SESSION_LIFETIME_SECONDS,
): Promise<string> {
  const key = signingKey(ring, now);
  if (!key) throw new Error('no session key may sign yet');
  return new SignJWT({ epoch: owner.epoch })
    .setProtectedHeader({ alg: 'HS256', kid: key.kid, typ: TYP })
    .setIssuer(origin)
    .setAudience(AUDIENCE)
    .setSubject(owner.id)
    .setIssuedAt(now)
    .setExpirationTime(now + lifetimeSeconds)
    .sign(key);
}

/** The owner whom a token names, or undefined for anything but a valid session of ours (RFC 8725 section 3). */
export async function verifyOwnerSession(
  token: string,
  { ring, origin, now }: SessionContext,
): Promise<Owner | undefined> {
  try {
    const { payload } = await jwtVerify(
      token,
      ({ kid }) => {
        const key = verificationKey(ring, kid, now);
        if (!key) throw new errors.JWKSNoMatchingKey();
        return key;
      },
      {
        algorithms: ['HS256'],
        typ: TYP,
        audience: AUDIENCE,
        issuer: origin,
        requiredClaims: ['sub', 'iat', 'exp', 'epoch'],
        currentDate: new Date(now * 1000),
      },
    );
    return typeof payload.epoch === 'number'
      ? { id: payload.sub as string, epoch: payload.epoch }
      : undefined;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}
