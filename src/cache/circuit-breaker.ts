/** Skips an upstream that fails, and lets one probe per window find out whether it is back. */

/** The upstream is being skipped: nothing was sent. */
export class SkippedError extends Error {
  override name = 'SkippedError';
}

interface BreakerOptions {
  /** Consecutive failures that open it. */
  failures: number;
  openMs: number;
  now: () => number;
  /** Called once per window of `openMs` in which the upstream fails. */
  onOpen: (error: unknown) => void;
  /** Called for each call that is not made. */
  onSkip?: () => void;
  /** Called when the upstream is back. */
  onClose?: () => void;
}

/** Wraps calls to one upstream; its state lives as long as the isolate. */
export class Breaker {
  readonly #options: BreakerOptions;
  #failed = 0;
  #openUntil = 0;

  constructor(options: BreakerOptions) {
    this.#options = options;
  }

  get open(): boolean {
    return this.#failed >= this.#options.failures;
  }

  /** Runs `call`, or rejects with SkippedError at once while the upstream is being skipped. */
  async run<T>(call: () => Promise<T>): Promise<T> {
    const { now, openMs, failures, onOpen, onSkip, onClose } = this.#options;
    if (this.open) {
      if (now() < this.#openUntil) {
        onSkip?.();
        throw new SkippedError();
      }
      // A probe holds the next window for itself. A flag would stay set for ever if its request were cut off.
      this.#openUntil = now() + openMs;
    }
    const wasOpen = this.open;
    try {
      const result = await call();
      if (this.open) onClose?.();
      this.#failed = 0;
      return result;
    } catch (error) {
      this.#failed += 1;
      if (wasOpen || this.#failed === failures) {
        this.#openUntil = now() + openMs;
        onOpen(error);
      }
      throw error;
    }
  }
}
