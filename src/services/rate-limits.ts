/** Rate-limits clients and owners. */
import { BoundedMap } from '../cache/bounded-map.ts';
import { Problem } from '../domain/problem.ts';
import { RATE_LIMIT_PERIOD_SECONDS, RATE_LIMITS, type RateLimitName } from '../domain/rate-limits.ts';
import type { Log, RateLimiter } from '../ports.ts';

/** The limits that are counted here; others do not exist (workerd by itself has none). */
export type RateLimiters = Partial<Record<RateLimitName, RateLimiter>>;

interface Deps {
  limiters: RateLimiters;
  log: Log;
  now: () => number;
}

/** Most clients that an isolate remembers to be over a limit; the oldest are forgotten first. */
const MAX_HELD = 1_000;

export class RateLimits {
  readonly #deps: Deps;
  /** Clients that are over a limit. */
  readonly #held: BoundedMap<true>;

  constructor(deps: Deps) {
    this.#deps = deps;
    const ttl = { ms: RATE_LIMIT_PERIOD_SECONDS * 1000, now: deps.now };
    this.#held = new BoundedMap({ maxEntries: MAX_HELD, ttl });
  }

  /** Counts a request. @param key identifies the client; only the limiter sees it @throws Problem `too-many-requests` */
  async count(name: RateLimitName, key: string): Promise<void> {
    this.refuseHeld(name, key);
    if (await this.#isWithin(name, key)) return;
    this.#held.set(`${name} ${key}`, true);
    throw tooMany(name, RATE_LIMIT_PERIOD_SECONDS);
  }

  /** Whether this isolate knows that a client is over a limit. Counts nothing and makes no call. */
  isHeld(name: RateLimitName, key: string): boolean {
    return this.#held.get(`${name} ${key}`) !== undefined;
  }

  /** @throws Problem `too-many-requests` for a client for which `isHeld` is true */
  refuseHeld(name: RateLimitName, key: string): void {
    if (this.isHeld(name, key)) throw tooMany(name, Math.ceil(this.#held.leftMs(`${name} ${key}`) / 1000));
  }

  async #isWithin(name: RateLimitName, key: string): Promise<boolean> {
    try {
      const outcome = await this.#deps.limiters[name]?.limit({ key });
      return outcome?.success ?? true;
    } catch {
      // A limiter that fails must not take the service with it.
      this.#deps.log('rate-limit.failed', { limit: name });
      return true;
    }
  }
}

function tooMany(name: RateLimitName, waitSeconds: number): Problem {
  const { limit } = RATE_LIMITS[name];
  return new Problem('too-many-requests', {
    detail: `At most ${limit} such requests are answered in ${RATE_LIMIT_PERIOD_SECONDS} seconds. Wait a little.`,
    headers: {
      'Retry-After': String(waitSeconds),
      // draft-ietf-httpapi-ratelimit-headers: what remains is known only once it is nothing.
      'RateLimit-Policy': `"${name}";q=${limit};w=${RATE_LIMIT_PERIOD_SECONDS}`,
      RateLimit: `"${name}";r=0;t=${waitSeconds}`,
    },
  });
}
