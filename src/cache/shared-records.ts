/** Reads a name's record from Upstash, else from Postgres, and keeps a copy for the next reader and for an outage. */
import type { CachedRecord, StampedRecord } from '../domain/cached-record.ts';
import type { NameRecord } from '../domain/name-record.ts';
import { Problem } from '../domain/problem.ts';
import { usernameKey } from '../domain/usernames.ts';
import type { CachedText, InBackground, Log, ProfileStore, RecordCache } from '../ports.ts';
import type { Settings } from '../settings.ts';
import { count } from '../trace.ts';
import { type BreakerPolicy, CircuitBreaker } from './circuit-breaker.ts';
import { decodeRecord, encodeRecord } from './record-text.ts';

interface Deps {
  store: ProfileStore;
  cache: RecordCache;
  inBackground: InBackground;
  log: Log;
  now: () => number;
  settings: Settings;
  upstashPolicy: BreakerPolicy;
}

/** What all isolates share. `docs/cache.md` argues why it never holds an old copy after a change. */
export class SharedRecords {
  readonly #deps: Deps;
  readonly #breaker: CircuitBreaker;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#breaker = new CircuitBreaker(deps.upstashPolicy, {
      opened: 'upstash.skipped',
      closed: 'upstash.back',
      onSkip: () => count('upstashSkipped'),
    });
  }

  /**
   * One round trip to Upstash, and one to Postgres where Upstash has no copy.
   * @param key username in lower case
   * @throws Problem `unavailable` when Postgres fails and there is no copy
   */
  async read(key: string): Promise<CachedRecord> {
    const cached = await this.#readUpstash(key);
    return this.#copyIn(cached) ?? this.#readPostgres(key, cached);
  }

  /** What Upstash has, or undefined: Postgres is left alone. One round trip. @param key username in lower case */
  async readCopy(key: string): Promise<CachedRecord | undefined> {
    return this.#copyIn(await this.#readUpstash(key));
  }

  /** The name under which a card was last found, or null: a hint, which the name's record must confirm. */
  async nameOfCard(cardId: string): Promise<string | null> {
    try {
      return await this.#breaker.run(() => this.#deps.cache.readCardName(cardId));
    } catch {
      return null;
    }
  }

  /**
   * Reads the record of a card's owner from Postgres, and notes the owner's name for the next reader. The record is not
   * stored: without the fence of its name, nobody knows whether it is still true by then.
   * @throws Problem `unavailable`
   */
  async readByCard(cardId: string): Promise<CachedRecord> {
    const { store, cache, inBackground, settings } = this.#deps;
    const record = await store.readByCard(cardId);
    if (record.kind === 'profile') {
      const name = usernameKey(record.profile.username);
      const noted = this.#breaker.run(() =>
        cache.storeCardName(cardId, name, settings.OUTAGE_COPY_TTL_SECONDS),
      );
      inBackground(noted.catch(() => undefined));
    }
    return this.#fromPostgres(await this.#stamp(record));
  }

  /** Forgets whose these cards were. */
  async forgetCards(cardIds: readonly string[]): Promise<void> {
    if (cardIds.length > 0) await this.#deps.cache.forgetCardNames(cardIds);
  }

  /** Forgets all shared copies of these names; tried even while reads skip Upstash. Rejects when it is not acknowledged. */
  invalidate(keys: readonly string[]): Promise<void> {
    return this.#deps.cache.invalidate(keys);
  }

  #copyIn(cached: CachedText | null): CachedRecord | undefined {
    const copy = cached?.text ? decodeRecord(cached.text) : null;
    if (!copy) return undefined;
    return { ...copy, freshness: 'HIT', tier: 'upstash', ttlSeconds: this.#secondsLeft(copy) };
  }

  async #readPostgres(key: string, cached: CachedText | null): Promise<CachedRecord> {
    let record: NameRecord;
    try {
      record = await this.#deps.store.readByName(key);
    } catch (error) {
      const outage =
        error instanceof Problem && error.code === 'unavailable' && (await this.#readOutageCopy(key));
      if (!outage) throw error;
      return { ...outage, freshness: 'STALE', tier: 'outage', ttlSeconds: 0 };
    }
    const stamped = await this.#stamp(record);
    // Only who has seen the fence may store: an Upstash that did not answer is not a miss.
    if (cached) this.#storeInBackground(key, cached.fence, stamped.text, record);
    return this.#fromPostgres(stamped);
  }

  /** The record with its time and tag, and the text under which Upstash would hold it. */
  async #stamp(record: NameRecord): Promise<Omit<StampedRecord, 'size'> & { text: string }> {
    const stamped = { record, readAt: this.#deps.now(), tag: await contentTag(record) };
    return { ...stamped, text: encodeRecord(stamped) };
  }

  #fromPostgres({ text, ...stamped }: Omit<StampedRecord, 'size'> & { text: string }): CachedRecord {
    const ttlSeconds = this.#ttlOf(stamped.record);
    return { ...stamped, size: text.length, freshness: 'MISS', tier: 'postgres', ttlSeconds };
  }

  #storeInBackground(key: string, fence: string | null, text: string, record: NameRecord): void {
    const { cache, inBackground, log, settings } = this.#deps;
    const ttl = {
      freshSeconds: this.#ttlOf(record),
      outageSeconds: record.kind === 'unknown' ? 0 : settings.OUTAGE_COPY_TTL_SECONDS,
    };
    inBackground(
      this.#breaker
        .run(() => cache.store(key, fence, text, ttl))
        .then((stored) => stored || log('cache.fenced'))
        .catch(() => undefined),
    );
  }

  /** What Upstash has, or null when it failed or is being skipped. */
  async #readUpstash(key: string): Promise<CachedText | null> {
    try {
      return await this.#breaker.run(() => this.#deps.cache.read(key));
    } catch {
      return null;
    }
  }

  async #readOutageCopy(key: string): Promise<StampedRecord | null> {
    try {
      const text = await this.#breaker.run(() => this.#deps.cache.readOutageCopy(key));
      return text ? decodeRecord(text) : null;
    } catch {
      return null;
    }
  }

  #ttlOf(record: NameRecord): number {
    const { UNKNOWN_TTL_SECONDS, PROFILE_TTL_SECONDS } = this.#deps.settings;
    return record.kind === 'unknown' ? UNKNOWN_TTL_SECONDS : PROFILE_TTL_SECONDS;
  }

  #secondsLeft({ record, readAt }: StampedRecord): number {
    return Math.max(0, Math.ceil((readAt - this.#deps.now()) / 1000) + this.#ttlOf(record));
  }
}

/** 96 bits of the record's SHA-256 in hexadecimal: equal exactly when the content is. */
async function contentTag(record: NameRecord): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(record)));
  return Array.from(new Uint8Array(digest, 0, 12), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
