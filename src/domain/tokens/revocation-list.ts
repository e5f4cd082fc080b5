/** The signed list of what was revoked (docs/offline-qr.md, section 7). */
import { FlattenedSign } from 'jose';
import { REVOCATIONS_TYP } from '../../../verify/revocations.ts';
import { type KeyRing, signingKey } from './key-ring.ts';

/** Entries of a list: 33 bytes each, so 440 KB as a JWS. A week with more revocations than that lists the newest. */
export const MAX_REVOCATIONS = 10_000;

/** Passes of one name that count no more. */
export interface Revocation {
  /** The first 16 hexadecimal digits of the SHA-256 of the name in lower case. */
  nameHash: string;
  /** Passes signed until then, in seconds since the epoch. */
  at: number;
  /** Passes below this epoch; all of them where it is null. */
  epoch: number | null;
}

interface ListInput {
  ring: KeyRing;
  /** The public origin, which becomes `iss`. */
  origin: string;
  /** Seconds since the epoch. */
  now: number;
  /** The newest first; one more than MAX_REVOCATIONS says that there are more. */
  revocations: readonly Revocation[];
}

/** The entries as the list writes them, which identifies its content. */
export function revocationClaims(revocations: readonly Revocation[]) {
  const listed = revocations.slice(0, MAX_REVOCATIONS);
  return {
    from: revocations.length > MAX_REVOCATIONS ? listed.at(-1)?.at : undefined,
    r: listed.map(({ nameHash, at, epoch }) => (epoch === null ? [nameHash, at] : [nameHash, at, epoch])),
  };
}

/** Signs the list as a flattened JWS (RFC 7515 section 7.2.2). */
export async function signRevocations({ ring, origin, now, revocations }: ListInput) {
  const key = signingKey(ring, now);
  if (!key) throw new Error('no QR key may sign yet');
  const claims = { iss: origin, iat: now, ...revocationClaims(revocations) };
  return new FlattenedSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'ES256', kid: key.kid, typ: REVOCATIONS_TYP })
    .sign(key);
}
