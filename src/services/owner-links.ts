/** What owners do with their links. */
import { isId } from '../domain/id.ts';
import type { ParsedLink } from '../domain/links/parse-link.ts';
import type { Edit, OwnLink } from '../domain/owner.ts';
import { Problem } from '../domain/problem.ts';
import type { OwnerLinkStore } from '../ports.ts';
import type { OwnerWrites, Published } from './owner-writes.ts';

/** Every method may throw the Problems `unauthorized` and `changed-meanwhile`. */
export class OwnerLinks {
  readonly #store: OwnerLinkStore;
  readonly #writes: OwnerWrites;

  constructor(store: OwnerLinkStore, writes: OwnerWrites) {
    this.#store = store;
    this.#writes = writes;
  }

  /** Puts the link last. @throws Problem `too-many-links` */
  add(edit: Edit, link: ParsedLink): Promise<Published<OwnLink>> {
    return this.#writes.publish(edit.owner, () => this.#store.addLink(edit, link));
  }

  /** @throws Problem `link-not-found` */
  async update(edit: Edit, id: string, link: ParsedLink): Promise<Published<OwnLink>> {
    requireId(id);
    return this.#writes.publish(edit.owner, () => this.#store.updateLink(edit, id, link));
  }

  /** Takes the link off all cards too. @throws Problem `link-not-found` */
  async remove(edit: Edit, id: string): Promise<Published<null>> {
    requireId(id);
    return this.#writes.publish(edit.owner, () => this.#store.removeLink(edit, id));
  }

  /**
   * Gives all links new places, counted from 0 in the order of the given ones.
   * @throws Problem `forbidden` for a link that is not the owner's, `invalid-input` when one is missing
   */
  reorder(edit: Edit, places: readonly { id: string; displayOrder: number }[]): Promise<Published<null>> {
    const ids = places.toSorted((a, b) => a.displayOrder - b.displayOrder).map(({ id }) => id);
    return this.#writes.publish(edit.owner, () => this.#store.reorderLinks(edit, ids));
  }
}

function requireId(id: string): void {
  if (!isId(id)) throw new Problem('link-not-found');
}
