/** Reads a name's record from Upstash, else from Postgres, and keeps copies for later readers and for outages. */
import type { CachedRecord, StampedRecord } from '../domain/cached-record.ts';
import type { NameRecord } from '../domain/name-record.ts';
import { Problem } from '../domain/problem.ts';
import { usernameKey } from '../domain/usernames.ts';
import type { CachedCopies, InBackground, Log, ProfileStore, RecordCache } from '../ports.ts';
import type { Settings } from '../settings.ts';
import { count } from '../trace.ts';
import { BoundedMap } from './bounded-map.ts';
import { type BreakerPolicy, CircuitBreaker, SkippedError } from './circuit-breaker.ts';
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

/** A copy that is asked for in this last share of its time is read anew before it ends. */
const REFRESH_AHEAD_SHARE = 1 / 5;
/** What is begun behind an answer is not begun again for the same name in this time. */
const BACKGROUND_INTERVAL_MS = 5_000;
/** After this long without an attempt, a reader without a copy waits for the probe: the outage may be long over. */
const QUIET_MS = 30_000;
/** Names that an isolate remembers for either reason. */
const MAX_NAMES = 10_000;
/** Seconds after which a client may ask again while Postgres is being skipped. */
const RETRY_AFTER_SECONDS = 5;

/** What all isolates share. `docs/cache.md` argues why it never holds an old copy after a change. */
export class SharedRecords {
  readonly #deps: Deps;
  readonly #upstash: CircuitBreaker;
  readonly #postgres: CircuitBreaker;
  /** Names for which work was begun behind an answer a moment ago. */
  readonly #begun: BoundedMap<true>;
  /** Names of which Upstash may hold an old copy, with the number of the invalidation that was not acknowledged. */
  readonly #distrusted: BoundedMap<number>;
  #invalidations = 0;

