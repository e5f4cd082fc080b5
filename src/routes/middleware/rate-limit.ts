/** Holds back clients that ask for too much. What a cache answers is not counted: a hall full of people is one client. */
import type { Context, MiddlewareHandler, Next } from 'hono';
import type { CachedRecord } from '../../domain/cached-record.ts';
import { clientOf, RATE_LIMITS, type RateLimitName, siteOf } from '../../domain/rate-limits.ts';
import type { AppEnv } from '../context.ts';

interface LimitedRoutes {
  limit: RateLimitName;
  methods: readonly string[];
  path: RegExp;
}

const READ = ['GET', 'HEAD'];

/** Which requests count against which limit: the first that fits. `requireOwner` counts those of owners. */
const LIMITED: readonly LimitedRoutes[] = [
  { limit: 'signIns', methods: READ, path: /^\/auth\/(?!me$|username$|token$)/ },
  { limit: 'signIns', methods: ['POST'], path: /^\/auth\/username$/ },
  { limit: 'strangers', methods: ['POST'], path: /^\/auth\/logout$/ },
];

/** Tiers whose answers cost the database nothing. */
const CACHES: readonly unknown[] = ['isolate', 'upstash'] satisfies CachedRecord['tier'][];

/** For routes that are not in `ROUTES` yet. @throws Problem `too-many-requests` */
export const limitByPath: MiddlewareHandler<AppEnv> = function limitByPath(c, next) {
  const { method, path } = c.req;
  const routes = LIMITED.find((one) => one.methods.includes(method) && one.path.test(path));
  if (!routes) return next();
  return rateLimit(routes.limit)(c, next);
};

/** Middleware that counts a route's requests by client. @param isFreeFromCache whether what a cache answers is not counted */
export function rateLimit(limit: RateLimitName, isFreeFromCache = false): MiddlewareHandler<AppEnv> {
  if (isFreeFromCache)
    return function limitMissesOfRoute(c, next) {
      return limitMisses(c, next, limit, usernameIn(c));
    };
  return async function rateLimit(c, next) {
    await countClient(c, limit);
    return next();
  };
}

/** The username in the path of a route, where there is one. */
export function usernameIn(c: Context<AppEnv>): string | undefined {
  return c.req.param('username') ?? c.req.param('file')?.replace(/\.\w+$/, '');
}

/** Counts a request once it is known whether a cache has answered it. */
async function limitMisses(
  c: Context<AppEnv>,
  next: Next,
  limit: RateLimitName,
  username: string | undefined,
): Promise<void> {
  const { rateLimits, publicProfiles } = c.get('services');
  if (username !== undefined && publicProfiles.isCached(username)) return next();
  const counted = countedFor(c, limit);
  const held = counted.find(([name, key]) => rateLimits.isHeld(name, key));
  if (held) {
    if (username !== undefined && (await publicProfiles.warm(username))) return next();
    rateLimits.refuseHeld(...held);
  }
  await next();
  // An outage is not the client's doing.
  if (CACHES.includes(c.get('tier')) || c.res.status >= 500) return;
  await countClient(c, limit).catch((problem) => {
    // Else Hono would give the refusal the headers of the answer, which caches may keep.
    c.res = undefined;
    throw problem;
  });
}

/** Counts a request against its client, and against the client's site. @throws Problem `too-many-requests` */
export async function countClient(c: Context<AppEnv>, limit: RateLimitName): Promise<void> {
  for (const [name, key] of countedFor(c, limit)) await c.get('services').rateLimits.count(name, key);
}

/** Against which limits a request counts, and as whose. */
function countedFor(c: Context<AppEnv>, limit: RateLimitName): [RateLimitName, string][] {
  // Always there on Cloudflare, and not the client's to set.
  const address = c.req.header('CF-Connecting-IP');
  if (!address) return [];
  const suffix = 'isByPath' in RATE_LIMITS[limit] ? ` ${c.req.path}` : '';
  const site = siteOf(address);
  return [
    [limit, clientOf(address) + suffix],
    ...(site === undefined ? [] : [['networks', `${site} ${limit}${suffix}`] as [RateLimitName, string]]),
  ];
}
