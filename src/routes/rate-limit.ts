/** Holds back clients that ask for too much; what the isolate has in memory is not counted. */
import { createMiddleware } from 'hono/factory';
import { clientOf, type RateLimitName } from '../domain/rate-limits.ts';
import type { AppEnv } from './http.ts';

interface LimitedRoutes {
  limit: RateLimitName;
  methods: readonly string[];
  /** Group 1 is the username, where there is one. */
  path: RegExp;
  /** Whether answers that need nobody else's help are free. Pictures are not: it is drawing them that costs. */
  freeAtHand?: boolean;
  /** Whether each path is counted by itself: the steps of a sign-in are not to eat up each other's share. */
  byPath?: boolean;
}

const READ = ['GET', 'HEAD'];

/** Which requests count against which limit: the first that fits. Owners' writes are counted by `signedIn`. */
const LIMITED: readonly LimitedRoutes[] = [
  { limit: 'verifications', methods: ['POST'], path: /^\/api\/(?:public|u)\/qr-session\/verify$/ },
  { limit: 'qrImages', methods: READ, path: /^\/api\/(?:public|u)\/([^/]+)\/(?:qr-session\/)?qr$/ },
  {
    limit: 'qrSessions',
    methods: READ,
    path: /^\/api\/(?:public|u)\/([^/]+)\/qr-session$/,
    freeAtHand: true,
  },
  {
    limit: 'reads',
    methods: READ,
    path: /^\/(?:api\/(?:public|u)|u|devcard)\/([^/]+?)(?:\.vcf)?(?:\/|$)/,
    freeAtHand: true,
  },
  { limit: 'signIns', methods: READ, path: /^\/auth\/(?!me$|username$)/, byPath: true },
  { limit: 'signIns', methods: ['POST'], path: /^\/auth\/username$/, byPath: true },
];

/** @throws Problem `too-many-requests` */
export const rateLimit = createMiddleware<AppEnv>(async function rateLimit(c, next) {
  const { method, path } = c.req;
  const routes = LIMITED.find((one) => one.methods.includes(method) && one.path.test(path));
  // Always there on Cloudflare, and not the client's to set.
  const address = c.req.header('CF-Connecting-IP');
  if (routes && address) {
    const { rateLimits, publicProfiles } = c.var.services;
    const username = routes.path.exec(path)?.[1];
    const isFree = routes.freeAtHand && username !== undefined && publicProfiles.isAtHand(username);
    const client = clientOf(address);
    if (!isFree) await rateLimits.count(routes.limit, routes.byPath ? `${client} ${path}` : client);
  }
  await next();
});
