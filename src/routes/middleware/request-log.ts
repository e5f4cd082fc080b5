/** One line of log per request, without anything personal: the route's pattern stands for the path. */
import type { Context } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Log } from '../../ports.ts';
import type { Trace } from '../../trace.ts';
import type { AppEnv } from '../context.ts';

/** Logs an answer, and tells signed-in owners in `Server-Timing` what it took. */
export function logRequest(c: Context<AppEnv>, log: Log, trace: Trace, ms: number): void {
  // The handler that answered, or the first behind the middleware that did.
  const { path } =
    matchedRoutes(c)
      .slice(c.req.routeIndex)
      .find(({ method }) => method !== 'ALL') ?? {};
  log('request', {
    requestId: c.get('requestId'),
    route: path ?? null,
    method: c.req.method,
    status: c.res.status,
    tier: c.get('tier') ?? null,
    ms,
    ...trace,
  });
  if (c.get('owner')) c.header('Server-Timing', serverTiming(trace, ms));
}

/** https://www.w3.org/TR/server-timing/ */
function serverTiming({ upstash, neon }: Trace, ms: number): string {
  const metric = (name: string, { count, ms }: Trace['neon']) =>
    `${name};dur=${ms};desc="${count} round trip${count === 1 ? '' : 's'}"`;
  return [metric('upstash', upstash), metric('neon', neon), `total;dur=${ms}`].join(', ');
}
