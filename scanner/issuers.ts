/** Other deployments whose cards are trusted here, because the user or this deployment said so: named, with a date. */
import { JWKS_MAX_AGE_SECONDS } from '../src/domain/tokens/key-ring.ts';
import { type Verdict, verify } from '../verify/verify.ts';
import { fetchJson, fetchKeys, type KeptKeys, nowSeconds } from './fetch-keys.ts';

const STORAGE_KEY = 'devcard-issuers';
const VOUCHED_PATH = '/.well-known/trusted-issuers.json';
const MAX_LIST_BYTES = 64 * 1024;
/** Nobody meets more deployments, and each of them costs a check. */
const MAX_ISSUERS = 50;
/** A code behind the page of some deployment. Only https: nobody on the way may put keys of their own in. */
const CODE_LINK = /https:\/\/[\w.-]+(?::\d{1,5})?\/[qc]\/?(?:\?[^\s#]*)?#/;

/** A deployment whose cards are trusted. */
export interface Issuer extends KeptKeys {
  origin: string;
  /** Seconds since the epoch. */
  trustedAt: number;
  /** Who said so. */
  by: 'user' | 'deployment';
}

let issuers = readKept();

/** All of them, by name. */
export function trustedIssuers(): readonly Issuer[] {
  return issuers;
}

/** A deployment by its origin; one that is trusted no more has no keys. */
export function issuerOf(origin: string): Issuer {
  const forgotten = {
    origin,
    jwks: { keys: [] },
    fetchedAt: 0,
    issuerTime: 0,
    trustedAt: 0,
    by: 'user',
  } as const;
  return issuers.find((one) => one.origin === origin) ?? forgotten;
}

/** The verdict of the first of them that signed a text, or that revoked it; undefined where none did. */
export async function checkIssuers(text: string): Promise<{ verdict: Verdict; issuer: Issuer } | undefined> {
  for (const issuer of issuers) {
    const { origin, jwks, revocations } = issuer;
    const verdict = await verify(text, jwks, { now: nowSeconds(), issuer: origin, revocations });
    if ('card' in verdict) return { verdict, issuer };
  }
  return undefined;
}

/** The deployment that a link to a code names, unless it is this one or trusted already. */
export function strangerIn(text: string): string | null {
  const link = CODE_LINK.exec(text)?.[0];
  if (!link) return null;
  const { origin } = new URL(link);
  return origin === location.origin || issuers.some((one) => one.origin === origin) ? null : origin;
}

/** Fetches the keys of a deployment and trusts it from now on. @returns whether there were keys */
export async function trustIssuer(origin: string, by: Issuer['by']): Promise<boolean> {
  const known = issuers.find((one) => one.origin === origin);
  const keys = await fetchKeys(origin, known);
  if (!keys) return false;
  const { trustedAt, by: first } = known ?? { trustedAt: nowSeconds(), by };
  store([...issuers.filter((one) => one.origin !== origin), { ...keys, origin, trustedAt, by: first }]);
  return true;
}

/** Trusts a deployment no more. */
export function forgetIssuer(origin: string): void {
  store(issuers.filter((one) => one.origin !== origin));
}

/** Brings the keys up to date where they are old, and takes in whom this deployment vouches for. Never rejects. */
export async function refreshIssuers(): Promise<void> {
  const vouched = await fetchJson(VOUCHED_PATH, MAX_LIST_BYTES).then(
    ({ json }) => (json as { issuers?: unknown }).issuers,
    () => undefined,
  );
  const named = Array.isArray(vouched) ? vouched.filter(isHttpsOrigin) : [];
  const old = issuers.filter(({ fetchedAt }) => nowSeconds() - fetchedAt >= JWKS_MAX_AGE_SECONDS);
  const missing = named.filter((origin) => !issuers.some((one) => one.origin === origin));
  for (const origin of [...old.map((one) => one.origin), ...missing]) await trustIssuer(origin, 'deployment');
}

function isHttpsOrigin(text: unknown): text is string {
  return (
    typeof text === 'string' &&
    URL.canParse(text) &&
    new URL(text).origin === text &&
    text.startsWith('https:')
  );
}

function store(all: readonly Issuer[]): void {
  issuers = [...all].slice(-MAX_ISSUERS).sort((a, b) => a.origin.localeCompare(b.origin));
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(issuers));
  } catch {
    // Without storage what is in memory has to do.
  }
}

function readKept(): readonly Issuer[] {
  try {
    return JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '[]') as Issuer[];
  } catch {
    return [];
  }
}
