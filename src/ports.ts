/** What the services need from the outside, in the words of the domain; `drivers/` provides it. */

import type { AccountExport, ImportedData } from './domain/account-export.ts';
import type { ContactCursor } from './domain/contacts/contact.ts';
import type {
  ContactRefusal,
  SealedContact,
  SealedContacts,
  StaleKey,
} from './domain/contacts/sealed-contact.ts';
import type { WrappedKey } from './domain/contacts/sealing.ts';
import type { KeptAnswer, KeyClaim, KeyedRequest } from './domain/idempotency.ts';
import type { ParsedLink } from './domain/links/parse-link.ts';
import type { NameRecord } from './domain/name-record.ts';
import type {
  Edit,
  LinkPlace,
  Owner,
  OwnLink,
  OwnProfile,
  OwnProfileWithLinks,
  ProfilePatch,
} from './domain/owner.ts';
import type { CardChanges, CardDraft, OwnCard, OwnCards } from './domain/owner-cards.ts';
import type { PublicProfile } from './domain/profile.ts';
import type { SavedCard, SavedCardDraft, SavingRefusal } from './domain/saved-card.ts';
import type { Identity, PendingSignUp, Person } from './domain/tokens/pending-sign-up.ts';
import type { Revocation } from './domain/tokens/revocation-list.ts';
import type { Written } from './domain/written.ts';

/** Public reads. Rejects with `Problem('unavailable')` whenever the database does not answer, whatever it says instead. */
export interface ProfileStore {
  /** One statement, whatever the name stands for. @param key username in lower case */
  readByName(key: string): Promise<NameRecord>;
  /** The record of the owner of a card that is not PRIVATE, or unknown. One statement. */
  readByCard(cardId: string): Promise<NameRecord>;
  /** The same for a card as it was shared: by its id, or by its slug. One statement. */
  readByShare(key: string): Promise<NameRecord>;
}

/** The names in use. Rejects with `Problem('unavailable')` when the database cannot be reached in time. */
export interface NameList {
  /** How many there are, as well as can be told without counting. One statement. */
  aboutHowMany(): Promise<number>;
  /** The current usernames of the users with these ids, in their order. One statement. @param lastId included */
  namesBetween(firstId: string, lastId: string, most: number): Promise<string[]>;
}

/*
 * Owners' reads and writes. Each is one statement or one batch, so that it happens whole or not at all, and checks the
 * session and the versions on which the edit insists. What a write answers says whether it was refused, and why.
 */

export interface OwnerProfileStore {
  readProfile(owner: Owner): Promise<OwnProfileWithLinks | 'signed-out'>;
  updateProfile(edit: Edit, patch: ProfilePatch): Promise<Written<OwnProfile>>;
  /**
   * All names of a user, current and old, in lower case. Waits for a write that is under way, so that what it answers
   * is true after that write.
   */
  settledNames(userId: string): Promise<string[]>;
}

export interface OwnerLinkStore {
  addLink(edit: Edit, link: ParsedLink): Promise<Written<OwnLink>>;
  updateLink(edit: Edit, id: string, link: ParsedLink): Promise<Written<OwnLink>>;
  removeLink(edit: Edit, id: string): Promise<Written<null>>;
  /** @param places of these links, counted from 0; the others keep their order around them */
  reorderLinks(edit: Edit, places: readonly LinkPlace[]): Promise<Written<null>>;
}

export interface OwnerCardStore {
  /** In the order in which they were made. */
  listCards(owner: Owner): Promise<OwnCards | 'signed-out'>;
  addCard(edit: Edit, card: CardDraft): Promise<Written<OwnCard>>;
  updateCard(edit: Edit, id: string, patch: CardChanges): Promise<Written<OwnCard>>;
  removeCard(edit: Edit, id: string): Promise<Written<null>>;
  setDefaultCard(edit: Edit, id: string): Promise<Written<null>>;
  /** Puts a link last on a card. */
  placeLink(edit: Edit, id: string, linkId: string): Promise<Written<null>>;
  /** The slug under which a card is shared; made on the first time. */
  shareCard(edit: Edit, id: string): Promise<Written<string>>;
}

