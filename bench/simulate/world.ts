/** Data centres full of isolates that run the product's own cache policy over simulated neighbours. */
import { NameRecords } from '../../src/cache/name-records.ts';
import { SharedRecords } from '../../src/cache/shared-records.ts';
import { Problem } from '../../src/domain/problem.ts';
import { RATE_LIMIT_PERIOD_SECONDS, RATE_LIMITS } from '../../src/domain/rate-limits.ts';
import type { InBackground, RateLimiter } from '../../src/ports.ts';
import { RateLimits } from '../../src/services/rate-limits.ts';
import { ViewCounter } from '../../src/services/view-counter.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../src/settings.ts';
import { Chance } from './chance.ts';
import type { VirtualClock } from './clock.ts';
import { type DataCentre, DataCentreCache, FREE_PLAN_PURGES, type Shared } from './data-centre-cache.ts';
import { SimulatedNeon } from './neon.ts';
import { REGIONS, visitorRoundTripMs } from './network.ts';
import type { Tally } from './tally.ts';
import { SimulatedUpstash } from './upstash.ts';

export interface WorldOptions {
  seed: number;
  isolatesPerDataCentre: number;
  /** A data centres' tier: Workers Caching with its upper tier, the Cache API of each for itself, or none, as deployed. */
  edge: 'tiered' | 'flat' | 'none';
  /** How many purges Cloudflare lets through; by default what an account on its Free plan has. */
  purges?: typeof FREE_PLAN_PURGES;
  settings?: Partial<Settings>;
}

/** A request for somebody's profile. */
export interface Visit {
  name: string;
  at: DataCentre;
  /** Set where visitors share an address, and with it a rate limit. */
  address?: string;
}

/** Data centres in each region: assumed. */
export const DATA_CENTRES_PER_REGION = 4;
/** Time of the Worker itself, which is far below that of its ways. */
const WORKER_MS = 1;
const BROWSER = 'Mozilla/5.0 (iPhone) Mobile';

interface Isolate {
  records: NameRecords;
  shared: Shared;
  views: ViewCounter;
}

export class World {
  readonly #clock: VirtualClock;
  readonly #chance: Chance;
  readonly #tally: Tally;
  readonly #isolates = new Map<string, Isolate[]>();
  readonly #limits = new Map<string, RateLimits>();
  readonly upstash: SimulatedUpstash;
  readonly neon: SimulatedNeon;
  readonly cache: DataCentreCache;

  constructor(
    clock: VirtualClock,
    tally: Tally,
    { seed, isolatesPerDataCentre, edge, settings, purges = FREE_PLAN_PURGES }: WorldOptions,
  ) {
    this.#clock = clock;
    this.#tally = tally;
    this.#chance = new Chance(seed);
    const inForce: Settings = { ...DEFAULT_SETTINGS, ...settings };
    this.upstash = new SimulatedUpstash(clock, this.#chance, inForce);
    this.neon = new SimulatedNeon(clock, this.#chance);
    this.cache = new DataCentreCache({
      clock,
      chance: this.#chance,
      read: (key, at) => this.#anyIsolate(at).shared.read(key),
      hasUpperTier: edge === 'tiered',
      purges,
    });
    for (const { id: region } of REGIONS) {
      for (let number = 0; number < DATA_CENTRES_PER_REGION; number += 1) {
        const at = { region, number };
        const isolates = Array.from({ length: isolatesPerDataCentre }, () =>
          this.#startIsolate(at, edge !== 'none', inForce),
        );
        this.#isolates.set(`${region} ${number}`, isolates);
        this.#limits.set(
          `${region} ${number}`,
          new RateLimits({ limiters: { reads: limiter(clock) }, log: () => undefined, now: clock.now }),
        );
      }
    }
  }

  /** One view, from the visitor's tap to the answer. */
  async visit({ name, at, address }: Visit): Promise<void> {
    const elapsedMs = this.#clock.elapsed;
    const counts = this.#tally.arrived(elapsedMs);
    const visitorMs = visitorRoundTripMs(this.#chance);
    await this.#clock.sleep(visitorMs / 2);
    const startedAt = this.#clock.now();
    const { records, views } = this.#anyIsolate(at);
    try {
      const limits = this.#limits.get(`${at.region} ${at.number}`);
      let isBrought = false;
      if (address && limits?.isHeld('reads', address) && !records.isCached(name)) {
        isBrought = await records.warm(name);
        if (!isBrought) limits.refuseHeld('reads', address);
      }
      const found = await records.find(name);
      const { record } = found;
      const tier = isBrought ? 'upstash' : found.tier;
      if (address && tier === 'postgres') await limits?.count('reads', address);
      if (record.kind !== 'profile') throw new TypeError(`${name} is there from the beginning`);
      const shown = { kind: 'profile', ownerId: record.ownerId, cardId: null } as const;
      const visit = { address: String(elapsedMs), userAgent: BROWSER, referrer: undefined };
      views.count(shown, { ...visit, source: 'qr', country: undefined }, undefined);
      const latencyMs = visitorMs + (this.#clock.now() - startedAt) + WORKER_MS;
      const { version } = record;
      const { region } = at;
      if (counts) this.#tally.answered({ region, name, version, tier, startedAt, latencyMs, elapsedMs });
    } catch (error) {
      if (!(error instanceof Problem && error.code === 'too-many-requests')) throw error;
      if (counts) this.#tally.refused += 1;
    }
  }

  /** An owner's change, from the commit to the answer. */
  async edit(name: string, at: DataCentre): Promise<void> {
    const { records } = this.#anyIsolate(at);
    const version = await this.neon.write(at.region, name);
    const outcome = await records.invalidate([name]);
    this.#tally.acknowledged(name, version, this.#clock.now(), outcome);
  }

  #anyIsolate({ region, number }: DataCentre): Isolate {
    const isolates = this.#isolates.get(`${region} ${number}`) ?? [];
    return isolates[this.#chance.below(isolates.length)] as Isolate;
  }

  #startIsolate(at: DataCentre, hasEdge: boolean, settings: Settings): Isolate {
    const { now } = this.#clock;
    const inBackground: InBackground = (work) => void work;
    const log = () => undefined;
    const upstashPolicy = {
      failures: settings.UPSTASH_BREAKER_FAILURES,
      openMs: settings.UPSTASH_BREAKER_OPEN_MS,
      now,
      log,
    };
    const shared = new SharedRecords({
      store: this.neon.profileStore(at.region),
      cache: this.upstash.recordCache(at.region),
      inBackground,
      log,
      now,
      settings,
      upstashPolicy,
    });
    return {
      shared,
      records: new NameRecords({
        shared: hasEdge ? this.cache.inFrontOf(shared, at) : shared,
        inBackground,
        log,
        now,
        settings,
      }),
      views: new ViewCounter({
        log,
        viewLog: this.upstash.viewLog(at.region),
        // Roll-ups are not simulated.
        keepUp: async () => undefined,
        ownerOf: async () => undefined,
        inBackground,
        now,
        settings,
        upstashPolicy,
      }),
    };
  }
}

/** The rate-limit binding of one data centre: so many in each period, by key. */
function limiter(clock: VirtualClock): RateLimiter {
  const counts = new Map<string, number>();
  return {
    async limit({ key }) {
      const period = Math.floor(clock.now() / (RATE_LIMIT_PERIOD_SECONDS * 1000));
      const count = (counts.get(`${period} ${key}`) ?? 0) + 1;
      counts.set(`${period} ${key}`, count);
      return { success: count <= RATE_LIMITS.reads.limit };
    },
  };
}
