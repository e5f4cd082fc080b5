/** Holds back clients that ask for too much. What a cache answers is not counted: a hall full of people is one client. */
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { CachedRecord } from '../../domain/cached-record.ts';
import { clientOf, type RateLimitName, siteOf } from '../../domain/rate-limits.ts';
import type { AppEnv } from '../context.ts';

interface LimitedRoutes {
  limit: RateLimitName;
  methods: readonly string[];
  /** Group 1 is the username, where there is one. */
  path: RegExp;
  /**
   * Whether only what the database was asked for counts, once that is known. Pictures are counted beforehand: it is
   * drawing them that costs. So is the site map, which always asks.
   */
  afterwards?: boolean;
  /** Whether each path is counted by itself: the steps of a sign-in are not to eat up each other's share. */
  byPath?: boolean;
}

const READ = ['GET', 'HEAD'];

/** Which requests count against which limit: the first that fits. `requireOwner` counts those of owners. */
const LIMITED: readonly LimitedRoutes[] = [
  { limit: 'verifications', methods: ['POST'], path: /^\/api\/(?:public|u)\/qr-session\/verify$/ },
  {
    limit: 'qrImages',
    methods: READ,
    path: /^\/(?:api\/(?:public|u)\/[^/]+\/(?:qr-session\/)?qr|u\/[^/]+\/preview\.png)$/,
  },
  {
    limit: 'qrSessions',
    methods: READ,
    path: /^\/api\/(?:public|u)\/([^/]+)\/qr-session$/,
    afterwards: true,
  },
  { limit: 'reads', methods: READ, path: /^\/(?:api\/(?:public|u)\/card|devcard)\//, afterwards: true },
  {
    limit: 'reads',
    methods: READ,
    path: /^\/(?:api\/(?:public|u)|u)\/([^/]+?)(?:\.vcf)?(?:\/|$)/,
    afterwards: true,
  },
  { limit: 'reads', methods: READ, path: /^\/badge\/([^/]+)\.(?:svg|json)$/, afterwards: true },
  { limit: 'reads', methods: READ, path: /^\/(?:\.well-known\/webfinger|oembed)$/, afterwards: true },
  { limit: 'reads', methods: READ, path: /^\/sitemap[./]/ },
  { limit: 'signIns', methods: READ, path: /^\/auth\/(?!me$|username$|token$)/, byPath: true },
  { limit: 'signIns', methods: ['POST'], path: /^\/auth\/username$/, byPath: true },
  { limit: 'strangers', methods: ['POST'], path: /^\/auth\/logout$/ },
];

/** Tiers whose answers cost the database nothing. */
const CACHES: readonly unknown[] = ['isolate', 'upstash'] satisfies CachedRecord['tier'][];

/** @throws Problem `too-many-requests` */
export const rateLimit = createMiddleware<AppEnv>(async function rateLimit(c, next) {
  const { method, path } = c.req;
  const routes = LIMITED.find((one) => one.methods.includes(method) && one.path.test(path));
  if (!routes) return next();
  const { limit, byPath = false, afterwards } = routes;
  if (!afterwards) {
    await countClient(c, limit, byPath);
    return next();
  }
  const counted = countedFor(c, limit, byPath);
  if (counted.length === 0) return next();
  const { rateLimits, publicProfiles } = c.get('services');
  const username = routes.path.exec(path)?.[1];
  if (username !== undefined && publicProfiles.isCached(username)) return next();
  const held = counted.find(([name, key]) => rateLimits.isHeld(name, key));
  if (held) {
    if (username !== undefined && (await publicProfiles.warm(username))) return next();
    rateLimits.refuseHeld(...held);
  }
  await next();
  // An outage is not the client's doing.
  if (CACHES.includes(c.get('tier')) || c.res.status >= 500) return;
  await countClient(c, limit, byPath).catch((problem) => {
    // Else Hono would give the refusal the headers of the answer, which caches may keep.
    c.res = undefined;
    throw problem;
  });
});

/** Counts a request against its client, and against the client's site. @throws Problem `too-many-requests` */
export async function countClient(c: Context<AppEnv>, limit: RateLimitName, byPath = false): Promise<void> {
  for (const [name, key] of countedFor(c, limit, byPath)) await c.get('services').rateLimits.count(name, key);
}

/** Against which limits a request counts, and as whose. */
function countedFor(c: Context<AppEnv>, limit: RateLimitName, byPath: boolean): [RateLimitName, string][] {
  // Always there on Cloudflare, and not the client's to set.
  const address = c.req.header('CF-Connecting-IP');
  if (!address) return [];
  const suffix = byPath ? ` ${c.req.path}` : '';
  const site = siteOf(address);
  return [
    [limit, clientOf(address) + suffix],
    ...(site === undefined ? [] : [['networks', `${site} ${limit}${suffix}`] as [RateLimitName, string]]),
  ];
}