  constructor(deps: Deps) {
    const { settings, now, log, upstashPolicy } = deps;
    this.#deps = deps;
    this.#upstash = new CircuitBreaker(upstashPolicy, {
      opened: 'upstash.skipped',
      closed: 'upstash.back',
      onSkip: () => count('upstashSkipped'),
    });
    const { NEON_BREAKER_FAILURES: failures, NEON_BREAKER_OPEN_MS: openMs } = settings;
    this.#postgres = new CircuitBreaker(
      { failures, openMs, now, log },
      { opened: 'neon.skipped', closed: 'neon.back' },
    );
    this.#begun = new BoundedMap({ maxEntries: MAX_NAMES, ttl: { ms: BACKGROUND_INTERVAL_MS, now } });
    const copyMs = settings.OUTAGE_COPY_TTL_SECONDS * 1000;
    this.#distrusted = new BoundedMap({ maxEntries: MAX_NAMES, ttl: { ms: copyMs, now } });
  }

  /**
   * One round trip to Upstash, and one to Postgres where Upstash has no copy. A copy whose time is over, or nearly, is
   * answered and read anew behind the answer.
   * @param key username in lower case
   * @throws Problem `unavailable` when Postgres fails and there is no copy
   */
  async read(key: string): Promise<CachedRecord> {
    const copies = await this.#readUpstash(key);
    const copy = this.#copyIn(copies);
    if (!copies || !copy) return this.#readPostgres(key, copies);
    if (this.#isDue(copy)) this.#refresh(key, copies);
    const isFresh = copy.ttlSeconds >= 0;
    if (isFresh || this.#postgres.state === 'closed') return copy;
    return { ...copy, freshness: 'STALE', tier: 'outage' };
  }

  /** What Upstash has, or undefined: Postgres is left alone. One round trip. @param key username in lower case */
  async readCopy(key: string): Promise<CachedRecord | undefined> {
    return this.#copyIn(await this.#readUpstash(key));
  }

  /** The name under which a card was last found, or null: a hint, which the name's record must confirm. */
  async nameOfCard(cardId: string): Promise<string | null> {
    try {
      return await this.#upstash.run(() => this.#deps.cache.readCardName(cardId));
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
    const record = await this.#ask(() => store.readByCard(cardId));
    if (record.kind === 'profile') {
      const name = usernameKey(record.profile.username);
      const noted = this.#upstash.run(() =>
        cache.storeCardName(cardId, name, settings.OUTAGE_COPY_TTL_SECONDS),
      );
      inBackground(noted.catch(() => undefined));
    }
    return this.#fromPostgres(await this.#stamp(record));
  }

  /** Reads the record of the owner of a card that was shared under this slug from Postgres. @throws Problem `unavailable` */
  async readByShare(slug: string): Promise<CachedRecord> {
    const record = await this.#ask(() => this.#deps.store.readByShare(slug));
    return this.#fromPostgres(await this.#stamp(record));
  }

  /** Forgets whose these cards were. */
  async forgetCards(cardIds: readonly string[]): Promise<void> {
    if (cardIds.length > 0) await this.#deps.cache.forgetCardNames(cardIds);
  }

  /**
   * Forgets all shared copies of these names; tried even while reads skip Upstash. Rejects when it is not acknowledged:
   * until it is, this isolate does not read these names from Upstash.
   */
  async invalidate(keys: readonly string[]): Promise<void> {
    const began = this.#invalidations++;
    try {
      await this.#deps.cache.invalidate(keys);
    } catch (error) {
      for (const key of keys) this.#distrusted.set(key, this.#invalidations);
      throw error;
    }
    // An invalidation that began before another one failed says nothing of that one's change.
    for (const key of keys) if ((this.#distrusted.get(key) ?? 0) <= began) this.#distrusted.delete(key);
  }

  /** The fresh copy, or the stale one with a negative TTL. */
  #copyIn(copies: CachedCopies | null): CachedRecord | undefined {
    const fresh = copies?.fresh ? decodeRecord(copies.fresh) : null;
    if (fresh)
      return {
        ...fresh,
        freshness: 'HIT',
        tier: 'upstash',
        ttlSeconds: Math.max(0, this.#secondsLeft(fresh)),
      };
    const stale = copies?.stale ? decodeRecord(copies.stale) : null;
    if (!stale) return undefined;
    return {
      ...stale,
      freshness: 'HIT',
      tier: 'upstash',
      ttlSeconds: Math.min(-1, this.#secondsLeft(stale)),
    };
  }

  /** Whether a copy is to be read anew behind the answer. Names that nobody has are not. */
  #isDue({ record, ttlSeconds }: CachedRecord): boolean {
    const { PROFILE_TTL_SECONDS } = this.#deps.settings;
    return record.kind !== 'unknown' && ttlSeconds <= PROFILE_TTL_SECONDS * REFRESH_AHEAD_SHARE;
  }

  /** Reads a name anew behind the answer: once a moment, and while Postgres fails only as its probe. */
  #refresh(key: string, copies: CachedCopies): void {
    const { state } = this.#postgres;
    if (state === 'open' || (state === 'closed' && this.#begun.get(key))) return;
    this.#begun.set(key, true);
    this.#deps.inBackground(this.#readAndStore(key, copies).catch(() => undefined));
  }

  async #readPostgres(key: string, copies: CachedCopies | null): Promise<CachedRecord> {
    if (this.#postgres.state === 'half-open' && this.#postgres.sinceFailureMs < QUIET_MS) {
      // Nobody waits for a probe of what failed a moment ago.
      this.#deps.inBackground(this.#readAndStore(key, copies).catch(() => undefined));
      throw skipped();
    }
    return this.#readAndStore(key, copies);
  }

  async #readAndStore(key: string, copies: CachedCopies | null): Promise<CachedRecord> {
    const record = await this.#ask(() => this.#deps.store.readByName(key));
    const stamped = await this.#stamp(record);
    // Only who has seen the fence may store: an Upstash that did not answer is not a miss.
    if (copies) this.#storeInBackground(key, copies.fence, stamped.text, record);
    return this.#fromPostgres(stamped);
  }

  /** Asks Postgres, unless it is being skipped. @throws Problem `unavailable` */
  async #ask(question: () => Promise<NameRecord>): Promise<NameRecord> {
    try {
      return await this.#postgres.run(question);
    } catch (error) {
      throw error instanceof SkippedError ? skipped() : error;
    }
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
      staleSeconds: record.kind === 'unknown' ? 0 : settings.OUTAGE_COPY_TTL_SECONDS,
    };
    inBackground(
      this.#upstash
        .run(() => cache.store(key, fence, text, ttl))
        .then((stored) => stored || log('cache.fenced'))
        .catch(() => undefined),
    );
  }

  /** What Upstash has, or null when it failed, is being skipped, or may not know of a change. */
  async #readUpstash(key: string): Promise<CachedCopies | null> {
    if (this.#distrusted.get(key) !== undefined) {
      this.#invalidateAgain(key);
      return null;
    }
    try {
      const copies = await this.#upstash.run(() => this.#deps.cache.read(key));
      // A change may have failed to invalidate it meanwhile.
      return this.#distrusted.get(key) === undefined ? copies : null;
    } catch {
      return null;
    }
  }

  #invalidateAgain(key: string): void {
    if (this.#begun.get(key)) return;
    this.#begun.set(key, true);
    this.#deps.inBackground(this.invalidate([key]).catch(() => undefined));
  }

  #ttlOf(record: NameRecord): number {
    const { UNKNOWN_TTL_SECONDS, PROFILE_TTL_SECONDS } = this.#deps.settings;
    return record.kind === 'unknown' ? UNKNOWN_TTL_SECONDS : PROFILE_TTL_SECONDS;
  }

  /** Negative when the copy's time is over. */
  #secondsLeft({ record, readAt }: StampedRecord): number {
    return Math.ceil((readAt - this.#deps.now()) / 1000) + this.#ttlOf(record);
  }
}

function skipped(): Problem {
  const headers = { 'Retry-After': String(RETRY_AFTER_SECONDS) };
  return new Problem('unavailable', { headers, cause: 'SkippedError' });
}

/** 96 bits of the record's SHA-256 in hexadecimal: equal exactly when the content is. */
async function contentTag(record: NameRecord): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(record)));
  return Array.from(new Uint8Array(digest, 0, 12), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
