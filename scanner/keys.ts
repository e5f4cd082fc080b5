/** The issuer's public keys, kept on the device: fetched anew when online and older than the issuer promises. */
import { JWKS_MAX_AGE_SECONDS } from '../src/domain/tokens/key-ring.ts';
import { type Verdict, verify } from '../verify/verify.ts';
import { fetchKeys, type KeptKeys, nowSeconds } from './fetch-keys.ts';
import { checkIssuers, type Issuer, strangerIn } from './issuers.ts';

const STORAGE_KEY = 'devcard-keys';
const FETCH_LIMIT_MS = 5_000;

/** Clocks differ by so much without being wrong. */
const CLOCK_TOLERANCE_SECONDS = 60;

let kept = readKept();
let fetching: Promise<boolean> | undefined;

/** Whether the kept list would name a pass that was signed then (seconds since the epoch), had it been revoked by `keysFetchedAt`. */
export function isListed(issuedAt: number, issuer: Issuer | null): boolean {
  const { revocations } = issuer ?? kept ?? {};
  return revocations !== undefined && issuedAt >= revocations.completeFrom;
}

/** When the kept keys were fetched (seconds since the epoch), or null when there are none. */
export function keysFetchedAt(): number | null {
  return kept?.fetchedAt ?? null;
}

/** What is wrong with the clock of this device, as far as the issuer's told when the keys were fetched. */
export function clockError(): 'behind' | 'ahead' | null {
  const { fetchedAt = 0, issuerTime = fetchedAt } = kept ?? {};
  if (Math.min(nowSeconds(), fetchedAt) < issuerTime - CLOCK_TOLERANCE_SECONDS) return 'behind';
  return fetchedAt > issuerTime + CLOCK_TOLERANCE_SECONDS ? 'ahead' : null;
}

/** Fetches the keys unless that is under way. Never rejects: answers whether it worked. */
export function refreshKeys(): Promise<boolean> {
  fetching ??= fetchOwnKeys().finally(() => {
    fetching = undefined;
  });
  return fetching;
}

/** Fetches keys and revocations if the issuer may have others by now. @returns whether it has */
export async function refreshOldKeys(): Promise<boolean> {
  if (kept && nowSeconds() - kept.fetchedAt < JWKS_MAX_AGE_SECONDS) return false;
  const before = contentOf(kept);
  return (await refreshKeys()) && contentOf(kept) !== before;
}

function contentOf(keys: KeptKeys | undefined): string {
  return JSON.stringify([keys?.jwks, keys?.revocations?.entries]);
}

/** A verdict, and whether it was found with the keys that the issuer has now. */
export interface Checked {
  verdict: Verdict;
  keysAreCurrent: boolean;
  /** What was checked is no signed card, but the address of a profile here. */
  profileUrl: string | null;
  /** What was checked is a code of this issuer in a layout that this scanner does not know. */
  isNewer: boolean;
  /** The other deployment that signed the card; null: this one. */
  issuer: Issuer | null;
  /** The origin of another deployment that the code names, whose keys are not known here. */
  stranger: string | null;
}

/** The page of a layout that is still to come. */
const ANY_LAYOUT = /^\/[a-z0-9]{1,4}#\d{100,}$/;

/** Verifies a text with the kept keys; only where they do not suffice does it wait for newer ones. */
export async function check(text: string): Promise<Checked> {
  const verdict = await verifyNow(text);
  const link = text.trim();
  const isOurs = link.startsWith(`${location.origin}/`);
  const found = {
    profileUrl: isOurs && link.startsWith('/u/', location.origin.length) ? link : null,
    isNewer: isOurs && !isKnownLayout(link) && ANY_LAYOUT.test(link.slice(location.origin.length)),
    issuer: null,
    stranger: null,
  };
  if (found.isNewer || found.profileUrl || 'card' in verdict)
    return { verdict, keysAreCurrent: false, ...found };
  const others = await checkIssuers(text);
  if (others) return { ...found, ...others, keysAreCurrent: false };
  const stranger = strangerIn(text);
  if (stranger !== null || verdict.outcome !== 'unknown-key')
    return { ...found, verdict, keysAreCurrent: false, stranger };
  const keysAreCurrent = await refreshKeys();
  return { verdict: keysAreCurrent ? await verifyNow(text) : verdict, keysAreCurrent, ...found };
}

/** Whether a page of the issuer answers now. */
export async function isReachable(link: string): Promise<boolean> {
  const answer = fetch(link, { method: 'HEAD', signal: AbortSignal.timeout(FETCH_LIMIT_MS) });
  return answer.then(
    ({ ok }) => ok,
    () => false,
  );
}

function isKnownLayout(link: string): boolean {
  return ['/q#', '/c#'].some((path) => link.startsWith(path, location.origin.length));
}

function verifyNow(text: string): Promise<Verdict> {
  const { jwks = { keys: [] }, revocations } = kept ?? {};
  return verify(text, jwks, { now: nowSeconds(), issuer: location.origin, revocations });
}

async function fetchOwnKeys(): Promise<boolean> {
  const keys = await fetchKeys(location.origin, kept);
  if (!keys) return false;
  kept = keys;
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(kept));
  } catch {
    // Without storage what is in memory has to do.
  }
  return true;
}

function readKept(): KeptKeys | undefined {
  try {
    return JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '') as KeptKeys;
  } catch {
    return undefined;
  }
}
