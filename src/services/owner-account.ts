/** Owners take their data along, bring it back, and leave for good. */
import type { SharedRecords } from '../cache/shared-records.ts';
import { type AccountExport, type ImportedData, OWN_DATA_FORMAT } from '../domain/account-export.ts';
import type { Edit, Owner } from '../domain/owner.ts';
import { Problem } from '../domain/problem.ts';
import { usernameKey } from '../domain/usernames.ts';
import type { InBackground, OwnerAccountStore, OwnerProfileStore } from '../ports.ts';
import type { Contacts } from './contacts.ts';
import type { OwnerWrites, Published } from './owner-writes.ts';

interface Deps {
  store: OwnerAccountStore;
  settledNames: OwnerProfileStore['settledNames'];
  openContacts: Contacts['opened'];
  writes: OwnerWrites;
  shared: Pick<SharedRecords, 'forgetCards'>;
  /** Sums the views that wait, which drops those of users who are gone. */
  rollUpViews: () => Promise<void>;
  inBackground: InBackground;
  now: () => number;
}

/** The export with what says how to read it. */
export type Export = typeof OWN_DATA_FORMAT & { exportedAt: string } & AccountExport;

/** Every method may throw the Problems `unauthorized` and, where it changes something, `changed-meanwhile`. */
export class OwnerAccount {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  async export(owner: Owner): Promise<Export> {
    const exportedAt = new Date(this.#deps.now()).toISOString();
    const data = await this.#deps.store.readEverything(owner, exportedAt);
    if (data === 'signed-out') throw new Problem('unauthorized');
    const contacts = await this.#deps.openContacts(owner.id, data.contacts);
    return { ...OWN_DATA_FORMAT, exportedAt, ...data, contacts };
  }

  /** Puts the data in place of all links and cards and of the profile's texts. */
  import(edit: Edit, data: ImportedData): Promise<Published<null>> {
    const { store, writes } = this.#deps;
    return writes.publish(edit.owner, store.replaceEverything(edit, data));
  }

  /** Removes the user with all that is theirs. @param username as confirmation @throws Problem `invalid-input` */
  async remove(edit: Edit, username: string): Promise<Published<null>> {
    const { store, settledNames, writes, shared, rollUpViews, inBackground, now } = this.#deps;
    const name = usernameKey(username);
    // Asked for beforehand: should the answer to the deletion be lost, nothing is left that could tell the names.
    const names = await settledNames(edit.owner.id);
    const published = await writes.publish(edit.owner, store.removeAccount(edit, name, now()), names);
    inBackground(shared.forgetCards(published.value).catch(() => undefined));
    // Where this fails, the cron trigger does it within the hour.
    inBackground(rollUpViews().catch(() => undefined));
    return { ...published, value: null };
  }
}
