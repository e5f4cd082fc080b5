/**
 * A tier that the product was built with once and that did not earn its place: a cache in every data centre between the
 * isolates and Upstash, as Cloudflare's Workers Caching is (with one behind them) or its Cache API (without).
 */
import type { SharedRecords } from '../../src/cache/shared-records.ts';
import type { CachedRecord } from '../../src/domain/cached-record.ts';
import type { Chance } from './chance.ts';
import type { VirtualClock } from './clock.ts';
import { HOME, type RegionId, roundTripMs } from './network.ts';

/** Purges of an account on the Free plan: https://developers.cloudflare.com/cache/how-to/purge-cache/, read 2026-11-23. */
export const FREE_PLAN_PURGES = { bucket: 25, perMinute: 5 };
/** Half of all purges are everywhere within 150 ms: https://blog.cloudflare.com/instant-purge/; the spread is assumed. */
const PURGE_MEDIAN_MS = 150;
const PURGE_SIGMA = 0.3;

/** A data centre: `number` tells it from the others of its region. */
export interface DataCentre {
  region: RegionId;
  number: number;
}

/**
 * Lower tiers ask an upper tier (https://developers.cloudflare.com/workers/cache/, read 2026-11-23). Where that is, and
 * where the Worker then runs, is not said: assumed, both in one data centre of the home region.
 */
const UPPER: DataCentre = { region: HOME, number: 0 };

/** How long a data centre keeps a record: what bounds its age where a purge is refused, and the Cache API has none. */
const KEPT_SECONDS = 15;

/** What isolates ask for records beyond their own memory. */
export type Shared = Pick<SharedRecords, 'read' | 'readCopy' | 'invalidate'>;

/** A record as a cache keeps it; one that may not be kept is stale at once. */
interface Kept {
  found: CachedRecord;
  until: number;
}

/** Who had the answer: the cache of the data centre that was asked, the one behind it, or the Worker. */
type Source = 'lower' | 'upper' | 'worker';

interface Deps {
  clock: VirtualClock;
  chance: Chance;
  /** What an isolate of a data centre reads where no cache has a copy. */
  read: (key: string, at: DataCentre) => Promise<CachedRecord>;
  /** Without an upper tier every data centre runs the Worker itself. */
  hasUpperTier: boolean;
  purges: typeof FREE_PLAN_PURGES;
}

export class DataCentreCache {
  readonly #deps: Deps;
  readonly #upper: DataCentre | undefined;
  readonly #kept = new Map<string, Kept>();
  readonly #inFlight = new Map<string, Promise<{ kept: Kept; source: Source }>>();
  #purgesLeft: number;
  #purgesCountedAt = 0;
  /** Reads by who had the answer, and purges by what became of them. */
  readonly counts = { lower: 0, upper: 0, worker: 0, purged: 0, refused: 0 };

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#purgesLeft = deps.purges.bucket;
    this.#upper = deps.hasUpperTier ? UPPER : undefined;
  }

  /** Puts the cache of a data centre in front of what one of its isolates shares with all others. */
  inFrontOf(shared: Shared, at: DataCentre): Shared {
    return {
      read: async (key) => {
        const { kept, source } = await this.#read(key, at);
        this.counts[source] += 1;
        if (source === 'worker') return kept.found;
        const ttlSeconds = Math.max(0, (kept.until - this.#deps.clock.now()) / 1000);
        // The tally alone knows this tier.
        return { ...kept.found, freshness: 'HIT', tier: 'edge' as CachedRecord['tier'], ttlSeconds };
      },
      readCopy: (key) => shared.readCopy(key),
      invalidate: async (keys) => {
        await shared.invalidate(keys);
        await this.#purge(keys);
      },
    };
  }

  async #read(key: string, at: DataCentre): Promise<{ kept: Kept; source: Source }> {
    const place = `${at.region} ${at.number} ${key}`;
    const here = this.#kept.get(place);
    if (here && here.until > this.#deps.clock.now()) return { kept: here, source: 'lower' };
    // Requests for what is being fetched wait for it: Cloudflare calls it request collapsing.
    const inFlight = this.#inFlight.get(place);
    if (inFlight) return { kept: (await inFlight).kept, source: 'lower' };
    const fetched = this.#fetch(key, at);
    this.#inFlight.set(place, fetched);
    const found = await fetched;
    this.#inFlight.delete(place);
    this.#kept.set(place, found.kept);
    return found;
  }

  async #fetch(key: string, at: DataCentre): Promise<{ kept: Kept; source: Source }> {
    const { clock, chance, read } = this.#deps;
    const upper = this.#upper;
    if (!upper || (at.region === upper.region && at.number === upper.number)) {
      const found = await read(key, at);
      const seconds = found.freshness === 'STALE' ? 0 : Math.min(KEPT_SECONDS, Math.max(0, found.ttlSeconds));
      return { kept: { found, until: clock.now() + seconds * 1000 }, source: 'worker' };
    }
    const tripMs = roundTripMs(chance, at.region, upper.region);
    await clock.sleep(tripMs / 2);
    const { kept, source } = await this.#read(key, upper);
    await clock.sleep(tripMs / 2);
    return { kept, source: source === 'worker' ? 'worker' : 'upper' };
  }

  /** Without an upper tier there is nothing that purges elsewhere: the Cache API forgets in one data centre alone. */
  async #purge(keys: readonly string[]): Promise<void> {
    const { clock, chance, purges, hasUpperTier } = this.#deps;
    if (!hasUpperTier) return;
    const elapsedMinutes = (clock.now() - this.#purgesCountedAt) / 60_000;
    this.#purgesLeft = Math.min(purges.bucket, this.#purgesLeft + elapsedMinutes * purges.perMinute);
    this.#purgesCountedAt = clock.now();
    if (this.#purgesLeft < 1) {
      this.counts.refused += 1;
      throw new Error('the purge was refused');
    }
    this.#purgesLeft -= 1;
    this.counts.purged += 1;
    // What arrives in a data centre in the meantime stays until it is stale, as it may in reality.
    await clock.sleep(chance.logNormal(PURGE_MEDIAN_MS, PURGE_SIGMA));
    for (const place of this.#kept.keys())
      if (keys.includes(place.split(' ')[2] as string)) this.#kept.delete(place);
  }
}
