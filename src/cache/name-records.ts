/** Reads a name's record through the tiers, nearest first, and forgets it in all of them when it changes. */
import type { NameRecord } from '../domain/name-record.ts';
import { Problem } from '../domain/problem.ts';
import type { CachedText, InBackground, Log, ProfileStore, RecordCache } from '../ports.ts';
import type { Settings } from '../settings.ts';
import { Breaker } from './breaker.ts';
import { IsolateTier } from './isolate-tier.ts';
import { decodeRecord, encodeRecord, type StampedRecord } from './record-text.ts';

/** Where an answer came from, in the words of `X-Cache`: a cache, Postgres, or a copy kept for its outage. */
export type Freshness = 'HIT' | 'MISS' | 'STALE';

/** A record with the story of how it was found. */
export interface FoundRecord extends StampedRecord {
  freshness: Freshness;
  /** The tier that answered, and the seconds that its copy has left. */
  tier: 'isolate' | 'upstash' | 'postgres' | 'outage';
  ttlSeconds: number;
}

/** Whether all tiers have acknowledged a change, or some will hear of it after the response. */
export type Invalidation = 'done' | 'deferred';

interface Parts {
  store: ProfileStore;
  cache: RecordCache;
  inBackground: InBackground;
  log: Log;
  now: () => number;
  settings: Settings;
}

/** Pauses between the attempts of an invalidation after the response; waitUntil ends after 30 s. */
const RETRY_PAUSES_MS = [250, 1_000, 4_000, 10_000];

/** The cache policy of the product; `docs/cache.md` argues why it never shows an old copy after a change. */
export class NameRecords {
  readonly #parts: Parts;
  readonly #breaker: Breaker;
  readonly #isolate: IsolateTier;
  readonly #flights = new Map<string, { found: Promise<FoundRecord>; since: number }>();

