/** Holds back who asks for too much. */
import { Problem } from '../domain/problem.ts';
import { RATE_LIMIT_PERIOD_SECONDS, RATE_LIMITS, type RateLimitName } from '../domain/rate-limits.ts';
import type { Log, RateLimiter } from '../ports.ts';

/** The limits that are counted here; others do not exist (workerd by itself has none). */
export type RateLimiters = Partial<Record<RateLimitName, RateLimiter>>;

export class RateLimits {
  readonly #limiters: RateLimiters;
  readonly #log: Log;

  constructor(limiters: RateLimiters, log: Log) {
    this.#limiters = limiters;
    this.#log = log;
  }

  /** Counts a request. @param key who asks; it goes to the limiter and nowhere else @throws Problem `too-many-requests` */
  async count(name: RateLimitName, key: string): Promise<void> {
    if (await this.#isWithin(name, key)) return;
    const { limit } = RATE_LIMITS[name];
    throw new Problem('too-many-requests', {
      detail: `At most ${limit} such requests are answered in ${RATE_LIMIT_PERIOD_SECONDS} seconds. Wait a little.`,
      headers: { 'Retry-After': String(RATE_LIMIT_PERIOD_SECONDS) },
    });
  }

  async #isWithin(name: RateLimitName, key: string): Promise<boolean> {
    try {
      const outcome = await this.#limiters[name]?.limit({ key });
      return outcome?.success ?? true;
    } catch {
      // A limiter that fails must not take the service with it.
      this.#log('rate-limit.failed', { limit: name });
      return true;
    }
  }
}
