/** Verifies a DevCard code without asking anybody: the offline carrier (docs/offline-qr.md) and the QR session JWT. */

import { compactVerify, decodeProtectedHeader, errors, importJWK } from 'jose';
import { type Card, cardFromOfflineCode, cardFromProfile, record, wholeNumber } from './card.ts';
import { inflateRaw } from './inflate.ts';
import { findToken } from './token-text.ts';

export type { Card, CardLink } from './card.ts';

/** What is known of a token; exactly one of four outcomes. */
export type Verdict =
  | ({ outcome: 'fresh' } & Authentic)
  /** Authentic, but `expiresAt` has passed: the card is as of `issuedAt`. */
  | ({ outcome: 'expired' } & Authentic)
  /** Well formed, but none of the given keys is called `kid`: it may be forged, or the keys may be old. */
  | { outcome: 'unknown-key'; kid: string }
  | { outcome: 'not-authentic'; reason: Reason };

/** What an authentic token says. Times are seconds since the epoch. */
export interface Authentic {
  kind: 'carrier' | 'session';
  card: Card;
  issuedAt: number;
  expiresAt: number;
  kid: string;
  /** Of an offline pass: it is revoked once the owner's epoch has moved on, which only the issuer knows. */
  epoch: number | null;
}

/** Why a token is not authentic: for developers and tests; people are told no more than that it is not. */
export type Reason =
  | 'no-token'
  | 'too-long'
  | 'bad-header'
  | 'wrong-algorithm'
  | 'wrong-type'
  | 'bad-signature'
  | 'bad-payload'
  | 'wrong-issuer'
  | 'wrong-audience';

/** A public JWK set (RFC 7517), for instance the JSON of `/.well-known/jwks.json`; keys of other types are passed over. */
export interface KeySet {
  readonly keys: readonly PublicKey[];
}

type PublicKey = { readonly [Member in 'kid' | 'kty' | 'crv' | 'x' | 'y']?: string | undefined };

export interface VerifyOptions {
  /** seconds since the epoch */
  now: number;
  /** the origin whose cards are trusted, for instance `https://devcard.example` */
  issuer: string;
}

/** `typ` of the offline carrier's header. */
export const OFFLINE_CODE_TYP = 'dcq';
export const SESSION_TYP = 'devcard-qr+jwt';
export const SESSION_AUDIENCE = 'devcard:qr';
const ALGORITHM = 'ES256';

/** A session of 50 links with the longest addresses has about 200,000 characters. */
export const MAX_INPUT_CHARACTERS = 256 * 1024;
const MAX_INFLATED_BYTES = 8 * 1024;

/**
 * Verifies a carrier (its URL, its digits or its token) or a QR session JWT against a public JWK set.
 * Every way to fail is an outcome: it throws only where the device lacks WebCrypto or `DecompressionStream`.
 */
export async function verify(
  tokenOrUrl: string,
  jwks: KeySet,
  { now, issuer }: VerifyOptions,
): Promise<Verdict> {
  if (tokenOrUrl.length > MAX_INPUT_CHARACTERS) return refuse('too-long');
  const token = findToken(tokenOrUrl);
  if (token === undefined) return refuse('no-token');

  const header = readHeader(token);
  if (typeof header?.kid !== 'string' || header.crit !== undefined) return refuse('bad-header');
  if (header.alg !== ALGORITHM) return refuse('wrong-algorithm');
  if (header.typ !== OFFLINE_CODE_TYP && header.typ !== SESSION_TYP) return refuse('wrong-type');
  const kind = header.typ === OFFLINE_CODE_TYP ? 'carrier' : 'session';
  if (header.zip !== (kind === 'carrier' ? 'DEF' : undefined)) return refuse('bad-header');

  const { kid } = header;
  const key = await publicKey(jwks.keys, kid);
  if (key === undefined) return { outcome: 'unknown-key', kid };
  const payload = await signedPayload(token, key);
  if (payload === undefined) return refuse('bad-signature');

  const json = kind === 'carrier' ? await inflateRaw(payload, MAX_INFLATED_BYTES) : payload;
  const claims = json && readClaims(json, kind);
  if (claims === undefined) return refuse('bad-payload');
  if (claims.issuer !== issuer) return refuse('wrong-issuer');
  if (kind === 'session' && claims.audience !== SESSION_AUDIENCE) return refuse('wrong-audience');

  const { card, issuedAt, expiresAt, epoch } = claims;
  const outcome = now < expiresAt ? 'fresh' : 'expired';
  return { outcome, kind, card, issuedAt, expiresAt, kid, epoch };
}

function refuse(reason: Reason): Verdict {
  return { outcome: 'not-authentic', reason };
}

function readHeader(token: string) {
  try {
    return decodeProtectedHeader(token);
  } catch {
    return undefined;
  }
}

/** The public half of the key called `kid`; undefined where there is none that this device can use. */
async function publicKey(keys: readonly PublicKey[], kid: string) {
  const jwk = keys.find((key) => key.kid === kid && key.kty === 'EC' && key.crv === 'P-256');
  if (!jwk) return undefined;
  const { x = '', y = '' } = jwk;
  try {
    return await importJWK({ kty: 'EC', crv: 'P-256', x, y }, ALGORITHM);
  } catch (error) {
    // Engines disagree on the name of the error for an x and y that are no point of the curve.
    if (typeof crypto !== 'undefined' && crypto.subtle) return undefined;
    throw error;
  }
}

async function signedPayload(token: string, key: Awaited<ReturnType<typeof importJWK>>) {
  try {
    return (await compactVerify(token, key, { algorithms: [ALGORITHM] })).payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

/** Undefined where the bytes are not the claims that an issuer of this version writes. */
function readClaims(json: Uint8Array, kind: Authentic['kind']) {
  try {
    const claims = record(
      JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(json)),
    );
    return {
      issuer: claims.iss,
      audience: claims.aud,
      issuedAt: wholeNumber(claims.iat),
      expiresAt: wholeNumber(claims.exp),
      epoch: claims.e === undefined ? null : wholeNumber(claims.e),
      card: kind === 'carrier' ? cardFromOfflineCode(claims) : cardFromProfile(record(claims.profile)),
    };
  } catch {
    return undefined;
  }
}