/** An account export whose contacts are sealed. */
export interface SealedAccount extends Omit<AccountExport, 'contacts'> {
  contacts: SealedContacts;
}

export interface OwnerAccountStore {
  /** @param now ISO 8601 */
  readEverything(owner: Owner, now: string): Promise<SealedAccount | 'signed-out'>;
  /** Puts these in place of all links and cards; what has the id of a thing of the owner's own keeps it. */
  replaceEverything(edit: Edit, data: ImportedData): Promise<Written<null>>;
  /**
   * @param name current username in lower case, as confirmation
   * @param now milliseconds
   * @returns the ids of the user's cards
   */
  removeAccount(edit: Edit, name: string, now: number): Promise<Written<string[]>>;
}

/** Sessions of programs: each has a refresh token, which is good once. */
export interface OwnerSessionStore {
  /** Begins a session that may be refreshed until then (milliseconds). @returns whether the owner is signed in */
  open(owner: Owner, id: string, expiresAt: number): Promise<boolean>;
  /**
   * Moves the owner's session on to its next turn. Whoever shows an earlier one has a token that was used already: the
   * session ends.
   * @returns whether it was at this turn
   */
  advance(owner: Owner, turn: number): Promise<boolean>;
  /** Ends sessions of the owner's; they are remembered until then (milliseconds). @returns whether the owner was signed in */
  end(owner: Owner, ids: readonly string[], until: number): Promise<boolean>;
}

export interface OfflinePassStore {
  /** The owner's card, and the epoch that passes must have to count. */
  readPassSource(owner: Owner): Promise<PassSource | 'signed-out'>;
  /** Moves the epoch, so that all passes signed before are revoked. */
  revokePasses(edit: Edit): Promise<Written<null>>;
}

/** What was revoked within the longest life of a pass. Rejects like `ProfileStore`. */
export interface RevocationStore {
  /** The newest first. One statement. */
  newest(most: number): Promise<Revocation[]>;
}

export interface PassSource {
  profile: PublicProfile;
  passEpoch: number;
}

/** Keys of owners' requests. Times are ISO 8601. */
export interface IdempotencyStore {
  /** One statement. */
  claim(ownerId: string, request: KeyedRequest, now: string): Promise<KeyClaim>;
  /** Keeps the answer to a claimed request; null lets the key go, so that the request may be sent again. */
  settle(ownerId: string, keyHash: string, answer: KeptAnswer | null): Promise<void>;
  /** Removes what is kept no longer. */
  removeExpired(now: string): Promise<void>;
}

/** Contacts of owners. The store never sees what is in them. Times are ISO 8601. */
export interface ContactStore {
  /** In one batch with the data key, unless that is there; a request that was done already is done. @param contact `agreedDays`: for which its visitor agrees at the most */
  add(
    ownerId: string,
    contact: Omit<SealedContact, 'keptUntil'> & { agreedDays: number },
    key: WrappedKey,
    request: KeyedRequest,
  ): Promise<ContactRefusal | null>;
  /** One statement. */
  read(
    owner: Owner,
    now: string,
    page: { after: ContactCursor | undefined; most: number },
  ): Promise<(SealedContacts & { total: number }) | 'signed-out'>;
  /** @param id null: all of them @returns how many there were */
  remove(owner: Owner, id: string | null): Promise<number | 'signed-out'>;
  /** Removes what is kept no longer, of all owners. @returns how many */
  removeExpired(now: string): Promise<number>;
  /** Data keys that another key than this one wraps. */
  staleKeys(keyId: string, most: number): Promise<StaleKey[]>;
  replaceKeys(keys: readonly StaleKey[]): Promise<void>;
}

/** Cards of others. A PRIVATE card is its owner's alone. */
export interface SavedCardStore {
  /** Brings a new note or snapshot to a card that is saved already. */
  save(owner: Owner, cardId: string, draft: SavedCardDraft): Promise<SavingRefusal | null>;
  /** @returns how many there were */
  unsave(owner: Owner, cardId: string): Promise<number | 'signed-out'>;
  /** The newest first. @param page from 1 on */
  listSaved(owner: Owner, page: number, limit: number): Promise<SavedCard[] | 'signed-out'>;
}

