/** What surrounds every request: its id, its trace, the headers of every answer, its view and its line of log. */
import { createMiddleware } from 'hono/factory';
import type { Log } from '../../ports.ts';
import type { Services } from '../../routes/context.ts';
import { newTrace, traced } from '../../trace.ts';
import type { AppEnv } from '../context.ts';
import { countView } from './count-views.ts';
import { logRequest } from './request-log.ts';

interface Surroundings {
  services: Services;
  /** Of this deployment, without a final slash. */
  origin: string;
  log: Log;
}

/** Below these lies what any site's scripts may ask for and read. */
export const PUBLIC_PREFIXES = ['/api/public/', '/api/u/', '/.well-known/'];

/** Of what docs/api.md promises, the headers that browsers show to pages of other sites only on being told. */
const EXPOSED_HEADERS =
  'ETag,X-Cache,Cache-Status,Age,Content-Disposition,Retry-After,RateLimit-Policy,RateLimit,X-Request-Id,Allow,Deprecation,Sunset';

/** One middleware instead of one for each: a request that memory answers would pay more for them than for its answer. */
export function everyRequest({ services, origin, log }: Surroundings) {
  return createMiddleware<AppEnv>(async function everyRequest(c, next) {
    const requestId = requestIdOf(c.req.header('CF-Ray'));
    const commonHeaders = headersOfAll(c.req.path, requestId);
    c.set('services', services);
    c.set('origin', origin);
    c.set('requestId', requestId);
    c.set('commonHeaders', commonHeaders);
    const trace = newTrace();
    const started = Date.now();
    await traced(trace, next);
    if (c.res !== c.get('complete')) {
      // Not by c.header, which copies an answer that is already made.
      const { headers } = c.res;
      for (const name in commonHeaders) headers.set(name, commonHeaders[name] as string);
    }
    countView(c);
    logRequest(c, log, trace, Date.now() - started);
  });
}

/** Cloudflare's name for the request. Anything else under that header would be a stranger's text in our log. */
function requestIdOf(ray: string | undefined): string {
  return ray !== undefined && /^[\w-]{1,64}$/.test(ray) ? ray : crypto.randomUUID();
}

function headersOfAll(path: string, requestId: string): Record<string, string> {
  const headers = { 'X-Request-Id': requestId, 'X-Content-Type-Options': 'nosniff' };
  if (!PUBLIC_PREFIXES.some((prefix) => path.startsWith(prefix))) return headers;
  return {
    ...headers,
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': EXPOSED_HEADERS,
  };
}
