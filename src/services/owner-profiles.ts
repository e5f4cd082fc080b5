/** What owners do with their own profile. */
import type { Edit, Owner, OwnProfile, OwnProfileWithLinks, ProfilePatch } from '../domain/owner.ts';
import { Problem } from '../domain/problem.ts';
import { usernameKey } from '../domain/usernames.ts';
import type { OwnerProfileStore } from '../ports.ts';
import type { OwnerWrites, Published } from './owner-writes.ts';

export class OwnerProfiles {
  readonly #store: OwnerProfileStore;
  readonly #writes: OwnerWrites;

  constructor(store: OwnerProfileStore, writes: OwnerWrites) {
    this.#store = store;
    this.#writes = writes;
  }

  /** @throws Problem `unauthorized` when the session was ended or the user is gone */
  async read(owner: Owner): Promise<OwnProfileWithLinks> {
    const profile = await this.#store.readProfile(owner);
    if (profile === 'signed-out') throw new Problem('unauthorized');
    return profile;
  }

  /** @throws Problem `unauthorized`, `changed-meanwhile`, `username-taken`, `too-many-renames` */
  update(edit: Edit, patch: ProfilePatch): Promise<Published<OwnProfile>> {
    const names = patch.username === undefined ? [] : [usernameKey(patch.username)];
    return this.#writes.publish(edit.owner, () => this.#store.updateProfile(edit, patch), names);
  }
}
