/** A router that remembers: a hall asks for the same few paths again and again. */
import type { Result, Router } from 'hono/router';
import { TrieRouter } from 'hono/router/trie-router';
import { BoundedMap } from '../cache/bounded-map.ts';

const MAX_PATHS = 1_000;
/** Longer ones are matched anew each time, so that nobody fills the memory with them. */
const MAX_REMEMBERED_CHARACTERS = 100;

/**
 * The routes of the contract are ambiguous (`/card/:cardId` beside `/:username/qr`), which Hono's fastest router refuses,
 * and the one that takes them costs a tenth of an answer from memory.
 */
export class RememberingRouter<T> implements Router<T> {
  readonly name = 'RememberingRouter';
  readonly #router = new TrieRouter<T>();
  readonly #found = new BoundedMap<Result<T>>({ maxEntries: MAX_PATHS });

  add(method: string, path: string, handler: T): void {
    this.#router.add(method, path, handler);
  }

  match(method: string, path: string): Result<T> {
    if (path.length > MAX_REMEMBERED_CHARACTERS) return this.#router.match(method, path);
    return this.#found.getOrMakeNow(`${method} ${path}`, () => this.#router.match(method, path));
  }
}
