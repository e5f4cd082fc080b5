/** One line of log per request, without anything personal: the route's pattern stands for the path. */
import { createMiddleware } from 'hono/factory';
import { matchedRoutes } from 'hono/route';
import type { Log } from '../ports.ts';
import { newTrace, type Trace, traced } from '../trace.ts';
import type { AppEnv } from './http.ts';

/** Logs each answer, and tells signed-in owners in `Server-Timing` what it took. */
export function requestLog(log: Log) {
  return createMiddleware<AppEnv>(async function requestLog(c, next) {
    const trace = newTrace();
    const started = Date.now();
    await traced(trace, next);
    const ms = Date.now() - started;
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
  });
}

/** https://www.w3.org/TR/server-timing/ */
function serverTiming({ upstash, neon }: Trace, ms: number): string {
  const metric = (name: string, { count, ms }: Trace['neon']) =>
    `${name};dur=${ms};desc="${count} round trip${count === 1 ? '' : 's'}"`;
  return [metric('upstash', upstash), metric('neon', neon), `total;dur=${ms}`].join(', ');
}