/** Accounts, as signing in needs them. */
/** What makes an account of a pending sign-up. Times are milliseconds. */
export interface NewAccount {
  /** Of the new user. */
  id: string;
  username: string;
  /** When the provider confirmed the identity; null: just now. */
  confirmedAt: number | null;
  now: number;
}

export interface SignInStore {
  findByIdentity(identity: Identity): Promise<Owner | undefined>;
  /** Whether an identity has an account, or had one at some time since `confirmedAt` (milliseconds). */
  isSettled(identity: Identity, confirmedAt: number): Promise<boolean>;
  /** Makes an account in one statement: refused as `username-taken`, or `sign-up-ended` where `isSettled` would say so. */
  create(pendingSignUp: PendingSignUp, account: NewAccount): Promise<Written<null>>;
  /** Ends all sessions of an owner and revokes their passes; refused as `signed-out` where theirs has ended already. */
  endSessions(owner: Owner): Promise<Written<null>>;
}

/** Somebody else's sign-in: OAuth 2.0 authorization code with PKCE (RFC 6749, RFC 7636). */
export interface IdentityProvider {
  /** Part of paths and identities, such as `github`. */
  readonly id: string;
  /** As people write it. */
  readonly name: string;
  /** Where to send the browser. @param challenge S256 of the verifier, base64url */
  authorizationUrl(request: { redirectUri: string; state: string; challenge: string }): string;
  /**
   * Who signed in, for the code that came back.
   * @throws Problem `sign-in-failed` where the provider refuses the code, `sign-in-unavailable`
   */
  identify(answer: { redirectUri: string; code: string; verifier: string }): Promise<Person>;
}

/** What preview images are drawn with. */
export interface PreviewFiles {
  /** The shaper, and the functions through which it tells outlines. */
  harfBuzz(): Promise<{ module: WebAssembly.Module; callbacks: WebAssembly.Module }>;
  /** By name: the index of alphabets and the Latin letters, which are always there. */
  basic(): Promise<Map<string, ArrayBuffer>>;
  /** Any other font or index. Rejects when it cannot be read in time. */
  read(name: string): Promise<ArrayBuffer>;
}

/** The static files of this deployment (the assets binding of Cloudflare). */
export interface StaticFiles {
  fetch(url: string, init?: RequestInit): Promise<Response>;
}

/** Counts requests by key (the rate-limit binding of Cloudflare). */
export interface RateLimiter {
  limit(request: { key: string }): Promise<{ success: boolean }>;
}

/** What Upstash knew of a name when it was asked. */
export interface CachedCopies {
  /** The value as it was stored, or null when there is none or its time is over. */
  fresh: string | null;
  /** The last good value, asked for only where there is no fresh one. */
  stale: string | null;
  /** The fence at that moment, or null: shown again when a copy is stored, so that an older copy is refused. */
  fence: string | null;
}

/** The shared cache. Every method rejects when it fails or takes too long: a failure never looks like a miss. */
export interface RecordCache {
  /** One round trip, which a replica may answer. */
  read(key: string): Promise<CachedCopies>;
  /** The name under which a card was last found, or null. One round trip. */
  readCardName(cardId: string): Promise<string | null>;
  /** @param key username in lower case */
  storeCardName(cardId: string, key: string, ttlSeconds: number): Promise<void>;
  forgetCardNames(cardIds: readonly string[]): Promise<void>;
  /** Stores a copy unless the fence has moved since it was read. @returns whether it was stored */
  store(key: string, fence: string | null, text: string, ttl: StoreTtl): Promise<boolean>;
  /** Removes all copies of these names and moves their fences, in one atomic step. */
  invalidate(keys: readonly string[]): Promise<void>;
}

export interface StoreTtl {
  freshSeconds: number;
  /** 0: no stale copy is kept, and one that is there is removed. */
  staleSeconds: number;
}

/** Asks an upstream for a sign of life. Each rejects when there is none within its time limit. */
export interface Pings {
  neon(): Promise<void>;
  upstash(): Promise<void>;
}

/** Lets work go on after the response (`waitUntil` of the Workers runtime). */
export type InBackground = (work: Promise<unknown>) => void;

/** One structured line of log: no personal data, no secret. */
export type Log = (event: string, fields?: Record<string, unknown>) => void;
