/** The log of views in Upstash Redis: a list with a moving front, and the day's visitors. */
import { base64url } from 'jose';
import { cacheKeys } from '../../cache/cache-keys.ts';
import type { ViewLog, ViewLogPart } from '../../view-ports.ts';
import { openUpstash, type UpstashOptions } from './client.ts';

/**
 * The log's name, its position and its oldest entries; a log without a name gets one.
 * KEYS: log, head. ARGV: a fresh name, index of the last entry wanted.
 */
const READ = `
local entries = redis.call('LRANGE', KEYS[1], 0, ARGV[2])
if #entries == 0 then return {} end
if not redis.call('HGET', KEYS[2], 'id') then
  redis.call('HSET', KEYS[2], 'id', ARGV[1], 'position', '0')
end
return {redis.call('HGET', KEYS[2], 'id'), redis.call('HGET', KEYS[2], 'position'), entries}`;

/**
 * Lets go of the oldest entries unless the log has moved on.
 * KEYS: log, head. ARGV: the log's name, its position, how many entries go, the position after them.
 */
const RELEASE = `
if redis.call('HGET', KEYS[2], 'id') ~= ARGV[1] then return 0 end
if redis.call('HGET', KEYS[2], 'position') ~= ARGV[2] then return 0 end
redis.call('LTRIM', KEYS[1], ARGV[3], '-1')
redis.call('HSET', KEYS[2], 'position', ARGV[4])
return 1`;

const LOG_KEYS = [cacheKeys.viewLog, cacheKeys.viewHead];
/** Longer than any roll-up of a day's views is late, unless Postgres is away for more than a day. */
const VISITORS_TTL_SECONDS = 48 * 3600;
/** After this another isolate may begin: work after a response has ended by then. */
const ROLL_UP_SECONDS = 30;
const DAY_KEY_BYTES = 32;
/** What the last views of a day need to get their hashes. */
const DAY_KEY_GRACE_SECONDS = 60;
const DAY_SECONDS = 86_400;

interface ViewLogOptions extends Omit<UpstashOptions, 'timeoutMs'> {
  writeTimeoutMs: number;
  readTimeoutMs: number;
  maxEntries: number;
  now: () => number;
}

export function upstashViewLog({
  writeTimeoutMs,
  readTimeoutMs,
  maxEntries,
  now,
  ...options
}: ViewLogOptions): ViewLog {
  const writer = openUpstash({ ...options, timeoutMs: writeTimeoutMs });
  const reader = openUpstash({ ...options, timeoutMs: readTimeoutMs });
  return {
    async append(entry) {
      const length = Number(await writer.rpush(cacheKeys.viewLog, entry));
      // The breaker above then skips this log for a while, which keeps what waits bounded while roll-ups fail.
      if (!(length <= maxEntries)) throw new RangeError(`${length} batches of views wait`);
      return length;
    },

    async read(most): Promise<ViewLogPart> {
      const reply = await reader.eval(READ, LOG_KEYS, [crypto.randomUUID(), String(most - 1)]);
      const [id = '', position = 0, entries = []] = reply as [string?, string?, string[]?];
      return { id, position: Number(position), entries };
    },

    async known(day, visitors) {
      const list = [...visitors];
      const flags = await reader.smismember(cacheKeys.viewVisitors(day), list);
      return new Set(list.filter((_, i) => Number(flags[i]) === 1));
    },

    async release({ id, position }, end, visitors) {
      const pipeline = reader.pipeline();
      for (const [day, [first, ...others]] of visitors) {
        pipeline.sadd(cacheKeys.viewVisitors(day), first, ...others);
        pipeline.expire(cacheKeys.viewVisitors(day), VISITORS_TTL_SECONDS);
      }
      pipeline.eval(RELEASE, LOG_KEYS, [id, String(position), String(end - position), String(end)]);
      await pipeline.exec();
    },

    async claimRollUp() {
      return (await reader.set(cacheKeys.viewRollUp, '1', { nx: true, ex: ROLL_UP_SECONDS })) === 'OK';
    },

    async leaveRollUp() {
      await reader.del(cacheKeys.viewRollUp);
    },

    async dayKey(day) {
      const key = cacheKeys.viewKey(day);
      const held = await writer.get<string>(key);
      if (held) return base64url.decode(held) as Uint8Array<ArrayBuffer>;
      const fresh = base64url.encode(crypto.getRandomValues(new Uint8Array(DAY_KEY_BYTES)));
      const secondsLeft = Math.ceil((Date.parse(day) - now()) / 1000) + DAY_SECONDS + DAY_KEY_GRACE_SECONDS;
      const [, winner] = await writer
        .multi()
        .set(key, fresh, { nx: true, ex: Math.max(1, secondsLeft) })
        .get(key)
        .exec<[unknown, string]>();
      return base64url.decode(winner) as Uint8Array<ArrayBuffer>;
    },
  };
}
