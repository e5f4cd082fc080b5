/** Verifies a DevCard code without asking anybody: both layouts of the offline code (docs/offline-qr.md) and the QR session JWT. */

import { type Card, cardFromOfflineCode, cardFromProfile, record, wholeNumber } from './card.ts';
import { decodeBase64url, importPublicKey, type PublicKey, signedPayload } from './es256.ts';
import { type Candidate, findCandidates } from './find-token.ts';
import { inflateRaw } from './inflate.ts';
import * as layout1 from './layout1.ts';
import * as layout2 from './layout2.ts';
import { isRevoked, type Revocations } from './revocations.ts';

export type { Card, CardLink } from './card.ts';
export { type Revocations, readRevocations } from './revocations.ts';

/** What is known of a text; exactly one of these outcomes. */
export type Verdict =
  | ({ outcome: 'fresh' } & Authentic)
  /** Authentic, but `expiresAt` has passed: the card is as of `issuedAt`. */
  | ({ outcome: 'expired' } & Authentic)
  /** Authentic, but an offline pass that the list of revocations names. */
  | ({ outcome: 'revoked' } & Authentic)
  /** Authentic, but signed in the future: the clock of this device is behind. */
  | ({ outcome: 'early' } & Authentic)
  /** Well formed, but none of the given keys is called `kid`: it may be forged, or the keys may be old. */
  | { outcome: 'unknown-key'; kid: string }
  /** The beginning of a token, as of a link that was cut: nothing can be said of it. */
  | { outcome: 'incomplete' }
  | { outcome: 'not-authentic'; reason: Reason };

