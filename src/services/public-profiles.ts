/** What anybody may read: a username, looked up in the nearest tier that knows it. */
import type { NameRecords } from '../cache/name-records.ts';
import type { FoundRecord } from '../domain/found-record.ts';
import type { MovedRecord, ProfileRecord } from '../domain/name-record.ts';
import { Problem } from '../domain/problem.ts';
import { isPossibleUsername, usernameKey } from '../domain/usernames.ts';

/** A found record whose kind is known. */
export type Found<R> = Omit<FoundRecord, 'record'> & { record: R };

export class PublicProfiles {
  readonly #records: NameRecords;

  constructor(records: NameRecords) {
    this.#records = records;
  }

  /**
   * Finds a profile, or the new name of one that was renamed.
   * @throws Problem `invalid-username` before anything is asked, `user-not-found`, `unavailable`
   */
  async find(username: string): Promise<Found<ProfileRecord> | Found<MovedRecord>> {
    if (!isPossibleUsername(username)) {
      throw new Problem('invalid-username', {
        detail: 'A username has 3 to 50 letters, digits, hyphens or underscores.',
      });
    }
    const { record, ...found } = await this.#records.find(usernameKey(username));
    if (record.kind === 'unknown') throw new Problem('user-not-found');
    return record.kind === 'moved' ? { ...found, record } : { ...found, record };
  }

  /** The epoch that offline passes of this owner must have, or null when nobody can say. */
  async passEpoch(username: string): Promise<number | null> {
    try {
      const { record } = await this.find(username);
      return record.kind === 'profile' ? record.passEpoch : null;
    } catch {
      return null;
    }
  }
}
