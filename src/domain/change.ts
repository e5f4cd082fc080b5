/** The result of a write that shows: it cannot be read without telling the caches what it touched. */

/**
 * Wraps the outcome of a mutation together with the names whose public answers it changed. The outcome is
 * private until `published`, so a new mutation cannot forget the invalidation.
 */
export class Change<T> {
  readonly #outcome: T;
  readonly #names: readonly string[];

  /** @param names usernames in lower case, old and new ones after a rename; none if nothing changed */
  constructor(outcome: T, names: readonly string[]) {
    this.#outcome = outcome;
    this.#names = names;
  }

  /** Hands the touched names to `invalidate`, waits for it, and gives the outcome. */
  async published(invalidate: (names: readonly string[]) => Promise<void>): Promise<T> {
    if (this.#names.length > 0) await invalidate(this.#names);
    return this.#outcome;
  }
}
