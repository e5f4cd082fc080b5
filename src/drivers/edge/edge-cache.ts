/** The data centre's tier: Cloudflare's Workers Caching in front of an entrypoint that answers with records. */
import type { CachedRecord } from '../../domain/cached-record.ts';
import { Problem } from '../../domain/problem.ts';
import type { EdgeCache } from '../../ports.ts';

/** The cached entrypoint as its caller sees it: `fetch` passes the platform's cache, `purge` (an RPC) does not. */
export interface CachedEntrypoint {
  fetch(request: Request): Promise<Response>;
  purge(tags: string[]): Promise<{ success: boolean }>;
}

/** Only the path counts in the cache's key, and it is made of the name in lower case alone: nothing can split it. */
const ORIGIN = 'https://records.internal';
const tagOf = (key: string) => `profile-${key}`;

/** The caller's half. */
export function edgeCache(entrypoint: CachedEntrypoint): EdgeCache {
  return {
    async read(key) {
      const response = await entrypoint.fetch(new Request(`${ORIGIN}/${key}`));
      if (response.status === 503) {
        await response.body?.cancel();
        throw new Problem('unavailable', {
          headers: { 'Retry-After': response.headers.get('Retry-After') ?? '5' },
        });
      }
      const found = (await response.json()) as CachedRecord;
      if (response.headers.get('Cf-Cache-Status') !== 'HIT') return found;
      const maxAge = Number(/max-age=(\d+)/.exec(response.headers.get('Cache-Control') ?? '')?.[1]);
      const ttlSeconds = Math.max(0, maxAge - Number(response.headers.get('Age') ?? 0));
      return { ...found, freshness: 'HIT', tier: 'edge', ttlSeconds };
    },
    async purge(keys) {
      const { success } = await entrypoint.purge(keys.map(tagOf));
      if (!success) throw new Error('the purge was refused');
    },
  };
}

/** The entrypoint's half: reads a record and says for how long the data centre may keep it. */
export async function answerWithRecord(
  request: Request,
  read: (key: string) => Promise<CachedRecord>,
  ttlSeconds: number,
): Promise<Response> {
  const key = new URL(request.url).pathname.slice(1);
  try {
    const found = await read(key);
    const cacheControl =
      found.freshness === 'STALE' ? 'no-store' : `public, max-age=${Math.min(ttlSeconds, found.ttlSeconds)}`;
    return Response.json(found, { headers: { 'Cache-Control': cacheControl, 'Cache-Tag': tagOf(key) } });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return new Response(null, { status: 503, headers: { 'Cache-Control': 'no-store', ...error.headers } });
  }
}
