/** The issuer's public keys, kept on the device: fetched anew when online and older than the issuer promises. */
import { JWKS_MAX_AGE_SECONDS } from '../src/domain/tokens/key-ring.ts';
import { type KeySet, type Verdict, verify } from '../verify/verify.ts';

const JWKS_PATH = '/.well-known/jwks.json';
const STORAGE_KEY = 'devcard-keys';
const FETCH_LIMIT_MS = 5_000;

interface KeptKeys {
  jwks: KeySet;
  /** Seconds since the epoch. */
  fetchedAt: number;
}

let kept = readKept();
let fetching: Promise<boolean> | undefined;

/** When the kept keys were fetched (seconds since the epoch), or null when there are none. */
export function keysFetchedAt(): number | null {
  return kept?.fetchedAt ?? null;
}

/** Fetches the keys unless that is under way. Never rejects: answers whether it worked. */
export function refreshKeys(): Promise<boolean> {
  fetching ??= fetchKeys().finally(() => {
    fetching = undefined;
  });
  return fetching;
}

/** Fetches the keys if the issuer may have others by now. @returns whether it has */
export async function refreshOldKeys(): Promise<boolean> {
  if (kept && nowSeconds() - kept.fetchedAt < JWKS_MAX_AGE_SECONDS) return false;
  const before = JSON.stringify(kept?.jwks);
  return (await refreshKeys()) && JSON.stringify(kept?.jwks) !== before;
}

/** A verdict, and whether it was found with the keys that the issuer has now. */
export interface Checked {
  verdict: Verdict;
  keysAreCurrent: boolean;
  /** What was checked is no signed card, but the address of a profile here. */
  profileUrl: string | null;
}

/** Verifies a text with the kept keys; only where they do not suffice does it wait for newer ones. */
export async function check(text: string): Promise<Checked> {
  const verdict = await verifyNow(text);
  const profileUrl = text.trim().startsWith(`${location.origin}/u/`) ? text.trim() : null;
  if (verdict.outcome !== 'unknown-key') return { verdict, keysAreCurrent: false, profileUrl };
  const keysAreCurrent = await refreshKeys();
  return { verdict: keysAreCurrent ? await verifyNow(text) : verdict, keysAreCurrent, profileUrl };
}

/** Now, in seconds since the epoch. */
export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

function verifyNow(text: string): Promise<Verdict> {
  return verify(text, kept?.jwks ?? { keys: [] }, { now: nowSeconds(), issuer: location.origin });
}

async function fetchKeys(): Promise<boolean> {
  try {
    const response = await fetch(JWKS_PATH, {
      cache: 'no-cache',
      signal: AbortSignal.timeout(FETCH_LIMIT_MS),
    });
    const jwks: KeySet = await response.json();
    if (!response.ok || !Array.isArray(jwks.keys)) return false;
    kept = { jwks, fetchedAt: nowSeconds() };
  } catch {
    return false;
  }
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
