/** What every write of an owner has in common: the caches hear of it, and a refusal becomes a Problem. */
import type { Owner } from '../domain/owner.ts';
import { Problem } from '../domain/problem.ts';
import { RESERVED_MESSAGE } from '../domain/usernames.ts';
import type { Caches, Invalidation, Refusal, Written } from '../domain/written.ts';
import type { InBackground, Log, OwnerProfileStore } from '../ports.ts';

/** What a write came to, the profile's version after it, and whether all caches know of it yet. */
export interface Published<T> {
  value: T;
  version: number;
  invalidation: Invalidation;
}

interface Deps {
  store: Pick<OwnerProfileStore, 'settledNames'>;
  records: Caches;
  inBackground: InBackground;
  log: Log;
}

/** Pauses between the attempts to learn what became of a write; waitUntil ends after 30 s. */
const RETRY_PAUSES_MS = [1_000, 4_000, 10_000];

export class OwnerWrites {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /**
   * Waits for a write, tells the caches which names it touched, and gives what it came to.
   * @param names further usernames in lower case that the write may touch, for when its answer is lost
   * @throws Problem for each refusal
   */
  async publish<T>(
    owner: Owner,
    writing: Promise<Written<T>>,
    names: readonly string[] = [],
  ): Promise<Published<T>> {
    const written = await writing.catch((error) => {
      // What was refused for certain has changed nothing: the copies are still true.
      if (!(error instanceof Problem && error.nothingDone))
        this.#deps.inBackground(this.#invalidateInDoubt(owner, names));
      throw error;
    });
    const { outcome, invalidation } = await written.publish(this.#deps.records);
    if (outcome.refusal !== null) throw problemOf(outcome.refusal);
    return { value: outcome.value, version: outcome.version, invalidation };
  }

  /** A write whose answer never came may have been done: the names of its owner are forgotten, whatever they are by now. */
  async #invalidateInDoubt({ id }: Owner, names: readonly string[]): Promise<void> {
    const { store, records, log } = this.#deps;
    for (const pause of [0, ...RETRY_PAUSES_MS]) {
      if (pause > 0) await new Promise((resume) => setTimeout(resume, pause));
      const settled = await store.settledNames(id).catch(() => undefined);
      if (!settled) continue;
      const touched = [...new Set([...names, ...settled])];
      if (touched.length > 0) await records.invalidate(touched);
      log('write.in-doubt', { settled: true });
      return;
    }
    if (names.length > 0) await records.invalidate(names);
    log('write.in-doubt', { settled: false });
  }
}

function problemOf(refusal: Refusal): Problem {
  switch (refusal) {
    case 'signed-out':
      return new Problem('unauthorized');
    case 'changed-meanwhile':
      return new Problem(refusal, { detail: 'Read it again, and make your change to what is there now.' });
    case 'too-many-renames':
      return new Problem(refusal, {
        detail: 'An old name is kept for 90 days, at most five of them. Go back to one of them, or wait.',
      });
    case 'foreign-links':
      return new Problem('forbidden', {
        detail: 'Some of these links are not yours, or not there any more.',
      });
    case 'card-is-private':
      return new Problem('forbidden', { detail: 'A private card is for your eyes only.' });
    case 'not-your-name':
      return invalid('username', 'Type your username to confirm.');
    case 'username-reserved':
      return invalid('username', RESERVED_MESSAGE);
    case 'sign-up-ended':
      return new Problem('sign-in-failed', { detail: 'This sign-up has ended. Please sign in again.' });
    case 'username-taken':
    case 'link-not-found':
    case 'too-many-links':
    case 'card-not-found':
    case 'link-on-card':
    case 'too-many-cards':
    case 'last-card':
      return new Problem(refusal);
  }
}

function invalid(path: string, message: string): Problem {
  return new Problem('invalid-input', { errors: [{ path, message }] });
}
