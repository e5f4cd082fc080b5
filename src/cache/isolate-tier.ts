/** The nearest cache: a few seconds in the memory of one isolate, bounded in entries and characters. */
import type { StampedRecord } from '../domain/cached-record.ts';

interface IsolateTierOptions {
  ttlMs: number;
  maxEntries: number;
  maxCharacters: number;
  now: () => number;
}

interface Held {
  stamped: StampedRecord;
  until: number;
}

/** A bounded map with expiry; the oldest entries leave first. */
export class IsolateTier {
  readonly #options: IsolateTierOptions;
  readonly #held = new Map<string, Held>();
  /** Moved by every drop: a reader that began before a change must not put its copy here after it. */
  #generation = 0;
  #characters = 0;

  constructor(options: IsolateTierOptions) {
    this.#options = options;
  }

  get size(): { entries: number; characters: number } {
    return { entries: this.#held.size, characters: this.#characters };
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

  /** Keeps a copy, unless something was dropped since `generation` was taken. */
  put(key: string, { record, readAt, tag, size }: StampedRecord, generation: number): void {
    if (generation !== this.#generation || size > this.#options.maxCharacters || this.#options.ttlMs === 0)
      return;
    const earlier = this.#held.get(key);
    if (earlier) this.#remove(key, earlier);
    this.#held.set(key, {
      stamped: { record, readAt, tag, size },
      until: this.#options.now() + this.#options.ttlMs,
    });
    this.#characters += size;
    for (const [oldest, held] of this.#held) {
      if (this.#held.size <= this.#options.maxEntries && this.#characters <= this.#options.maxCharacters)
        break;
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
    this.#characters -= held.stamped.size;
  }
}
