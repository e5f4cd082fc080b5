/** Circuit breakers: an upstream that fails is skipped for a while, and one probe at a time finds out whether it is back. */
import { Problem } from '../domain/problem.ts';
import type { Log } from '../ports.ts';

/** The upstream is being skipped: nothing was sent. */
export class SkippedError extends Error {
  override name = 'SkippedError';
}

/** What a breaker does with failures: the same for all that call an upstream. */
export interface BreakerPolicy {
  /** Consecutive failures that open it. */
  failures: number;
  /** How long it then skips the upstream, in milliseconds, before one call probes it. */
  openMs: number;
  now: () => number;
  log: Log;
}

/** What one use of an upstream adds: how it tells the log, and who counts. */
interface BreakerUse {
  /** Event of the log, once per window of `openMs` in which the upstream fails. */
  opened: string;
  /** Event of the log when the upstream is back. */
  closed?: string;
  /** Called for each call that is not made. */
  onSkip?: () => void;
}

/** Wraps calls to one upstream; its state lives as long as the isolate. */
export class CircuitBreaker {
  readonly #policy: BreakerPolicy;
  readonly #use: BreakerUse;
  #failed = 0;
  #openUntil = 0;

  constructor(policy: BreakerPolicy, use: BreakerUse) {
    this.#policy = policy;
    this.#use = use;
  }

  /** `half-open`: the next call is the probe. */
  get state(): 'closed' | 'open' | 'half-open' {
    const { failures, now } = this.#policy;
    if (this.#failed < failures) return 'closed';
    return now() < this.#openUntil ? 'open' : 'half-open';
  }

  /** Milliseconds since the last failure, or since the last probe began. */
  get sinceFailureMs(): number {
    return this.#policy.now() - (this.#openUntil - this.#policy.openMs);
  }

  /** Runs `call`, or rejects with SkippedError at once while the upstream is being skipped. */
  async run<T>(call: () => Promise<T>): Promise<T> {
    const { now, openMs, failures, log } = this.#policy;
    const { opened, closed, onSkip } = this.#use;
    const { state } = this;
    if (state === 'open') {
      onSkip?.();
      throw new SkippedError();
    }
    // A probe holds the next window for itself. A flag would stay set for ever if its request were cut off.
    if (state === 'half-open') this.#openUntil = now() + openMs;
    try {
      const result = await call();
      if (this.state !== 'closed' && closed) log(closed);
      this.#failed = 0;
      return result;
    } catch (error) {
      this.#failed += 1;
      if (state === 'half-open' || this.#failed === failures) {
        this.#openUntil = now() + openMs;
        log(opened, { error: reasonOf(error) });
      }
      throw error;
    }
  }
}

/** What the log may say of a failure. */
function reasonOf(error: unknown): string {
  if (error instanceof Problem && typeof error.cause === 'string') return error.cause;
  return error instanceof Error ? error.name : typeof error;
}
