/** Public reads: looks a username up in the nearest tier that has it. */
import type { CardRecords } from '../cache/card-records.ts';
import type { NameRecords } from '../cache/name-records.ts';
import type { CachedRecord } from '../domain/cached-record.ts';
import { isPossibleSlug } from '../domain/card-slug.ts';
import { isId } from '../domain/id.ts';
import type { MovedRecord, ProfileRecord } from '../domain/name-record.ts';
import { Problem } from '../domain/problem.ts';
import { isPossibleUsername, usernameKey } from '../domain/usernames.ts';

/** A found record whose kind is known. */
export type Found<R> = Omit<CachedRecord, 'record'> & { record: R };

/** Between the database's clock, which dates accounts, and ours. */
const CLOCK_TOLERANCE_SECONDS = 60;

/** What an offline pass says of itself. */
export interface SignedPass {
  username: string;
  epoch: number;
  issuedAt: number;
}

export class PublicProfiles {
  readonly #records: NameRecords;
  readonly #cards: CardRecords;

  constructor(records: NameRecords, cards: CardRecords) {
    this.#records = records;
    this.#cards = cards;
  }

  /** Whether this isolate's memory has a name's record. */
  isCached(username: string): boolean {
    return !isPossibleUsername(username) || this.#records.isCached(usernameKey(username));
  }

  /** @throws Problem `invalid-username` for what cannot be one */
  requirePossible(username: string): void {
    if (isPossibleUsername(username)) return;
    throw new Problem('invalid-username', {
      detail: 'A username has 3 to 50 letters, digits, hyphens or underscores.',
    });
  }

  /** Loads a name's record from Upstash into this isolate's memory. @returns whether it is there now */
  warm(username: string): Promise<boolean> {
    return this.#records.warm(usernameKey(username));
  }

  /**
   * Finds a profile, or the new name of one that was renamed.
   * @throws Problem `invalid-username` before anything is asked, `user-not-found`, `unavailable`
   */
  async find(username: string): Promise<Found<ProfileRecord> | Found<MovedRecord>> {
    this.requirePossible(username);
    const { record, ...found } = await this.#records.find(usernameKey(username));
    if (record.kind === 'unknown') throw new Problem('user-not-found');
    return record.kind === 'moved' ? { ...found, record } : { ...found, record };
  }

  /**
   * Finds the profile that has a card which is not PRIVATE.
   * @throws Problem `card-not-found`, before anything is asked where the id is no UUID; `unavailable`
   */
  async findByCard(id: string): Promise<Found<ProfileRecord>> {
    if (!isId(id)) throw new Problem('card-not-found');
    const { record, ...found } = await this.#cards.find(id.toLowerCase());
    if (record.kind !== 'profile') throw new Problem('card-not-found');
    return { ...found, record };
  }

  /**
   * Finds the profile that has a card which was shared under this slug, or has this id, and is not PRIVATE.
   * @throws Problem `card-not-found`, `unavailable`
   */
  async findShared(slug: string): Promise<Found<ProfileRecord>> {
    if (isId(slug)) return this.findByCard(slug);
    if (!isPossibleSlug(slug)) throw new Problem('card-not-found');
    const { record, ...found } = await this.#cards.findShared(slug);
    if (record.kind !== 'profile') throw new Problem('card-not-found');
    return { ...found, record };
  }

  /**
   * Whether an offline pass counts no more: its owner has revoked it, or is gone, though somebody else may have the name
   * by now. A copy of the record may be older than the pass. False when it cannot be known now.
   * @param issuedAt seconds since the epoch
   */
  async isPassRevoked({ username, epoch, issuedAt }: SignedPass): Promise<boolean> {
    try {
      const { record } = await this.find(username);
      const { record: current } = record.kind === 'moved' ? await this.find(record.username) : { record };
      return (
        current.kind === 'profile' &&
        (epoch < current.passEpoch || issuedAt + CLOCK_TOLERANCE_SECONDS < current.since)
      );
    } catch (error) {
      return error instanceof Problem && error.code === 'user-not-found';
    }
  }
}
