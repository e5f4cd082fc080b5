/** The owner's session token: a JWT of its own key, algorithm, type and audience, so that no QR token can pass for it. */
import { base64url } from 'jose';
import type { Owner } from '../owner.ts';
import { readToken, signToken, type TokenContext, type TokenKind } from './signed-token.ts';

/** Seconds that a session lives unless it is renewed. */
export const OWNER_SESSION_LIFETIME_SECONDS = 12 * 3600;

/** Seconds after signing in for which a session is renewed: a stolen one ends at last. */
export const SIGNED_IN_SECONDS = 30 * 86_400;

const KIND: TokenKind = {
  typ: 'devcard-owner+jwt',
  audience: 'devcard:owner',
  lifetimeSeconds: OWNER_SESSION_LIFETIME_SECONDS,
};

/** A valid session. Times are seconds since the epoch. */
export interface OwnerSession {
  owner: Owner;
  issuedAt: number;
  signedInAt: number;
}

/**
 * Signs a session. Claims: `iss`, `aud`, `sub` the user's id, `epoch`, `sid` the session's id, `auth_time` when they signed
 * in, `iat`, `exp`.
 */
export function signOwnerSession(
  { id, epoch, session }: Owner,
  context: TokenContext,
  signedInAt = context.now,
): Promise<string> {
  return signToken(KIND, { sub: id, epoch, sid: session, auth_time: signedInAt }, context);
}

/** The session that a token stands for, or undefined for anything but a valid one of ours. */
export async function verifyOwnerSession(
  token: string,
  context: TokenContext,
): Promise<OwnerSession | undefined> {
  const claims = await readToken(KIND, token, context);
  if (!claims) return undefined;
  const { sub, epoch, sid, auth_time, iat } = claims;
  if (typeof sub !== 'string' || typeof epoch !== 'number' || typeof auth_time !== 'number') return undefined;
  const session = typeof sid === 'string' ? sid : idOf(token);
  return { owner: { id: sub, epoch, session }, issuedAt: iat, signedInAt: auth_time };
}

/** Names the session of a token that has no id in it: by its signature, which nobody else can have made. */
function idOf(token: string): string {
  const bytes = base64url.decode(token.slice(token.lastIndexOf('.') + 1));
  const digits = Array.from(bytes.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Whether another session may follow on this one without signing in again. */
export function mayFollow({ signedInAt }: Pick<OwnerSession, 'signedInAt'>, now: number): boolean {
  return now < endOf(signedInAt);
}

/** Until when sessions may follow on one another, in seconds since the epoch. */
export function endOf(signedInAt: number): number {
  return signedInAt + SIGNED_IN_SECONDS;
}

/** Whether a session is past half of its life and may have another one. */
export function isDueForRenewal(session: OwnerSession, now: number): boolean {
  return now - session.issuedAt > OWNER_SESSION_LIFETIME_SECONDS / 2 && mayFollow(session, now);
}
