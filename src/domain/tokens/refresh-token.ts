/** The refresh token of a program: good once, for the next access token and its own successor. */
import type { Owner } from '../owner.ts';
import { endOf } from './owner-session.ts';
import { readToken, signToken, type TokenContext } from './signed-token.ts';

const KIND = { typ: 'devcard-refresh+jwt', audience: 'devcard:refresh' };

/** A valid refresh token. */
export interface RefreshToken {
  owner: Owner & { session: string };
  /** Seconds since the epoch. */
  signedInAt: number;
  /** How often the session was refreshed before. */
  turn: number;
}

/** Signs a refresh token, which ends when its owner has to sign in again. Claims: those of a session, and `turn`. */
export function signRefreshToken(
  { owner: { id, epoch, session }, signedInAt, turn }: RefreshToken,
  context: TokenContext,
): Promise<string> {
  const kind = { ...KIND, lifetimeSeconds: endOf(signedInAt) - context.now };
  return signToken(kind, { sub: id, epoch, sid: session, auth_time: signedInAt, turn }, context);
}

/** What a token stands for, or undefined for anything but a valid one of ours. */
export async function readRefreshToken(
  token: string,
  context: TokenContext,
): Promise<RefreshToken | undefined> {
  const claims = await readToken({ ...KIND, lifetimeSeconds: 0 }, token, context);
  if (!claims) return undefined;
  const { sub: id, epoch, sid: session, auth_time: signedInAt, turn } = claims;
  if (typeof id !== 'string' || typeof session !== 'string') return undefined;
  if (typeof epoch !== 'number' || typeof signedInAt !== 'number' || typeof turn !== 'number')
    return undefined;
  return { owner: { id, epoch, session }, signedInAt, turn };
}
