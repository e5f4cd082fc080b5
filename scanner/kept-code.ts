/**
 * The owner's codes as they are kept on the device: the addresses of profile and cards, and an offline pass of each.
 *
 * They lie in IndexedDB, which pages and the service worker both reach: the worker drops them when somebody signs in or
 * out, whichever page that happens on. Not in Cache Storage: what was put there last is lost when the app ends soon after.
 */
import { scannedAddress } from '../src/domain/views/view.ts';

/** What can be shown: the whole profile, or one of its cards. */
export interface KeptCode {
  /** Null for the whole profile. */
  cardId: string | null;
  title: string;
  /** What the plain QR code says. */
  address: string;
  /** Null until it was made for the first time. */
  pass: KeptPass | null;
}

/** An offline pass. Times are milliseconds since the epoch. */
export interface KeptPass {
  url: string;
  issuedAt: number;
  expiresAt: number;
  linksLeftOut: number;
  /** Of the profile that it was made from. */
  version: string;
}

/** All that is kept of one owner. */
export interface KeptCodes {
  ownerId: string;
  name: string;
  username: string;
  codes: KeptCode[];
}

type Refreshed = 'kept' | 'signed-out' | 'unreachable';

const DATABASE = 'devcard-my-code';
const STORE = 'kept';
/** Keys of the store. */
const CODES = 'codes';
const OWNERSHIP = 'ownership';
const FETCH_LIMIT_MS = 8_000;
const HOUR_MS = 3_600_000;
/** The longest that the server signs for (`OFFLINE_PASS_MAX_HOURS`, which would bring its signing along). */
const PASS_HOURS = 168;
/** A pass of the same profile is renewed after this, so that it is always good for nearly a week. */
const RENEW_AFTER_MS = HOUR_MS;
/** Passes made in one go: owners may write 30 times in a minute. */
const MAX_PASSES_AT_ONCE = 8;

/** What is kept on this device, if anything. */
export function keptCodes(): Promise<KeptCodes | undefined> {
  return transact('readonly', (store, done) => {
    get(store, CODES, done);
  });
}

/** Drops all of it: the device is somebody else's now, or nobody's. */
export async function forgetCodes(): Promise<void> {
  await transact('readwrite', (store) => {
    store.clear();
  });
}

/**
 * Asks the server who is signed in, and keeps their codes in place of whatever was kept. Pages and the worker take turns:
 * one that began before a pass was kept would put its older codes in the place of those with the pass.
 */
export function refreshCodes(): Promise<Refreshed> {
  return navigator.locks ? navigator.locks.request(DATABASE, refresh) : refresh();
}

async function refresh(): Promise<Refreshed> {
  const ownership = await currentOwnership();
  const [profile, cards] = await Promise.all([ask('/api/profiles/me'), ask('/api/cards')]);
  if (!profile || !cards) return 'unreachable';
  if (profile.status === 401) {
    // Somebody may have signed in since.
    if ((await currentOwnership()) === ownership) await forgetCodes();
    return 'signed-out';
  }
  if (!profile.ok || !cards.ok) return 'unreachable';
  const before = await keptCodes();
  const codes = codesOf(await profile.json(), await cards.json(), before);
  if (!(await keep(codes, ownership))) return 'signed-out';
  const version = `${profile.headers.get('ETag')} ${cards.headers.get('ETag')}`;
  await renewPasses(codes, version, ownership);
  return 'kept';
}

interface OwnProfile {
  id: string;
  username: string;
  displayName: string;
}

interface OwnCard {
  id: string;
  title: string;
  visibility: string;
}

function codesOf(profile: OwnProfile, cards: OwnCard[], before: KeptCodes | undefined): KeptCodes {
  const { id, username, displayName } = profile;
  const page = `${location.origin}/u/${username}`;
  const old = before?.ownerId === id ? before.codes : [];
  const code = (cardId: string | null, title: string, address: string): KeptCode => ({
    cardId,
    title,
    address: scannedAddress(address),
    pass: old.find((each) => each.cardId === cardId)?.pass ?? null,
  });
  // A private card has no address that anybody else could open.
  const shown = cards.filter(({ visibility }) => visibility !== 'PRIVATE');
  return {
    ownerId: id,
    name: displayName,
    username,
    codes: [
      code(null, displayName, page),
      ...shown.map((card) => code(card.id, card.title, `${page}/card/${card.id}`)),
    ],
  };
}

async function renewPasses(codes: KeptCodes, version: string, ownership: string): Promise<void> {
  const isOld = ({ pass }: KeptCode) =>
    pass === null || pass.version !== version || Date.now() - pass.issuedAt > RENEW_AFTER_MS;
  for (const code of codes.codes.filter(isOld).slice(0, MAX_PASSES_AT_ONCE)) {
    const answer = await ask('/api/profiles/me/offline-pass', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        hours: PASS_HOURS,
        ...(code.cardId !== null && { cardId: code.cardId }),
      }),
    });
    if (!answer?.ok) return;
    const { url, expiresAt, linksLeftOut } = await answer.json();
    code.pass = { url, issuedAt: Date.now(), expiresAt: Date.parse(expiresAt), linksLeftOut, version };
    if (!(await keep(codes, ownership))) return;
  }
}

/** Undefined where the server does not answer. */
function ask(path: string, init: RequestInit = {}): Promise<Response | undefined> {
  return fetch(path, { ...init, cache: 'no-store', signal: AbortSignal.timeout(FETCH_LIMIT_MS) }).catch(
    () => undefined,
  );
}

/** Marks the time between two changes of who is signed in: `forgetCodes` ends it. */
function currentOwnership(): Promise<string> {
  return transact('readwrite', (store, done) => {
    get<string>(store, OWNERSHIP, (present) => {
      const ownership = present ?? crypto.randomUUID();
      store.put(ownership, OWNERSHIP);
      done(ownership);
    });
  });
}

/** Keeps codes unless somebody signed in or out since they were asked for. @returns whether they are kept */
function keep(codes: KeptCodes, ownership: string): Promise<boolean> {
  return transact('readwrite', (store, done) => {
    get(store, OWNERSHIP, (present) => {
      if (present === ownership) store.put(codes, CODES);
      done(present === ownership);
    });
  });
}

function get<T>(store: IDBObjectStore, key: string, then: (value: T | undefined) => void): void {
  const request: IDBRequest<T | undefined> = store.get(key);
  request.onsuccess = () => then(request.result);
}

/** Works on the store in one transaction; resolves with what `done` was given once all of it is kept. */
async function transact<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore, done: (result: T) => void) => void,
): Promise<T> {
  const database = await open();
  return new Promise<T>((resolve, reject) => {
    let result: T;
    const transaction = database.transaction(STORE, mode);
    transaction.oncomplete = () => resolve(result);
    transaction.onabort = () => reject(transaction.error);
    work(transaction.objectStore(STORE), (value) => {
      result = value;
    });
  }).finally(() => database.close());
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}