  constructor(parts: Parts) {
    const { settings, now, log } = parts;
    this.#parts = parts;
    this.#breaker = new Breaker({
      failures: settings.UPSTASH_BREAKER_FAILURES,
      openMs: settings.UPSTASH_BREAKER_OPEN_MS,
      now,
      onOpen: (error) => log('upstash.skipped', { error: nameOf(error) }),
    });
    this.#isolate = new IsolateTier({
      ttlMs: settings.ISOLATE_TTL_MS,
      maxEntries: settings.ISOLATE_MAX_ENTRIES,
      maxBytes: settings.ISOLATE_MAX_BYTES,
      now,
    });
  }

  /**
   * Finds what a name stands for.
   * @param key username in lower case
   * @throws Problem `unavailable` when Postgres fails and no tier has a copy
   */
  async find(key: string): Promise<FoundRecord> {
    const near = this.#isolate.get(key);
    if (near) {
      return {
        ...near.stamped,
        freshness: 'HIT',
        tier: 'isolate',
        ttlSeconds: Math.ceil(near.leftMs / 1000),
      };
    }
    return this.#joinFlight(key);
  }

  /** Forgets all copies of these names. The change stands whatever comes of it. @param keys usernames in lower case */
  async invalidate(keys: readonly string[]): Promise<Invalidation> {
    const { cache, inBackground, log } = this.#parts;
    try {
      await cache.invalidate(keys);
      return 'done';
    } catch (error) {
      log('invalidation.deferred', { error: nameOf(error) });
      inBackground(this.#retryInvalidation(keys));
      return 'deferred';
    } finally {
      // Last, because until Upstash has forgotten a reader may bring its old copy back into this isolate.
      this.#forgetHere(keys);
    }
  }

  /** One flight per name and isolate: whoever comes while Postgres is being read waits for the same answer. */
  #joinFlight(key: string): Promise<FoundRecord> {
    const { now, settings, inBackground } = this.#parts;
    const flying = this.#flights.get(key);
    if (flying && now() - flying.since < settings.ISOLATE_TTL_MS) return flying.found;
    const found = this.#readThrough(key).finally(() => {
      if (this.#flights.get(key)?.found === found) this.#flights.delete(key);
    });
    this.#flights.set(key, { found, since: now() });
    // Without this, a first client that hangs up would take the others' answer with it.
    inBackground(found.catch(() => undefined));
    return found;
  }

  async #readThrough(key: string): Promise<FoundRecord> {
    const generation = this.#isolate.generation;
    const cached = await this.#readUpstash(key);
    const copy = cached?.text ? decodeRecord(cached.text) : null;
    if (copy) {
      const ttlSeconds = Math.max(
        0,
        Math.ceil((copy.readAt - this.#parts.now()) / 1000) + this.#ttlOf(copy.record),
      );
      this.#isolate.put(key, copy, cached?.text?.length ?? 0, generation);
      return { ...copy, freshness: 'HIT', tier: 'upstash', ttlSeconds };
    }
    return this.#readPostgres(key, cached, generation);
  }

  async #readPostgres(key: string, cached: CachedText | null, generation: number): Promise<FoundRecord> {
    const { store, cache, inBackground, now, settings, log } = this.#parts;
    let record: NameRecord;
    try {
      record = await store.readByName(key);
    } catch (error) {
      const outage =
        error instanceof Problem && error.code === 'unavailable' && (await this.#readOutageCopy(key));
      if (!outage) throw error;
      return { ...outage, freshness: 'STALE', tier: 'outage', ttlSeconds: 0 };
    }
    const stamped = { record, readAt: now(), tag: await contentTag(record) };
    const text = encodeRecord(stamped);
    this.#isolate.put(key, stamped, text.length, generation);
    // Only who has seen the fence may store: an Upstash that did not answer is not a miss.
    if (cached) {
      const ttl = {
        freshSeconds: this.#ttlOf(record),
        outageSeconds: record.kind === 'unknown' ? 0 : settings.OUTAGE_COPY_TTL_SECONDS,
      };
      inBackground(
        this.#breaker
          .run(() => cache.store(key, cached.fence, text, ttl))
          .then((stored) => stored || log('cache.fenced'))
          .catch(() => undefined),
      );
    }
    return { ...stamped, freshness: 'MISS', tier: 'postgres', ttlSeconds: this.#ttlOf(record) };
  }

  /** What Upstash has, or null when it failed or is being skipped. */
  async #readUpstash(key: string): Promise<CachedText | null> {
    try {
      return await this.#breaker.run(() => this.#parts.cache.read(key));
    } catch {
      return null;
    }
  }

  async #readOutageCopy(key: string): Promise<StampedRecord | null> {
    try {
      const text = await this.#breaker.run(() => this.#parts.cache.readOutageCopy(key));
      return text ? decodeRecord(text) : null;
    } catch {
      return null;
    }
  }

  #ttlOf(record: NameRecord): number {
    const { UNKNOWN_TTL_SECONDS, PROFILE_TTL_SECONDS } = this.#parts.settings;
    return record.kind === 'unknown' ? UNKNOWN_TTL_SECONDS : PROFILE_TTL_SECONDS;
  }

  #forgetHere(keys: readonly string[]): void {
    this.#isolate.drop(keys);
    for (const key of keys) this.#flights.delete(key);
  }

  async #retryInvalidation(keys: readonly string[]): Promise<void> {
    const { cache, log } = this.#parts;
    for (const pause of RETRY_PAUSES_MS) {
      await new Promise((resume) => setTimeout(resume, pause));
      try {
        await cache.invalidate(keys);
        this.#forgetHere(keys);
        log('invalidation.caught-up');
        return;
      } catch {
        // The next pause is longer.
      }
    }
    log('invalidation.failed', { names: keys.length });
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

/** 96 bits of the record's SHA-256 in hexadecimal: equal exactly when the content is. */
async function contentTag(record: NameRecord): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(record)));
  return Array.from(new Uint8Array(digest, 0, 12), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
