/** Does owners' requests once, however often they are sent with the same key. */

import type { KeptAnswer, KeyedRequest } from '../domain/idempotency.ts';
import { Problem } from '../domain/problem.ts';
import type { IdempotencyStore, Log } from '../ports.ts';

interface Deps {
  store: IdempotencyStore;
  log: Log;
  now: () => number;
}

export class Idempotency {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /**
   * Takes a key for a request, or gives the answer that was kept for it.
   * @throws Problem `request-under-way`, `idempotency-key-reused`, `unavailable`
   */
  async begin(ownerId: string, request: KeyedRequest): Promise<KeptAnswer | 'claimed'> {
    const claim = await this.#deps.store.claim(ownerId, request, new Date(this.#deps.now()).toISOString());
    if (claim === 'under-way') throw new Problem('request-under-way', { headers: { 'Retry-After': '1' } });
    if (claim === 'reused') throw new Problem('idempotency-key-reused');
    return claim;
  }

  /** Keeps an answer; null lets the key go. Where that fails, the request counts as under way for a minute. */
  async end(ownerId: string, { keyHash }: KeyedRequest, answer: KeptAnswer | null): Promise<void> {
    await this.#deps.store.settle(ownerId, keyHash, answer).catch(() => {
      this.#deps.log('idempotency.unsettled');
    });
  }

  /** For the cron trigger. */
  removeExpired(): Promise<void> {
    return this.#deps.store.removeExpired(new Date(this.#deps.now()).toISOString());
  }
}
