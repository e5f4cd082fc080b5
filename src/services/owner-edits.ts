/** What owners do with their profile, their links and their cards. */
import { isId } from '../domain/id.ts';
import type { ParsedLink } from '../domain/links/parse-link.ts';
import type {
  Edit,
  LinkPlace,
  Owner,
  OwnLink,
  OwnProfile,
  OwnProfileWithLinks,
  ProfilePatch,
} from '../domain/owner.ts';
import type { CardChanges, CardDraft, OwnCard, OwnCards } from '../domain/owner-cards.ts';
import { Problem, type ProblemCode } from '../domain/problem.ts';
import { usernameKey } from '../domain/usernames.ts';
import type { OwnerCardStore, OwnerLinkStore, OwnerProfileStore } from '../ports.ts';
import type { OwnerWrites, Published } from './owner-writes.ts';

interface Deps {
  profiles: OwnerProfileStore;
  links: OwnerLinkStore;
  cards: OwnerCardStore;
  writes: OwnerWrites;
}

/** Every method may throw the Problems `unauthorized`, `unavailable` and, where it changes something, `changed-meanwhile`. */
export class OwnerEdits {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  async readProfile(owner: Owner): Promise<OwnProfileWithLinks> {
    return signedIn(await this.#deps.profiles.readProfile(owner));
  }

  /** @throws Problem `username-taken`, `too-many-renames` */
  updateProfile(edit: Edit, patch: ProfilePatch): Promise<Published<OwnProfile>> {
    const { profiles, writes } = this.#deps;
    const names = patch.username === undefined ? [] : [usernameKey(patch.username)];
    return writes.publish(edit.owner, profiles.updateProfile(edit, patch), names);
  }

  /** Puts the link last. @throws Problem `too-many-links` */
  addLink(edit: Edit, link: ParsedLink): Promise<Published<OwnLink>> {
    const { links, writes } = this.#deps;
    return writes.publish(edit.owner, links.addLink(edit, link));
  }

  /** @throws Problem `link-not-found` */
  async updateLink(edit: Edit, id: string, link: ParsedLink): Promise<Published<OwnLink>> {
    requireId(id, 'link-not-found');
    const { links, writes } = this.#deps;
    return writes.publish(edit.owner, links.updateLink(edit, id, link));
  }

  /** Takes the link off all cards too. @throws Problem `link-not-found` */
  async removeLink(edit: Edit, id: string): Promise<Published<null>> {
    requireId(id, 'link-not-found');
    const { links, writes } = this.#deps;
    return writes.publish(edit.owner, links.removeLink(edit, id));
  }

  /**
   * Gives these links new places, counted from 0; the others keep their order around them.
   * @throws Problem `forbidden` for a link that is not the owner's
   */
  reorderLinks(edit: Edit, places: readonly LinkPlace[]): Promise<Published<null>> {
    const { links, writes } = this.#deps;
    return writes.publish(edit.owner, links.reorderLinks(edit, places));
  }

  async listCards(owner: Owner): Promise<OwnCards> {
    return signedIn(await this.#deps.cards.listCards(owner));
  }

  /** The first card is the default. @throws Problem `too-many-cards`, `forbidden` for links of others */
  addCard(edit: Edit, card: CardDraft): Promise<Published<OwnCard>> {
    const { cards, writes } = this.#deps;
    return writes.publish(edit.owner, cards.addCard(edit, card));
  }

  /** @throws Problem `card-not-found`, `forbidden` for links of others */
  async updateCard(edit: Edit, id: string, changes: CardChanges): Promise<Published<OwnCard>> {
    requireId(id, 'card-not-found');
    const { cards, writes } = this.#deps;
    return writes.publish(edit.owner, cards.updateCard(edit, id, changes));
  }

  /** After the default card, the oldest of the others is the default. @throws Problem `card-not-found`, `last-card` */
  async removeCard(edit: Edit, id: string): Promise<Published<null>> {
    requireId(id, 'card-not-found');
    const { cards, writes } = this.#deps;
    return writes.publish(edit.owner, cards.removeCard(edit, id));
  }

  /** Puts a link last on a card. @throws Problem `card-not-found`, `link-on-card`, `forbidden` for a link of others */
  async placeLink(edit: Edit, id: string, linkId: string): Promise<Published<null>> {
    requireId(id, 'card-not-found');
    const { cards, writes } = this.#deps;
    return writes.publish(edit.owner, cards.placeLink(edit, id, linkId));
  }

  /** The slug under which a card is shared. @throws Problem `card-not-found`, `forbidden` for a private card */
  async shareCard(edit: Edit, id: string): Promise<Published<string>> {
    requireId(id, 'card-not-found');
    const { cards, writes } = this.#deps;
    return writes.publish(edit.owner, cards.shareCard(edit, id));
  }

  /** @throws Problem `card-not-found` */
  async findCard(owner: Owner, id: string): Promise<OwnCard> {
    const { cards } = await this.listCards(owner);
    const card = cards.find((one) => one.id === id.toLowerCase());
    if (!card) throw new Problem('card-not-found');
    return card;
  }

  /** @throws Problem `card-not-found` */
  async setDefaultCard(edit: Edit, id: string): Promise<Published<null>> {
    requireId(id, 'card-not-found');
    const { cards, writes } = this.#deps;
    return writes.publish(edit.owner, cards.setDefaultCard(edit, id));
  }
}

function signedIn<T>(answer: T | 'signed-out'): T {
  if (answer === 'signed-out') throw new Problem('unauthorized');
  return answer;
}

function requireId(id: string, otherwise: ProblemCode): void {
  if (!isId(id)) throw new Problem(otherwise);
}
