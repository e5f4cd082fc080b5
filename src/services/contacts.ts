/** Contacts: visitors leave their details, owners read, export and remove them. */
import {
  CONTACT_LIMITS,
  type Contact,
  type ContactDetails,
  type ContactPage,
  matches,
  readCursor,
  writeCursor,
} from '../domain/contacts/contact.ts';
import { type FormStamp, readStamp, stampForm } from '../domain/contacts/form-stamp.ts';
import type { SealedContacts } from '../domain/contacts/sealed-contact.ts';
import { currentDataKey, open, openDataKey, seal, wrapAnew } from '../domain/contacts/sealing.ts';
import { isId } from '../domain/id.ts';
import type { KeyedRequest } from '../domain/idempotency.ts';
import type { ProfileRecord } from '../domain/name-record.ts';
import type { Owner } from '../domain/owner.ts';
import { Problem } from '../domain/problem.ts';
import { type KeyRing, signingKey } from '../domain/tokens/key-ring.ts';
import type { ContactStore, Log, OwnerProfileStore } from '../ports.ts';

interface Deps {
  store: ContactStore;
  readProfile: OwnerProfileStore['readProfile'];
  /** The deployment's secret; without it nobody can leave anything, and what is there stays sealed. */
  ring: KeyRing | undefined;
  /** Without a final slash. */
  origin: string;
  log: Log;
  now: () => number;
}

/** Data keys that one statement wraps anew. */
const KEYS_PER_STATEMENT = 100;
/** Statements of one run: the next one, an hour later, goes on. */
const STATEMENTS_PER_RUN = 50;

export class Contacts {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Whether this deployment has the secret. */
  get isOn(): boolean {
    return this.#deps.ring !== undefined;
  }

