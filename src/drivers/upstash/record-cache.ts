/** The shared cache in Upstash Redis, over HTTP. */
import { cacheKeys } from '../../cache/cache-keys.ts';
import type { CachedCopies, RecordCache, StoreTtl } from '../../ports.ts';
import { openUpstash, type UpstashOptions } from './client.ts';

/**
 * Reads a name's fresh copy, or its stale one where there is no fresh one, and its fence; '' for what is not there.
 * Read-only, so that the nearest replica answers. KEYS: profile, outage, fence.
 */
const READ = `
local found = redis.call('MGET', KEYS[1], KEYS[3])
if found[1] then return {found[1], '', found[2] or ''} end
return {'', redis.call('GET', KEYS[2]) or '', found[2] or ''}`;

/**
 * Stores a copy only if no change has moved the fence since the copy's reader saw it.
 * KEYS: profile, outage, fence. ARGV: fence seen ('' for none), text, fresh TTL, outage TTL (seconds).
 */
const STORE = `
local fence = redis.call('GET', KEYS[3])
if (fence or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
if ARGV[4] == '0' then redis.call('DEL', KEYS[2]) else redis.call('SET', KEYS[2], ARGV[2], 'EX', ARGV[4]) end
return 1`;

/**
 * Removes the copies of names and moves their fences. KEYS: profile, outage, fence of each name in turn.
 * ARGV: the new fence, its TTL in seconds.
 */
const INVALIDATE = `
for i = 1, #KEYS, 3 do
  redis.call('DEL', KEYS[i], KEYS[i + 1])
  redis.call('SET', KEYS[i + 2], ARGV[1], 'EX', ARGV[2])
end
return 1`;

interface RecordCacheOptions extends UpstashOptions {
  fenceTtlSeconds: number;
}

/** What fails late is skipped by the breaker above. */
export function upstashRecordCache({ fenceTtlSeconds, ...options }: RecordCacheOptions): RecordCache {
  const redis = openUpstash(options);
  return {
    async read(key): Promise<CachedCopies> {
      const [fresh, stale, fence] = asTexts(await redis.evalRo(READ, keysOf(key), []));
      return { fresh: fresh || null, stale: stale || null, fence: fence || null };
    },
    async readCardName(cardId) {
      return asText(await redis.get<unknown>(cacheKeys.card(cardId)));
    },
    async storeCardName(cardId, key, ttlSeconds) {
      await redis.set(cacheKeys.card(cardId), key, { ex: ttlSeconds });
    },
    async forgetCardNames(cardIds) {
      await redis.del(...cardIds.map(cacheKeys.card));
    },
    async store(key, fence, text, { freshSeconds, staleSeconds }: StoreTtl) {
      const stored = await redis.eval(STORE, keysOf(key), [
        fence ?? '',
        text,
        String(freshSeconds),
        String(staleSeconds),
      ]);
      return Number(stored) === 1;
    },
    async invalidate(keys) {
      await redis.eval(INVALIDATE, keys.flatMap(keysOf), [crypto.randomUUID(), String(fenceTtlSeconds)]);
    },
  };
}

function keysOf(key: string): [string, string, string] {
  return [cacheKeys.profile(key), cacheKeys.outage(key), cacheKeys.fence(key)];
}

function asTexts(value: unknown): [string, string, string] {
  if (Array.isArray(value) && value.length === 3 && value.every((one) => typeof one === 'string'))
    return value as [string, string, string];
  throw new TypeError('Upstash answered something else than three texts');
}

function asText(value: unknown): string | null {
  if (value === null || typeof value === 'string') return value;
  throw new TypeError('Upstash answered something else than a text');
}
