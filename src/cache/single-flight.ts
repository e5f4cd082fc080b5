/** Reads that are under way: whoever comes meanwhile waits for the same answer. */
import type { InBackground } from '../ports.ts';
import type { Settings } from '../settings.ts';

/** Pauses between a waiting request's looks at a flight: short at first, because most flights are. */
const FIRST_LOOK_MS = 1;
const LATER_LOOKS_MS = 32;

interface SingleFlightOptions {
  /** An answer may be as old as one from memory, and no older: by then nobody joins any more. */
  settings: Pick<Settings, 'ISOLATE_TTL_MS' | 'UPSTASH_TIMEOUT_MS' | 'NEON_TIMEOUT_MS'>;
  now: () => number;
  inBackground: InBackground;
}

/** What a read may take beyond the limits of what it asks. */
const SLACK_MS = 500;

/**
 * Plain data: a request that awaits another one's promise waits for nothing of its own, which the runtime may take for a
 * hang, and may go on in the other one's context, where it cannot answer.
 */
interface Flight<T> {
  since: number;
  landed?: { found: T } | { error: unknown };
}

/** One flight per key in this isolate. */
export class SingleFlight<T> {
  readonly #options: SingleFlightOptions;
  /** An older flight is joined no more. */
  readonly #youngMs: number;
  /** A flight that takes longer is no longer waited for: its request may have been cut off. */
  readonly #maxMs: number;
  readonly #aloft = new Map<string, Flight<T>>();

  constructor(options: SingleFlightOptions) {
    this.#options = options;
    const { ISOLATE_TTL_MS, UPSTASH_TIMEOUT_MS, NEON_TIMEOUT_MS } = options.settings;
    // The slowest: Upstash for a copy, Postgres, and Upstash once more for the copy that outlives an outage.
    this.#maxMs = 2 * UPSTASH_TIMEOUT_MS + NEON_TIMEOUT_MS + SLACK_MS;
    this.#youngMs = Math.min(ISOLATE_TTL_MS, this.#maxMs);
  }

  /** The answer of the flight under way, or of a new one. Rejects as `read` does. */
  async join(key: string, read: () => Promise<T>): Promise<T> {
    const flight = this.#aloft.get(key);
    if (!flight || this.#ageMs(flight) >= this.#youngMs) return this.#start(key, read);
    await this.#landing(flight);
    if (!flight.landed) return this.join(key, read);
    if ('error' in flight.landed) throw flight.landed.error;
    return flight.landed.found;
  }

  /** Nobody joins the flights of these keys any more. */
  drop(keys: readonly string[]): void {
    for (const key of keys) this.#aloft.delete(key);
  }

  #start(key: string, read: () => Promise<T>): Promise<T> {
    const flight: Flight<T> = { since: this.#options.now() };
    this.#aloft.set(key, flight);
    const answer = this.#fly(flight, read).finally(() => {
      if (this.#aloft.get(key) === flight) this.#aloft.delete(key);
    });
    // Without this, a first client that hangs up would take the others' answer with it.
    this.#options.inBackground(answer.catch(() => undefined));
    return answer;
  }

  async #fly(flight: Flight<T>, read: () => Promise<T>): Promise<T> {
    try {
      const found = await read();
      flight.landed = { found };
      return found;
    } catch (error) {
      flight.landed = { error };
      throw error;
    }
  }

  async #landing(flight: Flight<T>): Promise<void> {
    for (
      let pause = FIRST_LOOK_MS;
      !flight.landed && this.#ageMs(flight) < this.#maxMs;
      pause = Math.min(2 * pause, LATER_LOOKS_MS)
    )
      await new Promise((resume) => setTimeout(resume, pause));
  }

  #ageMs({ since }: Flight<T>): number {
    return this.#options.now() - since;
  }
}
