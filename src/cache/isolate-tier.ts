/** The nearest cache: a few seconds in the memory of one isolate, bounded in entries and characters. */
import type { StampedRecord } from '../domain/cached-record.ts';
import { BoundedMap } from './bounded-map.ts';

interface IsolateTierOptions {
  ttlMs: number;
  maxEntries: number;
  maxCharacters: number;
  now: () => number;
}

/** Records by name, and a guard against copies that were read before a change. */
export class IsolateTier {
  readonly #records: BoundedMap<StampedRecord>;
  /** Moved by every drop: a reader that began before a change must not put its copy here after it. */
  #generation = 0;

  constructor({ ttlMs, maxEntries, maxCharacters, now }: IsolateTierOptions) {
    this.#records = new BoundedMap({
      maxEntries,
      weight: { of: ({ size }) => size, max: maxCharacters },
      ttl: { ms: ttlMs, now },
    });
  }

  get size(): { entries: number; characters: number } {
    return { entries: this.#records.size, characters: this.#records.weight };
  }

  /** Take before reading elsewhere, and show to `put`. */
  get generation(): number {
    return this.#generation;
  }

  /** The copy and the milliseconds that it has left, or undefined. */
  get(key: string): { stamped: StampedRecord; leftMs: number } | undefined {
    const stamped = this.#records.get(key);
    return stamped && { stamped, leftMs: this.#records.leftMs(key) };
  }

  /** Keeps a copy, unless something was dropped since `generation` was taken. */
  put(key: string, { record, readAt, tag, size }: StampedRecord, generation: number): void {
    if (generation === this.#generation) this.#records.set(key, { record, readAt, tag, size });
  }

  /** Forgets these names, and refuses copies that are on their way. */
  drop(keys: readonly string[]): void {
    this.#generation += 1;
    for (const key of keys) this.#records.delete(key);
  }
}
