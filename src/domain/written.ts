/** What came of an owner's write: done, or refused for a reason that has a name. It cannot be read before the caches were told. */

export type Refusal =
  | 'signed-out'
  | 'changed-meanwhile'
  | 'username-taken'
  | 'username-reserved'
  | 'sign-up-ended'
  | 'too-many-renames'
  | 'not-your-name'
  | 'link-not-found'
  | 'foreign-links'
  | 'too-many-links'
  | 'card-not-found'
  | 'card-is-private'
  | 'link-on-card'
  | 'too-many-cards'
  | 'last-card';

/** Whether all tiers have acknowledged a change, or some will hear of it after the response. */
export type Invalidation = 'done' | 'deferred';

/** `version` is the profile's version after the write. */
export type Outcome<T> = { refusal: Refusal } | { refusal: null; version: number; value: T };

/** Forgets all copies of names (usernames in lower case). */
export interface Caches {
  invalidate(names: readonly string[]): Promise<Invalidation>;
}

/** The outcome is private until `publish`, so that a new kind of write cannot forget the invalidation. */
export class Written<T> {
  readonly #outcome: Outcome<T>;
  readonly #names: readonly string[];

  private constructor(outcome: Outcome<T>, names: readonly string[]) {
    this.#outcome = outcome;
    this.#names = names;
  }

  /** A write that changed nothing. */
  static refused(refusal: Refusal): Written<never> {
    return new Written<never>({ refusal }, []);
  }

  /** @param names whose public answers changed: usernames in lower case, old and new ones after a rename */
  static done<T>(value: T, version: number, names: readonly string[]): Written<T> {
    return new Written<T>({ refusal: null, version, value }, names);
  }

  /** Tells the caches which names the write touched, waits for them, and gives the outcome. */
  async publish(caches: Caches): Promise<{ outcome: Outcome<T>; invalidation: Invalidation }> {
    const invalidation = this.#names.length > 0 ? await caches.invalidate(this.#names) : 'done';
    return { outcome: this.#outcome, invalidation };
  }
}
