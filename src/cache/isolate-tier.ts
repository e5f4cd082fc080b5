/** The nearest cache: a few seconds in the memory of one isolate, bounded in entries and bytes. */
import type { StampedRecord } from './record-text.ts';

interface IsolateTierOptions {
  ttlMs: number;
  maxEntries: number;
  maxBytes: number;
  now: () => number;
}

interface Held {
  stamped: StampedRecord;
  until: number;
  bytes: number;
}

/** A bounded map with expiry; the oldest entries leave first. */
export class IsolateTier {
  readonly #options: IsolateTierOptions;
  readonly #held = new Map<string, Held>();
  /** Moved by every drop: a reader that began before a change must not put its copy here after it. */
  #generation = 0;
  #bytes = 0;

  constructor(options: IsolateTierOptions) {
    this.#options = options;
  }

  get size(): { entries: number; bytes: number } {
    return { entries: this.#held.size, bytes: this.#bytes };
  }

  /** Take before reading elsewhere, and show to `put`. */
  get generation(): number {
    return this.#generation;
  }

  /** The copy and the milliseconds that it has left, or undefined. */
  get(key: string): { stamped: StampedRecord; leftMs: number } | undefined {
    const held = this.#held.get(key);
    if (!held) return undefined;
    const leftMs = held.until - this.#options.now();
    if (leftMs > 0) return { stamped: held.stamped, leftMs };
    this.#remove(key, held);
    return undefined;
  }

  /** Keeps a copy of `bytes` (its length as text), unless something was dropped since `generation` was taken. */
  put(key: string, stamped: StampedRecord, bytes: number, generation: number): void {
    if (generation !== this.#generation || bytes > this.#options.maxBytes || this.#options.ttlMs === 0)
      return;
    const earlier = this.#held.get(key);
    if (earlier) this.#remove(key, earlier);
    this.#held.set(key, { stamped, until: this.#options.now() + this.#options.ttlMs, bytes });
    this.#bytes += bytes;
    for (const [oldest, held] of this.#held) {
      if (this.#held.size <= this.#options.maxEntries && this.#bytes <= this.#options.maxBytes) break;
      this.#remove(oldest, held);
    }
  }

  /** Forgets these names, and refuses copies that are on their way. */
  drop(keys: readonly string[]): void {
    this.#generation += 1;
    for (const key of keys) {
      const held = this.#held.get(key);
      if (held) this.#remove(key, held);
    }
  }

  #remove(key: string, held: Held): void {
    this.#held.delete(key);
    this.#bytes -= held.bytes;
  }
}
