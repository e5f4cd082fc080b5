/** Owners keep cards of others on the server. */
import { isId } from '../domain/id.ts';
import type { Owner } from '../domain/owner.ts';
import { Problem } from '../domain/problem.ts';
import type { SavedCard, SavedCardDraft } from '../domain/saved-card.ts';
import type { SavedCardStore } from '../ports.ts';

/** Every method may throw the Problems `unauthorized` and `unavailable`. */
export class SavedCards {
  readonly #store: SavedCardStore;

  constructor(store: SavedCardStore) {
    this.#store = store;
  }

  /** @throws Problem `card-not-found`, `card-saved`, `too-many-saved-cards` */
  async save(owner: Owner, cardId: string, draft: SavedCardDraft): Promise<void> {
    if (!isId(cardId)) throw new Problem('card-not-found');
    const refusal = await this.#store.save(owner, cardId, draft);
    if (refusal) throw new Problem(refusal === 'signed-out' ? 'unauthorized' : refusal);
  }

  /** @throws Problem `card-not-found` */
  async unsave(owner: Owner, cardId: string): Promise<void> {
    const removed = isId(cardId) ? await this.#store.unsave(owner, cardId) : 0;
    if (removed === 'signed-out') throw new Problem('unauthorized');
    if (removed === 0) throw new Problem('card-not-found');
  }

  /** The newest first. @param page from 1 on */
  async list(owner: Owner, page: number, limit: number): Promise<SavedCard[]> {
    const cards = await this.#store.listSaved(owner, page, limit);
    if (cards === 'signed-out') throw new Problem('unauthorized');
    return cards;
  }
}
