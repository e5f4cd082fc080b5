/** What owners do with their own profile. */
import type { Invalidation, NameRecords } from '../cache/name-records.ts';
import type { Change } from '../domain/change.ts';
import type { Owner, OwnProfile, OwnProfileWithLinks, ProfilePatch } from '../domain/owner.ts';
import { Problem } from '../domain/problem.ts';
import type { OwnerStore } from '../ports.ts';

/** What a change came to, and whether all caches know of it yet. */
export interface Published<T> {
  value: T;
  invalidation: Invalidation;
}

export class OwnerProfiles {
  readonly #store: OwnerStore;
  readonly #records: NameRecords;

  constructor(store: OwnerStore, records: NameRecords) {
    this.#store = store;
    this.#records = records;
  }

  /** @throws Problem `unauthorized` when the session was ended or the user is gone */
  async read(owner: Owner): Promise<OwnProfileWithLinks> {
    const profile = await this.#store.readProfile(owner);
    if (profile === 'signed-out') throw new Problem('unauthorized');
    return profile;
  }

  /** @throws Problem `unauthorized`, `username-taken` */
  async update(owner: Owner, patch: ProfilePatch): Promise<Published<OwnProfile>> {
    const { value, invalidation } = await this.#publish(await this.#store.updateProfile(owner, patch));
    if (value === 'signed-out') throw new Problem('unauthorized');
    if (value === 'username-taken') throw new Problem('username-taken');
    return { value, invalidation };
  }

  async #publish<T>(change: Change<T>): Promise<Published<T>> {
    let invalidation: Invalidation = 'done';
    const value = await change.published(async (names) => {
      invalidation = await this.#records.invalidate(names);
    });
    return { value, invalidation };
  }
}
