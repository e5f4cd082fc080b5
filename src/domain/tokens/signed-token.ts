/** Tokens that we sign for ourselves: JWTs of the session ring, where no kind passes for another (RFC 8725 section 3.11). */
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { type KeyRing, signingKey, verificationKey } from './key-ring.ts';

/** What sets one kind of token apart. */
export interface TokenKind {
  typ: string;
  audience: string;
  lifetimeSeconds: number;
}

export interface TokenContext {
  /** HS256 */
  ring: KeyRing;
  /** The public origin, which becomes `iss`. */
  origin: string;
  /** Seconds since the epoch. */
  now: number;
}

/** Signs claims; `iss`, `aud`, `iat` and `exp` are added. */
export async function signToken(
  { typ, audience, lifetimeSeconds }: TokenKind,
  claims: JWTPayload,
  { ring, origin, now }: TokenContext,
): Promise<string> {
  const key = signingKey(ring, now);
  if (!key) throw new Error('no session key may sign yet');
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', kid: key.kid, typ })
    .setIssuer(origin)
    .setAudience(audience)
    .setIssuedAt(now)
    .setExpirationTime(now + lifetimeSeconds)
    .sign(key);
}

/** The claims of a token, or undefined for anything but a valid one of ours, of this kind (RFC 8725 section 3). */
export async function readToken<Claims extends JWTPayload>(
  { typ, audience }: TokenKind,
  token: string,
  { ring, origin, now }: TokenContext,
): Promise<(Claims & { iat: number }) | undefined> {
  try {
    const { payload } = await jwtVerify<Claims>(
      token,
      ({ kid }) => {
        const key = verificationKey(ring, kid, now);
        if (!key) throw new errors.JWKSNoMatchingKey();
        return key;
      },
      {
        algorithms: ['HS256'],
        typ,
        audience,
        issuer: origin,
        requiredClaims: ['iat', 'exp'],
        currentDate: new Date(now * 1000),
      },
    );
    return payload as Claims & { iat: number };
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}
