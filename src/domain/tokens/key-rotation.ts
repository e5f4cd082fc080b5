/** How rings of keys change over time, so that no verifier ever meets a token whose key it could not know. */
import { JWKS_MAX_AGE_SECONDS, type KeyRing, type RingKey, signingKey } from './key-ring.ts';

/** A fresh key whose time is still to be set. */
export type NewKey = Omit<RingKey, 'nbf' | 'exp'>;

/**
 * How long a new key is published before it signs: once the time that verifiers may keep an older set, and as long
 * again for whoever rotates to deploy.
 */
export const PUBLISHED_BEFORE_SECONDS = 2 * JWKS_MAX_AGE_SECONDS;

/** A rotation that would do harm; the message says why. */
export class RotationError extends Error {
  override name = 'RotationError';
}

/**
 * Adds a key that signs before long, retires the one that signs until then when its last token has expired, and drops
 * keys that are retired already.
 * @param now seconds since the epoch
 * @param tokenLifetimeSeconds longest life of a token that the ring signs; infinite where old keys are needed until they are retired
 * @throws RotationError while an earlier rotation is under way
 */
export function rotate(ring: KeyRing, key: NewKey, now: number, tokenLifetimeSeconds: number): KeyRing {
  const coming = ring.find(({ nbf }) => nbf > now);
  if (coming) throw new RotationError(`The key ${coming.kid} is still to come: one rotation at a time.`);
  const nbf = now + PUBLISHED_BEFORE_SECONDS;
  const lastExpiry = nbf + tokenLifetimeSeconds;
  const end = Number.isFinite(lastExpiry) ? { exp: lastExpiry } : {};
  const old = ring.filter(({ exp = lastExpiry }) => exp > now).map((one) => ({ ...end, ...one }));
  return [...old, { ...key, nbf }];
}

/**
 * Takes a key away at once, with every token that it signed: for one that is no longer secret. If no other can sign,
 * the one that was to come does so from now on, or else the spare one.
 * @param now seconds since the epoch
 * @throws RotationError when the ring has no such key
 */
export function retire(ring: KeyRing, kid: string, spare: NewKey, now: number): KeyRing {
  const rest = ring.filter((key) => key.kid !== kid);
  if (rest.length === ring.length) throw new RotationError(`There is no key ${kid}.`);
  const signer = signingKey(rest, now);
  if (signer) {
    // Without a younger one it goes on for good, whatever an earlier rotation had in mind for it.
    const { exp: _, ...goesOn } = signer;
    return rest.some(({ nbf }) => nbf > signer.nbf)
      ? rest
      : rest.map((key) => (key === signer ? goesOn : key));
  }
  const isComing = ({ nbf }: RingKey) => nbf > now;
  return rest.some(isComing)
    ? rest.map((key) => (isComing(key) ? { ...key, nbf: now } : key))
    : [...rest, { ...spare, nbf: now }];
}
