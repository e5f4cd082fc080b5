/** The issuer's list of revoked passes, kept for when a verifier is offline (docs/offline-qr.md, section 7). */

import { list, record, text, wholeNumber } from './card.ts';
import { decodeBase64url, importPublicKey, type PublicKey, signedPayload } from './es256.ts';

/** `typ` of the list's header. */
export const REVOCATIONS_TYP = 'devcard-revocations';
/** Clocks of the issuer's machines differ by less. */
const CLOCK_TOLERANCE_SECONDS = 60;
const HASH_CHARACTERS = 16;

/** A list whose signature was verified. */
export interface Revocations {
  /** Seconds since the epoch. */
  issuedAt: number;
  /** Passes signed before may be revoked although the list does not say so; 0 where it is complete. */
  completeFrom: number;
  entries: readonly (readonly [nameHash: string, at: number, epoch: number])[];
}

/** A pass as its claims describe it. */
interface Pass {
  username: string;
  epoch: number;
  issuedAt: number;
}

/**
 * Reads a list (the JSON of `/.well-known/revoked.json`).
 * @returns undefined where it is not one that this issuer signed with one of these keys
 */
export async function readRevocations(
  json: unknown,
  keys: readonly PublicKey[],
  issuer: string,
): Promise<Revocations | undefined> {
  try {
    const { protected: encoded, payload, signature } = record(json);
    const [header, signed] = [text(encoded), { payload: text(payload), signature: text(signature) }];
    const { alg, kid, typ, crit } = record(JSON.parse(new TextDecoder().decode(decodeBase64url(header))));
    if (alg !== 'ES256' || typ !== REVOCATIONS_TYP || crit !== undefined) return undefined;
    const jwk = keys.find((one) => one.kid === kid);
    const key = jwk && (await importPublicKey(jwk));
    const bytes = key && (await signedPayload({ header, ...signed }, key));
    if (!bytes) return undefined;
    const claims = record(JSON.parse(new TextDecoder().decode(bytes)));
    if (claims.iss !== issuer) return undefined;
    return {
      issuedAt: wholeNumber(claims.iat),
      completeFrom: wholeNumber(claims.from ?? 0),
      entries: list(claims.r).map((entry) => {
        const [hash, at, epoch = Number.MAX_SAFE_INTEGER] = list(entry);
        return [text(hash), wholeNumber(at), wholeNumber(epoch)] as const;
      }),
    };
  } catch {
    return undefined;
  }
}

/** Whether the list says that a pass counts no more. */
export async function isRevoked({ entries }: Revocations, pass: Pass): Promise<boolean> {
  const name = new TextEncoder().encode(pass.username.toLowerCase());
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', name));
  const hash = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .slice(0, HASH_CHARACTERS);
  return entries.some(
    ([nameHash, at, epoch]) =>
      nameHash === hash && pass.epoch < epoch && pass.issuedAt <= at + CLOCK_TOLERANCE_SECONDS,
  );
}
