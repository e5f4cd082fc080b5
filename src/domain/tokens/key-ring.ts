/** Sets of signing keys: which key signs now, which ones verify, and what the public may see (RFC 7517). */

/** The algorithms of the rings: QR tokens are public and asymmetric, owner sessions ours alone; the third seals contacts. */
export type KeyAlgorithm = 'ES256' | 'HS256' | 'A256GCM';

/** A private or symmetric JWK with its schedule. Times are seconds since the epoch. */
export interface RingKey extends JsonWebKey {
  kid: string;
  alg: KeyAlgorithm;
  /** It signs from this moment on (unless a younger key does); it is published before. */
  nbf: number;
  /** It is published and accepted until this moment; absent while it is not retired. */
  exp?: number;
}

export type KeyRing = readonly RingKey[];

/** How long verifiers may keep the JWKS; a new key is published at least this long before it signs. */
export const JWKS_MAX_AGE_SECONDS = 3600;

const KEY_TYPE = {
  ES256: { kty: 'EC', secret: 'd' },
  HS256: { kty: 'oct', secret: 'k' },
  A256GCM: { kty: 'oct', secret: 'k' },
} as const;

/**
 * Reads a JWK set with private keys.
 * @throws TypeError saying what is wrong, without any key material
 */
export function parseKeyRing(text: string, alg: KeyAlgorithm): KeyRing {
  let keys: unknown;
  try {
    keys = JSON.parse(text).keys;
  } catch {
    throw new TypeError('is not a JWK set in JSON');
  }
  if (!Array.isArray(keys) || keys.length === 0) throw new TypeError('has no keys');
  const { kty, secret } = KEY_TYPE[alg];
  for (const key of keys) {
    const usable =
      key?.kty === kty && key.alg === alg && typeof key[secret] === 'string' && typeof key.kid === 'string';
    if (!usable) throw new TypeError(`has a key that is not a private ${alg} key with a kid`);
    if (!Number.isSafeInteger(key.nbf))
      throw new TypeError('has a key without nbf, the time from which it signs');
  }
  if (new Set(keys.map(({ kid }) => kid)).size !== keys.length)
    throw new TypeError('has two keys of one kid');
  return keys;
}

/** The key that signs at `now`: the youngest whose time has come. Undefined when every key is still to come or retired. */
export function signingKey(ring: KeyRing, now: number): RingKey | undefined {
  return ring
    .filter((key) => key.nbf <= now && isAlive(key, now))
    .reduce<RingKey | undefined>((young, key) => (young && young.nbf >= key.nbf ? young : key), undefined);
}

/** The key that verifies what was signed under `kid`, or undefined when there is none or it is retired. */
export function verificationKey(ring: KeyRing, kid: string | undefined, now: number): RingKey | undefined {
  return ring.find((key) => key.kid === kid && isAlive(key, now));
}

/** The public JWK set (RFC 7517 section 5) of an ES256 ring: an allow-list of members, so that nothing private slips out. */
export function publicKeySet(ring: KeyRing, now: number) {
  const keys = ring.filter((key) => isAlive(key, now));
  return { keys: keys.map(({ kty, crv, x, y, kid, alg }) => ({ kty, crv, x, y, kid, alg, use: 'sig' })) };
}

function isAlive(key: RingKey, now: number): boolean {
  return key.exp === undefined || now < key.exp;
}
