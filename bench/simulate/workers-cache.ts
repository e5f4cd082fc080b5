/** Cloudflare's Workers Caching in front of an entrypoint: a cache in every data centre, one behind them, and purges. */
import type { CachedEntrypoint } from '../../src/drivers/edge/edge-cache.ts';
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

/** An answer as a cache keeps it; until it is stale, for those that may not be kept, at once. */
interface Kept {
  text: string;
  cacheControl: string;
  tag: string;
  since: number;
  until: number;
}

/** Who had the answer: the cache of the data centre that was asked, the one behind it, or the Worker. */
type Source = 'lower' | 'upper' | 'worker';

interface Deps {
  clock: VirtualClock;
  chance: Chance;
  /** Runs the entrypoint in a data centre. */
  run: (request: Request, at: DataCentre) => Promise<Response>;
  /** Without an upper tier every data centre runs the Worker itself. */
  hasUpperTier: boolean;
  purges: typeof FREE_PLAN_PURGES;
}

export class WorkersCache {
  readonly #deps: Deps;
  readonly #upper: DataCentre | undefined;
  readonly #kept = new Map<string, Kept>();
  readonly #underWay = new Map<string, Promise<{ kept: Kept; source: Source }>>();
  #purgesLeft: number;
  #purgesCountedAt = 0;
  /** Reads by who had the answer, and purges by what became of them. */
  readonly counts = { lower: 0, upper: 0, worker: 0, purged: 0, refused: 0 };

  constructor(parts: Deps) {
    this.#deps = parts;
    this.#purgesLeft = parts.purges.bucket;
    this.#upper = parts.hasUpperTier ? UPPER : undefined;
  }

  /** The entrypoint as an isolate of a data centre sees it. */
  entrypoint(at: DataCentre): CachedEntrypoint {
    return {
      fetch: async (request) => {
        const { kept, source } = await this.#read(request as Request, at);
        this.counts[source] += 1;
        return this.#answer(kept, source) as Awaited<ReturnType<CachedEntrypoint['fetch']>>;
      },
      purge: (tags) => this.#purge(tags),
    };
  }

  async #read(request: Request, at: DataCentre): Promise<{ kept: Kept; source: Source }> {
    const place = `${at.region} ${at.number} ${request.url}`;
    const here = this.#kept.get(place);
    if (here && here.until > this.#deps.clock.now()) return { kept: here, source: 'lower' };
    // Requests for what is being fetched wait for it: Cloudflare calls it request collapsing.
    const flight = this.#underWay.get(place);
    if (flight) return { kept: (await flight).kept, source: 'lower' };
    const fetched = this.#fetch(request, at);
    this.#underWay.set(place, fetched);
    const found = await fetched;
    this.#underWay.delete(place);
    this.#kept.set(place, found.kept);
    return found;
  }

  async #fetch(request: Request, at: DataCentre): Promise<{ kept: Kept; source: Source }> {
    const { clock, chance, run } = this.#deps;
    const upper = this.#upper;
    if (!upper || (at.region === upper.region && at.number === upper.number))
      return { kept: await this.#keepable(await run(request, at)), source: 'worker' };
    const tripMs = roundTripMs(chance, at.region, upper.region);
    await clock.sleep(tripMs / 2);
    const { kept, source } = await this.#read(request, upper);
    await clock.sleep(tripMs / 2);
    return { kept, source: source === 'worker' ? 'worker' : 'upper' };
  }

  async #keepable(response: Response): Promise<Kept> {
    const since = this.#deps.clock.now();
    const cacheControl = response.headers.get('Cache-Control') ?? '';
    const maxAge = Number(/max-age=(\d+)/.exec(cacheControl)?.[1] ?? 0);
    const tag = response.headers.get('Cache-Tag') ?? '';
    return { text: await response.text(), cacheControl, tag, since, until: since + maxAge * 1000 };
  }

  #answer({ text, cacheControl, since }: Kept, source: Source): Response {
    const age = Math.floor((this.#deps.clock.now() - since) / 1000);
    const status = source === 'worker' ? 'MISS' : 'HIT';
    const headers = { 'Cache-Control': cacheControl, Age: String(age), 'Cf-Cache-Status': status };
    return new Response(text, { headers });
  }

  async #purge(tags: readonly string[]): Promise<{ success: boolean }> {
    const { clock, chance, purges } = this.#deps;
    const elapsedMinutes = (clock.now() - this.#purgesCountedAt) / 60_000;
    this.#purgesLeft = Math.min(purges.bucket, this.#purgesLeft + elapsedMinutes * purges.perMinute);
    this.#purgesCountedAt = clock.now();
    if (this.#purgesLeft < 1) {
      this.counts.refused += 1;
      return { success: false };
    }
    this.#purgesLeft -= 1;
    this.counts.purged += 1;
    // What arrives in a data centre in the meantime stays until it is stale, as it may in reality.
    await clock.sleep(chance.logNormal(PURGE_MEDIAN_MS, PURGE_SIGMA));
    for (const [place, { tag }] of this.#kept) if (tags.includes(tag)) this.#kept.delete(place);
    return { success: true };
  }
}
