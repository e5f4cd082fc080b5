/** A map with bounds: entries, and where wanted weight and age. It keeps what an isolate makes or looks up again and again. */

/** A text as the bytes that are sent, so that it is not encoded anew for each answer. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
}

interface BoundedMapOptions<V> {
  maxEntries: number;
  /** Bounds the sum of what the values weigh; a value that is too heavy by itself is not kept. */
  weight?: { of: (value: V) => number; max: number };
  /** How long an entry is kept, in milliseconds; without it, until there are too many. */
  ttl?: { ms: number; now: () => number };
}

interface Entry<V> {
  value: V;
  weight: number;
  /** Milliseconds since the epoch. */
  until: number;
}

/** Values by key; the entries that were set longest ago leave first. */
export class BoundedMap<V> {
  readonly #options: BoundedMapOptions<V>;
  readonly #maxWeight: number;
  /** Maps keep the order of insertion. */
  readonly #entries = new Map<string, Entry<V>>();
  #weight = 0;

  constructor(options: BoundedMapOptions<V>) {
    this.#options = options;
    this.#maxWeight = options.weight?.max ?? Number.POSITIVE_INFINITY;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The sum of what the values weigh. */
  get weight(): number {
    return this.#weight;
  }

  /** The value, or undefined. */
  get(key: string): V | undefined {
    return this.#live(key)?.value;
  }

  /** The milliseconds for which a value is kept yet: 0 where there is none, Infinity without a TTL. */
  leftMs(key: string): number {
    const entry = this.#live(key);
    return entry ? entry.until - this.#now() : 0;
  }

  /** Keeps a value as the newest entry. */
  set(key: string, value: V): void {
    this.delete(key);
    const weight = this.#options.weight?.of(value) ?? 0;
    if (weight > this.#maxWeight) return;
    const until = this.#now() + (this.#options.ttl?.ms ?? Number.POSITIVE_INFINITY);
    this.#entries.set(key, { value, weight, until });
    this.#weight += weight;
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#options.maxEntries && this.#weight <= this.#maxWeight) break;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#weight -= entry.weight;
  }

  /**
   * The value that is kept, or a new one; the key must name all that it is made from. Requests at the same moment each
   * make it: one must not wait for another's work.
   */
  async getOrMake(key: string, make: () => V | Promise<V>): Promise<V> {
    const kept = this.get(key);
    if (kept !== undefined) return kept;
    return this.#keep(key, await make());
  }

  /** The same for what is made without waiting. */
  getOrMakeNow(key: string, make: () => V): V {
    return this.get(key) ?? this.#keep(key, make());
  }

  #keep(key: string, value: V): V {
    this.set(key, value);
    return value;
  }

  #live(key: string): Entry<V> | undefined {
    const entry = this.#entries.get(key);
    if (!entry || entry.until > this.#now()) return entry;
    this.delete(key);
    return undefined;
  }

  #now(): number {
    return this.#options.ttl?.now() ?? 0;
  }
}
