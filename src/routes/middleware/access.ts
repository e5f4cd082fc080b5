/** Who may call a route. */
import type { MiddlewareHandler } from 'hono';
import { Problem } from '../../domain/problem.ts';
import type { AppEnv } from '../context.ts';
import type { Route } from '../route.ts';
import { requireOwnerWithin } from './require-owner.ts';
import { requireSameOrigin } from './same-origin.ts';
import { cookieToken } from './session-cookie.ts';

/**
 * `public`: everybody. `signIn`: everybody, with an answer that nobody may keep. `pendingSignUp`: people who have signed
 * in and have no username yet. `owner`: owners. `ownersBrowser`: owners by the cookie of their browser alone.
 */
export type Access = 'public' | 'signIn' | 'pendingSignUp' | 'owner' | 'ownersBrowser';

/** Whether only owners may call. */
export function isForOwners(access: Access): boolean {
  return access === 'owner' || access === 'ownersBrowser';
}

/** Middleware that refuses everybody whom a route is not for. */
export function checkAccess({ access, limit }: Pick<Route, 'access' | 'limit'>): MiddlewareHandler<AppEnv>[] {
  switch (access) {
    case 'public':
      return [];
    case 'signIn':
      return [noStore];
    case 'pendingSignUp':
      return [noStore, requirePendingSignUp];
    case 'owner':
      return [requireOwnerWithin(limit)];
    case 'ownersBrowser':
      return [requireOwnerWithin(limit), refuseTokens];
  }
}

const noStore: MiddlewareHandler<AppEnv> = async function noStore(c, next) {
  c.header('Cache-Control', 'no-store');
  await next();
};

/** @throws Problem `forbidden`, `sign-in-failed` */
const requirePendingSignUp: MiddlewareHandler<AppEnv> = async function requirePendingSignUp(c, next) {
  if (c.req.method === 'POST') requireSameOrigin(c);
  await c.var.services.signIn.pendingSignUp(cookieToken(c, 'devcard-sign-up') ?? '');
  await next();
};

/** Otherwise a stolen token could get the next one. @throws Problem `forbidden` */
const refuseTokens: MiddlewareHandler<AppEnv> = async function refuseTokens(c, next) {
  if (c.req.header('Authorization') !== undefined)
    throw new Problem('forbidden', { detail: 'Tokens are given to a browser that is signed in.' });
  await next();
};