  /** The stamp of a form on an owner's page; undefined where there is no form. */
  async stamp({ ownerId, contactDays }: ProfileRecord): Promise<string | undefined> {
    const { ring } = this.#deps;
    return ring && contactDays ? stampForm(ring, ownerId, contactDays, this.#seconds()) : undefined;
  }

  /** What the stamp of a form says; undefined where it is not one of this owner's, or a day old. */
  async readStamp({ ownerId }: ProfileRecord, stamp: string): Promise<FormStamp | undefined> {
    const { ring } = this.#deps;
    return ring && readStamp(ring, ownerId, stamp, this.#seconds());
  }

  /**
   * Keeps details for an owner, in one batch.
   * @param agreedDays for which their visitor agrees at the most
   * @param request what is done already is not done again
   * @throws Problem `contacts-closed`, `contacts-full`, `idempotency-key-reused`, `unavailable`
   */
  async leave(
    { ownerId, contactDays }: ProfileRecord,
    details: ContactDetails,
    agreedDays: number,
    request: KeyedRequest,
  ): Promise<void> {
    const { ring, store, now } = this.#deps;
    const dataKey = ring && contactDays && (await currentDataKey(ring, ownerId, this.#seconds()));
    if (!dataKey) throw new Problem('contacts-closed');
    const id = crypto.randomUUID();
    const sealed = await seal(dataKey.key, ownerId, id, JSON.stringify(details));
    const createdAt = new Date(now()).toISOString();
    const { generation } = dataKey.wrapped;
    const row = { id, createdAt, agreedDays, generation, sealed };
    const refusal = await store.add(ownerId, row, dataKey.wrapped, request);
    if (refusal === 'reused') throw new Problem('idempotency-key-reused');
    if (refusal) throw new Problem(`contacts-${refusal}`);
  }

  /** How to reach somebody who has a card here; undefined where they are signed out. @throws Problem `unavailable` */
  async cardOf(giver: Owner): Promise<Pick<ContactDetails, 'name' | 'reach'> | undefined> {
    const profile = await this.#deps.readProfile(giver);
    if (profile === 'signed-out') return undefined;
    const url = `${this.#deps.origin}/u/${profile.username}`;
    return { name: profile.displayName, reach: { platform: 'custom', username: url, url } };
  }

  /** A page of contacts, the newest first, with every word of `search`. @throws Problem `unauthorized`, `unavailable` */
  async list(
    owner: Owner,
    {
      search = '',
      cursor,
      limit,
    }: { search?: string | undefined; cursor?: string | undefined; limit: number },
  ): Promise<ContactPage> {
    const after = cursor === undefined ? undefined : readCursor(cursor);
    const words = search.trim();
    // What is sealed cannot be searched in the database.
    const most = words ? CONTACT_LIMITS.contacts : limit + 1;
    const read = await this.#read(owner, after, most);
    const opened = await this.opened(owner.id, read);
    const found = words ? opened.filter((contact) => matches(contact, words)) : opened;
    const data = found.slice(0, limit);
    const last = data.at(-1);
    const nextCursor = last && found.length > limit ? writeCursor(last) : null;
    return { data, meta: { total: read.total, limit, nextCursor } };
  }

  /** All contacts, the newest first. @throws Problem `unauthorized`, `unavailable` */
  async all(owner: Owner): Promise<Contact[]> {
    return this.opened(owner.id, await this.#read(owner, undefined, CONTACT_LIMITS.contacts));
  }

  /** @throws Problem `contact-not-found`, `unauthorized`, `unavailable` */
  async remove(owner: Owner, id: string): Promise<void> {
    if (!isId(id) || (await this.#removed(owner, id)) === 0) throw new Problem('contact-not-found');
  }

  /** @throws Problem `unauthorized`, `unavailable` */
  async removeAll(owner: Owner): Promise<void> {
    await this.#removed(owner, null);
  }

  /** Removes what is kept no longer, and wraps data keys anew after a rotation: for the cron trigger. */
  async tidy(): Promise<void> {
    const { ring, store, log, now } = this.#deps;
    const removed = await store.removeExpired(new Date(now()).toISOString());
    const rewrapped = ring ? await this.#wrapAnew(ring) : { done: 0, lost: 0 };
    log('contacts.tidied', { removed, rewrapped: rewrapped.done, lost: rewrapped.lost });
  }

  /** Contacts as their owner reads them. */
  async opened(ownerId: string, { contacts, keys }: SealedContacts): Promise<Contact[]> {
    const { ring } = this.#deps;
    const seconds = this.#seconds();
    const dataKeys = new Map<string, CryptoKey | undefined>();
    for (const wrapped of ring ? keys : [])
      dataKeys.set(wrapped.generation, await openDataKey(ring as KeyRing, ownerId, wrapped, seconds));
    return Promise.all(
      contacts.map(async ({ generation, sealed, ...dates }): Promise<Contact> => {
        const key = dataKeys.get(generation);
        const text = key && (await open(key, ownerId, dates.id, sealed));
        const details = text === undefined ? UNREADABLE : (JSON.parse(text) as ContactDetails);
        return { ...dates, ...details };
      }),
    );
  }

  async #wrapAnew(ring: KeyRing): Promise<{ done: number; lost: number }> {
    const { store } = this.#deps;
    const seconds = this.#seconds();
    const secret = signingKey(ring, seconds);
    let done = 0;
    for (let statement = 0; secret && statement < STATEMENTS_PER_RUN; statement++) {
      const stale = await store.staleKeys(secret.kid, KEYS_PER_STATEMENT);
      const anew = await Promise.all(
        stale.map(async (key) => {
          const wrapped = await wrapAnew(ring, key.ownerId, key, seconds);
          return wrapped ? [{ ownerId: key.ownerId, ...wrapped }] : [];
        }),
      );
      const keys = anew.flat();
      if (keys.length > 0) await store.replaceKeys(keys);
      done += keys.length;
      // Those whose secret is lost come again each time.
      if (stale.length < KEYS_PER_STATEMENT || keys.length === 0)
        return { done, lost: stale.length - keys.length };
    }
    return { done, lost: 0 };
  }

  async #read(owner: Owner, after: ReturnType<typeof readCursor>, most: number) {
    const read = await this.#deps.store.read(owner, new Date(this.#deps.now()).toISOString(), {
      after,
      most,
    });
    if (read === 'signed-out') throw new Problem('unauthorized');
    return read;
  }

  async #removed(owner: Owner, id: string | null): Promise<number> {
    const removed = await this.#deps.store.remove(owner, id);
    if (removed === 'signed-out') throw new Problem('unauthorized');
    return removed;
  }

  #seconds(): number {
    return Math.floor(this.#deps.now() / 1000);
  }
}

const UNREADABLE = { name: null, reach: null, place: null, note: null };
