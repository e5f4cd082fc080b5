/** Fetches what a scanner keeps of an issuer: its public keys, its list of revocations, its clock. */
import { type KeySet, type Revocations, readRevocations } from '../verify/verify.ts';

const FETCH_LIMIT_MS = 5_000;
const MAX_KEYS_BYTES = 64 * 1024;
/** 10,000 entries take 440 KB. */
const MAX_REVOCATIONS_BYTES = 1024 * 1024;

/** What is kept of an issuer. Times are seconds since the epoch. */
export interface KeptKeys {
  jwks: KeySet;
  /** By the clock of this device. */
  fetchedAt: number;
  /** The same moment by the issuer's clock: the header `Date` of its answer, where it shows that. */
  issuerTime: number;
  /** Verified when it was fetched. */
  revocations?: Revocations | undefined;
}

/** Fetches keys and revocations of an issuer; undefined where there are no keys to be had. Never rejects. */
export async function fetchKeys(origin: string, known?: KeptKeys): Promise<KeptKeys | undefined> {
  try {
    const { json, date } = await fetchJson(`${origin}/.well-known/jwks.json`, MAX_KEYS_BYTES);
    const jwks = json as KeySet;
    if (!Array.isArray(jwks?.keys)) return undefined;
    const fetchedAt = nowSeconds();
    const issuerTime = Number.isNaN(date) ? fetchedAt : Math.floor(date / 1000);
    const revocations = (await fetchRevocations(origin, jwks)) ?? known?.revocations;
    return { jwks, fetchedAt, issuerTime, revocations };
  } catch {
    return undefined;
  }
}

/** Now, in seconds since the epoch. */
export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

/** JSON of a bounded length, asked for without cookies and without redirects. Rejects for anything else. */
export async function fetchJson(url: string, maxBytes: number): Promise<{ json: unknown; date: number }> {
  const response = await fetch(url, {
    cache: 'no-cache',
    credentials: 'omit',
    redirect: 'error',
    signal: AbortSignal.timeout(FETCH_LIMIT_MS),
  });
  if (!response.ok || !response.body) throw new TypeError(`${response.status}`);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length;
    if (length > maxBytes) {
      await reader.cancel();
      throw new RangeError('too long');
    }
    parts.push(part.value);
  }
  const json = JSON.parse(await new Blob(parts).text());
  return { json, date: Date.parse(response.headers.get('Date') ?? '') };
}

/** Undefined where there is none, or one that the issuer has not signed. */
async function fetchRevocations(origin: string, { keys }: KeySet): Promise<Revocations | undefined> {
  const answer = fetchJson(`${origin}/.well-known/revoked.json`, MAX_REVOCATIONS_BYTES);
  return answer.then(
    ({ json }) => readRevocations(json, keys, origin),
    () => undefined,
  );
}
