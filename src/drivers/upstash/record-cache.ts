/** The shared cache in Upstash Redis, over HTTP. */
import { cacheKeys } from '../../cache/cache-keys.ts';
import type { CachedText, RecordCache, StoreTtl } from '../../ports.ts';
import { openUpstash, type UpstashOptions } from './client.ts';

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
    async read(key): Promise<CachedText> {
      const [text, fence] = asPair(await redis.mget<unknown[]>(cacheKeys.profile(key), cacheKeys.fence(key)));
      return { text, fence };
    },
    async readOutageCopy(key) {
      return asText(await redis.get<unknown>(cacheKeys.outage(key)));
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
    async store(key, fence, text, { freshSeconds, outageSeconds }: StoreTtl) {
      const stored = await redis.eval(STORE, keysOf(key), [
        fence ?? '',
        text,
        String(freshSeconds),
        String(outageSeconds),
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

function asPair(value: unknown): [string | null, string | null] {
  if (!Array.isArray(value) || value.length !== 2)
    throw new TypeError('Upstash answered something else than two values');
  return [asText(value[0]), asText(value[1])];
}

function asText(value: unknown): string | null {
  if (value === null || typeof value === 'string') return value;
  throw new TypeError('Upstash answered something else than a text');
}
