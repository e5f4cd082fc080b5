/** Cacheable answers and conditional requests (RFC 9111, RFC 9110 section 13, RFC 9211). */
import type { Context } from 'hono';
import type { CachedRecord } from '../domain/cached-record.ts';
import { digest } from '../pages/digest.ts';
import type { AppEnv } from './context.ts';

/** Public answers: fresh for 5 minutes, and a minute longer while a newer one is fetched (RFC 5861). */
export const PUBLIC_CACHE_CONTROL = 'public, max-age=300, stale-while-revalidate=60';

/** The caches in front of Postgres as RFC 9211 wants them told, nearest to the origin first. */
function cacheStatus({ tier, ttlSeconds }: Pick<CachedRecord, 'tier' | 'ttlSeconds'>): string {
  switch (tier) {
    case 'isolate':
      return `devcard-isolate; hit; ttl=${ttlSeconds}`;
    case 'upstash':
      return `devcard-upstash; hit; ttl=${ttlSeconds}${ttlSeconds < 0 ? '; detail=revalidating' : ''}`;
    case 'outage':
      return 'devcard-upstash; hit; ttl=-1; detail=outage-copy';
    case 'postgres':
      return `devcard-upstash; fwd=uri-miss; ttl=${ttlSeconds}`;
  }
}

export interface CacheableAnswer {
  found: Pick<CachedRecord, 'freshness' | 'tier' | 'ttlSeconds'>;
  /** Identifies these bytes (RFC 9110 section 8.8.3), without the quotes. */
  etag: string;
  /** Whether answers of this tag are equivalent and not the same bytes. */
  isWeak?: boolean;
  contentType: string;
  body: () => BodyInit | Promise<BodyInit>;
  headers?: Record<string, string>;
}

/** Answers 200 with the headers of every cacheable public answer, or 304 to a matching If-None-Match. */
export function cacheable(
  c: Context<AppEnv>,
  { found, etag, isWeak = false, contentType, body, headers }: CacheableAnswer,
): Promise<Response> {
  c.set('tier', found.tier);
  return conditional(c, etag, body, {
    'Content-Type': contentType,
    'Cache-Control': PUBLIC_CACHE_CONTROL,
    'X-Cache': found.freshness,
    'Cache-Status': cacheStatus(found),
    ...headers,
    ...(isWeak && { ETag: `W/"${etag}"` }),
  });
}

/** As `cacheable`, for a text that is made anyway: its entity tag comes from its bytes. */
export async function cacheableText(
  c: Context<AppEnv>,
  { text, ...answer }: Omit<CacheableAnswer, 'etag' | 'body'> & { text: string },
): Promise<Response> {
  return cacheable(c, { ...answer, etag: await digest(text, 'base64url'), body: () => text });
}

/** Answers 200 with a strong ETag (given without its quotes) unless `headers` have another one, or 304 when the client's copy has it. */
export async function conditional(
  c: Context<AppEnv>,
  etag: string,
  body: CacheableAnswer['body'],
  headers: Record<string, string>,
): Promise<Response> {
  const quoted = `"${etag}"`;
  const all = { ...c.get('commonHeaders'), ETag: quoted, ...headers };
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
