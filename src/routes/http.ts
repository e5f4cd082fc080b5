/** What all routes share: the typed Hono environment, cacheable answers, problems, and JSON bodies. */
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { validator } from 'hono/validator';
import * as v from 'valibot';
import type { FoundRecord } from '../domain/found-record.ts';
import type { Owner } from '../domain/owner.ts';
import type { OwnerSession } from '../domain/owner-session.ts';
import { Problem } from '../domain/problem.ts';
import type { Shown } from '../domain/view.ts';
import type { Services } from '../services/services.ts';

/** Middleware on the way of every request says `c.get('x')`: `c.var` copies all of them at each use. */
export interface AppEnv {
  Variables: {
    services: Services;
    requestId: string;
    /** Those of every answer, which `tagged` sends along and others get afterwards. */
    commonHeaders: Record<string, string>;
    /** Set by `tagged`: the answer that has them already. */
    complete: Response | undefined;
    /** Of this deployment, without a final slash. */
    origin: string;
    /** Where the answer came from, once that is known. */
    tier: FoundRecord['tier'] | undefined;
    /** Set by `signedIn` on owner routes. */
    owner: Owner;
    session: OwnerSession;
    /** Set by `shows` on answers that are views. */
    shown: Shown | undefined;
  };
}

/** Public answers: fresh for 5 minutes, and a minute longer while a newer one is fetched (RFC 5861). */
export const PUBLIC_CACHE_CONTROL = 'public, max-age=300, stale-while-revalidate=60';

/** Seconds for which an unknown name's 404 may be kept. */
const UNKNOWN_MAX_AGE_SECONDS = 30;

/** The caches in front of Postgres as RFC 9211 wants them told, nearest to the origin first. */
function cacheStatus({ tier, ttlSeconds }: Pick<FoundRecord, 'tier' | 'ttlSeconds'>): string {
  switch (tier) {
    case 'isolate':
      return `devcard-isolate; hit; ttl=${ttlSeconds}`;
    case 'edge':
      return `devcard-edge; hit; ttl=${ttlSeconds}`;
    case 'upstash':
      return `devcard-upstash; hit; ttl=${ttlSeconds}`;
    case 'outage':
      return 'devcard-upstash; hit; ttl=-1; detail=outage-copy';
    case 'postgres':
      return `devcard-upstash; fwd=uri-miss; ttl=${ttlSeconds}`;
  }
}

export interface CacheableAnswer {
  found: Pick<FoundRecord, 'freshness' | 'tier' | 'ttlSeconds'>;
  /** Strong: identifies these bytes (RFC 9110 section 8.8.3), without the quotes. */
  etag: string;
  contentType: string;
  body: () => BodyInit | Promise<BodyInit>;
  headers?: Record<string, string>;
}

/** Answers 200 with the headers of every cacheable public answer, or 304 to a matching If-None-Match. */
export function cacheable(
  c: Context<AppEnv>,
  { found, etag, contentType, body, headers }: CacheableAnswer,
): Promise<Response> {
  c.set('tier', found.tier);
  return tagged(c, etag, body, {
    'Content-Type': contentType,
    'Cache-Control': PUBLIC_CACHE_CONTROL,
    'X-Cache': found.freshness,
    'Cache-Status': cacheStatus(found),
    ...headers,
  });
}

/** Answers 200 with a strong ETag (given without its quotes), or 304 when the client's copy has it. */
export async function tagged(
  c: Context<AppEnv>,
  etag: string,
  body: CacheableAnswer['body'],
  headers: Record<string, string>,
): Promise<Response> {
  const quoted = `"${etag}"`;
  const all = { ...c.get('commonHeaders'), ...headers, ETag: quoted };
  const isKnown = matches(c.req.header('If-None-Match'), quoted);
  // All headers at once and not by Hono, which would copy them: they are most of what a short answer costs.
  const answer = new Response(isKnown ? null : await body(), { status: isKnown ? 304 : 200, headers: all });
  c.set('complete', answer);
  return answer;
}

/** If-None-Match compares weakly (RFC 9110 section 13.1.2). */
function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (!ifNoneMatch) return false;
  return (
    ifNoneMatch.trim() === '*' ||
    ifNoneMatch.split(',').some((one) => one.trim().replace(/^W\//, '') === etag)
  );
}

/** Whether who asks looks at pages. */
export function wantsPage(c: Context): boolean {
  return c.req.header('Accept')?.includes('text/html') ?? false;
}

/** Turns a failure into `application/problem+json` (RFC 9457); clients of the existing API read `error`. */
export function problemAnswer(c: Context<AppEnv>, problem: Problem): Response {
  const { code, status, title, detail, errors, headers } = problem;
  const body = {
    type: `/docs#problem-${code}`,
    title,
    status,
    ...(detail && { detail }),
    code,
    requestId: c.var.requestId,
    error: detail ?? title,
    ...(errors && { errors }),
  };
  return c.body(JSON.stringify(body), status as ContentfulStatusCode, {
    'Content-Type': 'application/problem+json',
    'Cache-Control': problemCacheControl(problem),
    ...(status === 401 && { 'WWW-Authenticate': challenge(c) }),
    ...headers,
  });
}

/** What a 401 asks for (RFC 9110 section 11.6.1): it says so when a token came and does not count (RFC 6750 section 3.1). */
export function challenge(c: Context): string {
  const hasToken = /^Bearer /i.test(c.req.header('Authorization') ?? '');
  return `Bearer realm="devcard"${hasToken ? ', error="invalid_token"' : ''}`;
}

/** Only that a name is nobody's may be kept, and not for long. */
export function problemCacheControl({ code }: Problem): string {
  return code === 'user-not-found' ? `public, max-age=${UNKNOWN_MAX_AGE_SECONDS}` : 'no-store';
}

/**
 * Validates a JSON body.
 * @throws Problem `unsupported-media-type`, `malformed-request`, or `invalid-input` with the fields at fault
 */
export function jsonBody<Schema extends v.GenericSchema>(schema: Schema) {
  return validator('json', (body: v.InferInput<Schema>, c) => {
    // Hono hands over an empty object where it takes the media type for another one: by the same rule.
    const [mediaType = ''] = (c.req.header('Content-Type') ?? '').split(';');
    if (!/^application\/([\w.-]+\+)?json$/i.test(mediaType.trim())) {
      throw new Problem('unsupported-media-type', { detail: 'Send the body as application/json.' });
    }
    if (Array.isArray(body))
      throw new Problem('malformed-request', { detail: 'Send a JSON object, not an array.' });
    return validated(schema, body);
  });
}

/** More would help nobody. */
const MAX_ERRORS = 100;

/** The output of a schema. @throws Problem `invalid-input` with the fields at fault */
export function validated<Schema extends v.GenericSchema>(
  schema: Schema,
  input: unknown,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, input);
  if (parsed.success) return parsed.output;
  const errors = parsed.issues
    .slice(0, MAX_ERRORS)
    .map((issue) => ({ path: v.getDotPath(issue) ?? '', message: issue.message }));
  throw new Problem('invalid-input', { errors });
}
