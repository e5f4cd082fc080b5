/** Upstash Global: one primary that takes writes, and in every region a replica that answers reads and lags. */

import { cacheKeys } from '../../src/cache/cache-keys.ts';
import type { CachedCopies, RecordCache } from '../../src/ports.ts';
import type { Settings } from '../../src/settings.ts';
import type { ViewLog } from '../../src/view-ports.ts';
import type { Chance } from './chance.ts';
import type { VirtualClock } from './clock.ts';
import { HOME, REGIONS, type RegionId, roundTripMs } from './network.ts';

/**
 * Upstash says that reads in the region take < 1 ms and writes < 5 ms (99th percentile), and that replication is
 * asynchronous: https://upstash.com/docs/redis/features/globaldatabase, read 2026-11-23.
 */
const READ_MS = 1;
const WRITE_MS = 3;
/** How long a write takes to show in a replica: nothing is published; assumed, half within 100 ms, 1 in 100 over 1 s. */
const LAG_MEDIAN_MS = 100;
const LAG_SIGMA = 1;
/** Longest lag that is drawn. */
export const MAX_LAG_MS = 3_000;

interface Written {
  value: string | null;
  until: number;
  /** When each region's replica shows it, in the order of REGIONS. */
  visibleAt: number[];
}

export class SimulatedUpstash {
  readonly #clock: VirtualClock;
  readonly #chance: Chance;
  readonly #settings: Settings;
  /** What each key held, newest last; what no replica can show any more is dropped. */
  readonly #history = new Map<string, Written[]>();
  #fences = 0;
  /** Requests by what they are, as they arrive; `fenced` of the stores were refused. */
  readonly requests = { read: 0, store: 0, fenced: 0, invalidate: 0, append: 0, dayKey: 0, timedOut: 0 };

  constructor(clock: VirtualClock, chance: Chance, settings: Settings) {
    this.#clock = clock;
    this.#chance = chance;
    this.#settings = settings;
  }

  /** The cache as an isolate in a region sees it. */
  recordCache(from: RegionId): RecordCache {
    const unused = () => Promise.reject(new Error('not part of the simulation'));
    const { UPSTASH_TIMEOUT_MS, FENCE_TTL_SECONDS } = this.#settings;
    return {
      read: (key): Promise<CachedCopies> =>
        this.#ask(from, from, READ_MS, UPSTASH_TIMEOUT_MS, () => {
          this.requests.read += 1;
          const fresh = this.#get(cacheKeys.profile(key), from);
          const stale = fresh === null ? this.#get(cacheKeys.outage(key), from) : null;
          return { fresh, stale, fence: this.#get(cacheKeys.fence(key), from) };
        }),
      store: (key, fence, text, { freshSeconds, staleSeconds }) =>
        this.#ask(from, HOME, WRITE_MS, UPSTASH_TIMEOUT_MS, () => {
          this.requests.store += 1;
          const stored = this.#get(cacheKeys.fence(key), HOME) === fence;
          if (stored) {
            this.#set(cacheKeys.profile(key), text, freshSeconds);
            this.#set(cacheKeys.outage(key), staleSeconds > 0 ? text : null, staleSeconds);
          } else this.requests.fenced += 1;
          return stored;
        }),
      invalidate: (keys) =>
        this.#ask(from, HOME, WRITE_MS, UPSTASH_TIMEOUT_MS, () => {
          this.requests.invalidate += 1;
          this.#fences += 1;
          for (const key of keys) {
            this.#set(cacheKeys.profile(key), null, 0);
            this.#set(cacheKeys.outage(key), null, 0);
            this.#set(cacheKeys.fence(key), String(this.#fences), FENCE_TTL_SECONDS);
          }
        }),
      // Outages and addresses of cards are not simulated.
      readCardName: unused,
      storeCardName: unused,
      forgetCardNames: unused,
    };
  }

  /** The log of views as an isolate in a region sees it. */
  viewLog(from: RegionId): Pick<ViewLog, 'append' | 'dayKey'> {
    const { VIEW_WRITE_TIMEOUT_MS } = this.#settings;
    return {
      append: () =>
        this.#ask(from, HOME, WRITE_MS, VIEW_WRITE_TIMEOUT_MS, () => {
          this.requests.append += 1;
          return 0;
        }),
      dayKey: () =>
        this.#ask(from, HOME, WRITE_MS, VIEW_WRITE_TIMEOUT_MS, () => {
          this.requests.dayKey += 1;
          return new Uint8Array(32);
        }),
    };
  }

  /** A request that is done when it arrives, and answered when that has come back, unless it takes too long. */
  async #ask<T>(from: RegionId, to: RegionId, workMs: number, limitMs: number, work: () => T): Promise<T> {
    const tripMs = roundTripMs(this.#chance, from, to);
    if (tripMs + workMs > limitMs) {
      this.requests.timedOut += 1;
      this.#clock.after(tripMs / 2 + workMs, work);
      await this.#clock.sleep(limitMs);
      throw new DOMException('The request took too long', 'TimeoutError');
    }
    await this.#clock.sleep(tripMs / 2 + workMs);
    const answer = work();
    await this.#clock.sleep(tripMs / 2);
    return answer;
  }

  #get(key: string, at: RegionId): string | null {
    const now = this.#clock.now();
    const place = indexOf(at);
    const shown = this.#history.get(key)?.findLast(({ visibleAt }) => visibleAt[place]! <= now);
    return shown && shown.until > now ? shown.value : null;
  }

  #set(key: string, value: string | null, ttlSeconds: number): void {
    const now = this.#clock.now();
    const earlier = this.#history.get(key) ?? [];
    const last = earlier.at(-1);
    const visibleAt = REGIONS.map(({ id }, place) => {
      const lag = id === HOME ? 0 : Math.min(MAX_LAG_MS, this.#chance.logNormal(LAG_MEDIAN_MS, LAG_SIGMA));
      // A replica applies writes in their order.
      return Math.max(now + lag, last?.visibleAt[place] ?? 0);
    });
    const settled = earlier.findLastIndex((one) => one.visibleAt.every((at) => at <= now));
    this.#history.set(key, [
      ...earlier.slice(Math.max(0, settled)),
      { value, until: now + ttlSeconds * 1000, visibleAt },
    ]);
  }
}

function indexOf(region: RegionId): number {
  return REGIONS.findIndex(({ id }) => id === region);
}
