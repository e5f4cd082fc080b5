/** Finds the record of a card's owner by the card's id alone. */
import type { CachedRecord } from '../domain/cached-record.ts';
import { publicCard } from '../domain/name-record.ts';
import { usernameKey } from '../domain/usernames.ts';
import { BoundedMap } from './bounded-map.ts';
import type { NameRecords } from './name-records.ts';
import type { SharedRecords } from './shared-records.ts';
import type { SingleFlight } from './single-flight.ts';

interface Deps {
  shared: Pick<SharedRecords, 'nameOfCard' | 'readByCard' | 'readByShare'>;
  records: Pick<NameRecords, 'find' | 'generation'>;
  singleFlight: SingleFlight<CachedRecord>;
  /** How many names of cards an isolate remembers. */
  maxEntries: number;
}

/**
 * A card's id leads to a name, and the name to the one record that all tiers hold. The name is never more than a hint:
 * a record that does not have the card sends the reader to Postgres, so nothing here needs to be invalidated.
 */
export class CardRecords {
  readonly #deps: Deps;
  readonly #names: BoundedMap<string>;
  readonly #singleFlight: SingleFlight<CachedRecord>;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#names = new BoundedMap({ maxEntries: deps.maxEntries });
    this.#singleFlight = deps.singleFlight;
  }

  /**
   * The record that has the card, or the record `unknown`. PRIVATE cards are in no record. One read per card and
   * isolate at a time, and nobody joins one that began before a change in this isolate.
   * @param cardId UUID in lower case
   * @throws Problem `unavailable` when Postgres fails and no tier has a copy
   */
  find(cardId: string): Promise<CachedRecord> {
    const { records } = this.#deps;
    return this.#singleFlight.join(`${records.generation} ${cardId}`, () => this.#read(cardId));
  }

  /** The record that has a card which was shared under this slug, or the record `unknown`. @throws Problem `unavailable` */
  findShared(slug: string): Promise<CachedRecord> {
    return this.#deps.shared.readByShare(slug);
  }

  async #read(cardId: string): Promise<CachedRecord> {
    const { shared, records } = this.#deps;
    const name = this.#names.get(cardId) ?? (await shared.nameOfCard(cardId));
    const hinted = name === null ? undefined : await records.find(name);
    const found = hinted && hasCard(hinted, cardId) ? hinted : await shared.readByCard(cardId);
    this.#remember(cardId, found);
    return found;
  }

  #remember(cardId: string, found: CachedRecord): void {
    if (found.record.kind === 'profile') this.#names.set(cardId, usernameKey(found.record.profile.username));
    else this.#names.delete(cardId);
  }
}

function hasCard({ record }: CachedRecord, cardId: string): boolean {
  return record.kind === 'profile' && publicCard(record, cardId) !== undefined;
}
