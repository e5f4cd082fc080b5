/** What owners do with their context cards. */
import { isId } from '../domain/id.ts';
import type { Edit, Owner } from '../domain/owner.ts';
import type { CardChanges, CardDraft, OwnCard, OwnCards } from '../domain/owner-cards.ts';
import { Problem } from '../domain/problem.ts';
import type { OwnerCardStore } from '../ports.ts';
import type { OwnerWrites, Published } from './owner-writes.ts';

/** Every method may throw the Problems `unauthorized` and, where it changes something, `changed-meanwhile`. */
export class OwnerCards {
  readonly #store: OwnerCardStore;
  readonly #writes: OwnerWrites;

  constructor(store: OwnerCardStore, writes: OwnerWrites) {
    this.#store = store;
    this.#writes = writes;
  }

  async list(owner: Owner): Promise<OwnCards> {
    const cards = await this.#store.listCards(owner);
    if (cards === 'signed-out') throw new Problem('unauthorized');
    return cards;
  }

  /** The first card is the default. @throws Problem `too-many-cards`, `forbidden` for links of others */
  add(edit: Edit, card: CardDraft): Promise<Published<OwnCard>> {
    return this.#writes.publish(edit.owner, () => this.#store.addCard(edit, card));
  }

  /** @throws Problem `card-not-found`, `forbidden` for links of others */
  async update(edit: Edit, id: string, changes: CardChanges): Promise<Published<OwnCard>> {
    requireId(id);
    return this.#writes.publish(edit.owner, () => this.#store.updateCard(edit, id, changes));
  }

  /** After the default card, the oldest of the others is the default. @throws Problem `card-not-found`, `last-card` */
  async remove(edit: Edit, id: string): Promise<Published<null>> {
    requireId(id);
    return this.#writes.publish(edit.owner, () => this.#store.removeCard(edit, id));
  }

  /** @throws Problem `card-not-found` */
  async setDefault(edit: Edit, id: string): Promise<Published<null>> {
    requireId(id);
    return this.#writes.publish(edit.owner, () => this.#store.setDefaultCard(edit, id));
  }
}

function requireId(id: string): void {
  if (!isId(id)) throw new Problem('card-not-found');
}
