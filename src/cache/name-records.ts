/** Finds a name's record in the nearest tier that has it, and forgets it in all of them when it changes. */
import type { CachedRecord } from '../domain/cached-record.ts';
import type { Caches, Invalidation } from '../domain/written.ts';
import type { InBackground, Log } from '../ports.ts';
import type { Settings } from '../settings.ts';
import { count } from '../trace.ts';
import { IsolateTier } from './isolate-tier.ts';
import type { SharedRecords } from './shared-records.ts';
import { SingleFlight } from './single-flight.ts';

interface Deps {
  shared: Pick<SharedRecords, 'read' | 'readCopy' | 'invalidate'>;
  inBackground: InBackground;
  log: Log;
  now: () => number;
  settings: Settings;
}

/** Pauses between the attempts of an invalidation after the response; waitUntil ends after 30 s. */
const RETRY_PAUSES_MS = [250, 1_000, 4_000, 10_000];

/** The tiers of one isolate: its memory, and what all isolates share. */
export class NameRecords implements Caches {
  readonly #deps: Deps;
  readonly #isolate: IsolateTier;
  readonly #singleFlight: SingleFlight<CachedRecord>;

  constructor(deps: Deps) {
    const { settings, now, inBackground } = deps;
    this.#deps = deps;
    this.#isolate = new IsolateTier({
      ttlMs: settings.ISOLATE_TTL_MS,
      maxEntries: settings.ISOLATE_MAX_ENTRIES,
      maxCharacters: settings.ISOLATE_MAX_CHARACTERS,
      now,
    });
    this.#singleFlight = new SingleFlight({ settings, now, inBackground });
  }

  /** Moves with every change in this isolate: what was read under an earlier one may be old. */
  get generation(): number {
    return this.#isolate.generation;
  }

  /** Whether `find` would answer from memory. @param key username in lower case */
  isCached(key: string): boolean {
    return this.#isolate.get(key) !== undefined;
  }

  /** Brings the copy that Upstash has into memory; Postgres is left alone. @returns whether `find` would answer from memory now */
  async warm(key: string): Promise<boolean> {
    const { generation } = this.#isolate;
    const copy = await this.#deps.shared.readCopy(key);
    if (copy) this.#isolate.put(key, copy, generation);
    return this.isCached(key);
  }

  /**
   * Finds what a name stands for.
   * @param key username in lower case
   * @throws Problem `unavailable` when Postgres fails and no tier has a copy
   */
  async find(key: string): Promise<CachedRecord> {
    const near = this.#isolate.get(key);
    if (!near) return this.#singleFlight.join(key, () => this.#read(key));
    const ttlSeconds = Math.ceil(near.leftMs / 1000);
    return { ...near.stamped, freshness: 'HIT', tier: 'isolate', ttlSeconds };
  }

  /** Forgets all copies of these names. The change stands whatever comes of it. @param keys usernames in lower case */
  async invalidate(keys: readonly string[]): Promise<Invalidation> {
    try {
      await this.#invalidateOnce(keys);
      count('invalidated');
      return 'done';
    } catch (error) {
      count('deferred');
      this.#deps.log('invalidation.deferred', { error: error instanceof Error ? error.name : typeof error });
      this.#deps.inBackground(this.#retryInvalidation(keys));
      return 'deferred';
    }
  }

  async #read(key: string): Promise<CachedRecord> {
    const { generation } = this.#isolate;
    const found = await this.#deps.shared.read(key);
    // A copy whose time is over is about to be replaced: memory would show it for longer.
    if (found.ttlSeconds >= 0) this.#isolate.put(key, found, generation);
    return found;
  }

  /** The farthest tier first: until it has forgotten, a reader may bring its old copy back into a nearer one. */
  async #invalidateOnce(keys: readonly string[]): Promise<void> {
    try {
      await this.#deps.shared.invalidate(keys);
    } finally {
      this.#isolate.drop(keys);
      this.#singleFlight.drop(keys);
    }
  }

  async #retryInvalidation(keys: readonly string[]): Promise<void> {
    for (const [i, pause] of RETRY_PAUSES_MS.entries()) {
      await new Promise((resume) => setTimeout(resume, pause));
      try {
        await this.#invalidateOnce(keys);
        this.#deps.log('invalidation.caught-up', { attempts: i + 2 });
        return;
      } catch {
        // The next pause is longer.
      }
    }
    this.#deps.log('invalidation.failed', { names: keys.length });
  }
}
