/** Request coalescing: requests for a key that is being read share one read. */
import type { InBackground } from '../ports.ts';
import type { Settings } from '../settings.ts';

interface SingleFlightOptions {
  /** A shared answer may be as old as one from the isolate's memory, and no older. */
  settings: Pick<Settings, 'ISOLATE_TTL_MS' | 'UPSTASH_TIMEOUT_MS' | 'NEON_TIMEOUT_MS'>;
  now: () => number;
  inBackground: InBackground;
}

/** What a read may take beyond the time limits of its upstreams. */
const SLACK_MS = 500;

type Settled<T> = { value: T } | { error: unknown };

interface InFlight<T> {
  since: number;
  /** Never rejects, so that a read without followers leaves no unhandled rejection. */
  settled: Promise<Settled<T>>;
}

/** One read per key at a time in this isolate. */
export class SingleFlight<T> {
  readonly #options: SingleFlightOptions;
  /** A read that began longer ago is not joined. */
  readonly #joinableMs: number;
  /** A read that takes longer is not waited for: its request may have been cut off. */
  readonly #maxMs: number;
  readonly #inFlight = new Map<string, InFlight<T>>();

  constructor(options: SingleFlightOptions) {
    this.#options = options;
    const { ISOLATE_TTL_MS, UPSTASH_TIMEOUT_MS, NEON_TIMEOUT_MS } = options.settings;
    // The slowest read: Upstash for a copy, Postgres, and Upstash again for the stale-if-error copy.
    this.#maxMs = 2 * UPSTASH_TIMEOUT_MS + NEON_TIMEOUT_MS + SLACK_MS;
    this.#joinableMs = Math.min(ISOLATE_TTL_MS, this.#maxMs);
  }

  /** The answer of the read in flight, or of a new one. Rejects as `read` does. */
  async join(key: string, read: () => Promise<T>): Promise<T> {
    const inFlight = this.#inFlight.get(key);
    if (!inFlight || this.#ageMs(inFlight) >= this.#joinableMs) return this.#start(key, read);
    const settled = await this.#follow(inFlight);
    if (!settled) return this.join(key, read);
    if ('error' in settled) throw settled.error;
    return settled.value;
  }

  /** Nobody joins the reads of these keys any more. */
  drop(keys: readonly string[]): void {
    for (const key of keys) this.#inFlight.delete(key);
  }

  #start(key: string, read: () => Promise<T>): Promise<T> {
    const answer = read().finally(() => {
      if (this.#inFlight.get(key) === inFlight) this.#inFlight.delete(key);
    });
    const settled = answer.then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    const inFlight: InFlight<T> = { since: this.#options.now(), settled };
    this.#inFlight.set(key, inFlight);
    // Keeps the read alive for its followers when the first client hangs up.
    this.#options.inBackground(settled);
    return answer;
  }

  /**
   * What the read came to, or undefined when it took too long. The follower's own timer keeps its request alive:
   * workerd cancels a request that only waits for another request's promise («your Worker's code had hung»).
   */
  async #follow(inFlight: InFlight<T>): Promise<Settled<T> | undefined> {
    const timeout = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => timeout.resolve(undefined), this.#maxMs - this.#ageMs(inFlight));
    try {
      return await Promise.race([inFlight.settled, timeout.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  #ageMs({ since }: InFlight<T>): number {
    return this.#options.now() - since;
  }
}
