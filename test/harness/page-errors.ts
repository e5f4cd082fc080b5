/** Errors that scripts of our pages throw: a dead script fails the tests that looked at its page. */
import type { BrowserContext } from 'playwright-core';

/** Collects the uncaught errors of all pages of its contexts. */
export class PageErrors {
  readonly #errors: Error[] = [];

  /** @returns the context itself */
  watch(context: BrowserContext): BrowserContext {
    return context.on('weberror', (event) => this.#errors.push(event.error()));
  }

  /** @throws AggregateError naming all of them, if there were any */
  check(): void {
    if (this.#errors.length > 0)
      throw new AggregateError(this.#errors, `Scripts of pages failed: ${this.#errors.join('; ')}`);
  }
}