/** What an authentic token says. Times are seconds since the epoch. */
export interface Authentic {
  kind: 'carrier' | 'session';
  card: Card;
  issuedAt: number;
  expiresAt: number;
  kid: string;
  /** Of an offline pass: it is revoked once the owner's epoch has moved on, as the issuer's list says. */
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

export interface VerifyOptions {
  /** seconds since the epoch */
  now: number;
  /** the origin whose cards are trusted, for instance `https://devcard.example` */
  issuer: string;
  /** the issuer's list of revoked passes, where one was kept */
  revocations?: Revocations | undefined;
}

/** `typ` and audience of the QR session JWT. */
export const SESSION_TYP = 'devcard-qr+jwt';
export const SESSION_AUDIENCE = 'devcard:qr';
const ALGORITHM = 'ES256';
/** Clocks of phones differ by so much without being wrong. */
const CLOCK_TOLERANCE_SECONDS = 60;
/** 64 bytes in BASE64URL; a shorter one has lost its end. */
const SIGNATURE_CHARACTERS = 86;

/** A session of 50 links with the longest addresses has about 200,000 characters. */
export const MAX_INPUT_CHARACTERS = 256 * 1024;
const MAX_INFLATED_BYTES = 8 * 1024;

/**
 * Verifies an offline code of either layout (its URL, its digits or its token) or a QR session JWT against a public JWK
 * set, wherever in the text it stands.
 * Every way to fail is an outcome: it throws only where the device lacks WebCrypto or `DecompressionStream`.
 */
export async function verify(text: string, jwks: KeySet, options: VerifyOptions): Promise<Verdict> {
  if (text.length > MAX_INPUT_CHARACTERS) return refuse('too-long');
  let best: Verdict = refuse('no-token');
  for (const candidate of findCandidates(text)) {
    const verdict = await verifyCandidate(candidate, jwks, options);
    if ('card' in verdict) return verdict;
    if (rank(verdict) > rank(best)) best = verdict;
  }
  return best;
}

/** Of several readings of one text the one that says most; that a link was cut explains why its signature is wrong. */
function rank(verdict: Exclude<Verdict, Authentic>): number {
  if (verdict.outcome === 'incomplete') return 3;
  if (verdict.outcome === 'unknown-key') return 2;
  return verdict.reason === 'no-token' ? 0 : 1;
}

async function verifyCandidate(candidate: Candidate, jwks: KeySet, options: VerifyOptions): Promise<Verdict> {
  if ('jws' in candidate) return verifyToken(candidate.jws, jwks, options);
  const { digits, isLinked } = candidate;
  const token = layout1.digitsToToken(digits) ?? layout2.digitsToToken(digits)?.token;
  const verdict = token === undefined ? refuse('no-token') : await verifyToken(token, jwks, options);
  const isUnreadable = token === undefined || verdict.outcome === 'unknown-key';
  const kids = jwks.keys.flatMap(({ kid }) => kid ?? []);
  if (isUnreadable && layout2.isCutShort(digits, kids)) return { outcome: 'incomplete' };
  const isNoToken = verdict.outcome === 'not-authentic' && verdict.reason === 'no-token';
  return isLinked && isNoToken ? { outcome: 'incomplete' } : verdict;
}

async function verifyToken(token: string, jwks: KeySet, options: VerifyOptions): Promise<Verdict> {
  const { now, issuer, revocations } = options;
  const parts = token.split('.') as [header: string, payload: string, signature: string];
  const header = readHeader(parts[0]);
  if (!header) return startsLikeOurs(token) ? { outcome: 'incomplete' } : refuse('no-token');
  if (typeof header.kid !== 'string' || header.crit !== undefined) return refuse('bad-header');
  if (header.alg !== ALGORITHM) return refuse('wrong-algorithm');
  const format = FORMATS.find(({ typ }) => typ === header.typ);
  if (!format) return refuse('wrong-type');
  if (header.zip !== format.zip) return refuse('bad-header');
  if ((parts[2] ?? '').length < SIGNATURE_CHARACTERS) return { outcome: 'incomplete' };
  if (parts.length !== 3) return refuse('bad-signature');

  const { kid } = header;
  const key = await publicKey(jwks.keys, kid);
  if (key === undefined) return { outcome: 'unknown-key', kid };
  const payload = await signedPayload({ header: parts[0], payload: parts[1], signature: parts[2] }, key);
  if (payload === undefined) return refuse('bad-signature');

  const { kind } = format;
  const json =
    kind === 'carrier' ? await inflateRaw(payload, MAX_INFLATED_BYTES, format.dictionary) : payload;
  const claims = json && readClaims(json, kind);
  if (claims === undefined) return refuse('bad-payload');
  if (claims.issuer !== issuer) return refuse('wrong-issuer');
  if (kind === 'session' && claims.audience !== SESSION_AUDIENCE) return refuse('wrong-audience');

  const { card, issuedAt, expiresAt, epoch } = claims;
  const pass = { username: card.username, epoch: epoch ?? 0, issuedAt };
  const isPassRevoked = epoch !== null && revocations !== undefined && (await isRevoked(revocations, pass));
  const isEarly = Math.max(issuedAt, claims.notBefore) > now + CLOCK_TOLERANCE_SECONDS;
  const outcome = isPassRevoked ? 'revoked' : isEarly ? 'early' : now < expiresAt ? 'fresh' : 'expired';
  return { outcome, kind, card, issuedAt, expiresAt, kid, epoch };
}

interface Format {
  typ: string;
  zip: 'DEF' | undefined;
  kind: Authentic['kind'];
  /** Of the deflated payload. */
  dictionary?: Uint8Array;
}

const FORMATS: readonly Format[] = [
  { typ: layout1.LAYOUT_1_TYP, zip: 'DEF', kind: 'carrier' },
  { typ: layout2.LAYOUT_2_TYP, zip: undefined, kind: 'carrier', dictionary: layout2.DICTIONARY },
  { typ: SESSION_TYP, zip: undefined, kind: 'session' },
];

function refuse(reason: Reason) {
  return { outcome: 'not-authentic', reason } as const;
}

/** What is left of a token that was cut in its header, or behind it. */
function startsLikeOurs(token: string): boolean {
  const start = 'eyJhbGciOiJFUzI1NiIs';
  return token.length >= start.length && token.startsWith(start);
}

/** Undefined where the token has lost the end of its header, or is none. */
function readHeader(encoded: string) {
  try {
    return record(JSON.parse(new TextDecoder().decode(decodeBase64url(encoded))));
  } catch {
    return undefined;
  }
}

/** The public half of the key called `kid`; undefined where there is none that this device can use. */
async function publicKey(keys: readonly PublicKey[], kid: string) {
  const jwk = keys.find((key) => key.kid === kid && key.kty === 'EC' && key.crv === 'P-256');
  return jwk && importPublicKey(jwk);
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
      notBefore: wholeNumber(claims.nbf ?? 0),
      epoch: claims.e === undefined ? null : wholeNumber(claims.e),
      card: kind === 'carrier' ? cardFromOfflineCode(claims) : cardFromProfile(record(claims.profile)),
    };
  } catch {
    return undefined;
  }
}
