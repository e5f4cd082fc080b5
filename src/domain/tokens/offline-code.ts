/** The offline carrier: a profile signed into a QR code that verifies with the network off (docs/offline-qr.md). */

import { CompactSign } from 'jose';
import { tokenToDigits } from '../../../verify/token-text.ts';
import { OFFLINE_CODE_TYP } from '../../../verify/verify.ts';
import type { PublicProfile } from '../profile.ts';
import { digitCapacity, type QrSegment } from '../qr/encode.ts';
import { type KeyRing, signingKey } from './key-ring.ts';
import { carrierClaims } from './offline-claims.ts';
import { trimToFit } from './offline-trim.ts';

/** Seconds that an ordinary carrier lives, like the QR session token beside it. */
const CARRIER_LIFETIME_SECONDS = 600;
/** Hours that an offline pass may live. A key must stay published at least this long after it last signed. */
export const OFFLINE_PASS_MAX_HOURS = 168;
/** The page that reads a carrier from its fragment; another layout of the carrier would get another path. */
const CARRIER_PATH = '/q';
/** Most characters of a token, whatever the origin: what version 18 holds behind a prefix of 26 characters. */
export const CARRIER_MAX_CHARACTERS = 828;

/** A signed carrier and where it can be shown. */
export interface OfflineCarrier {
  /** compact JWS */
  token: string;
  /** what the QR code says: `https://<origin>/q#` and the token as digits */
  url: string;
  /** seconds since the epoch */
  expiresAt: number;
  /** how many links had to be left out */
  linksLeftOut: number;
}

interface CarrierInput {
  ring: KeyRing;
  /** The public origin, which becomes `iss` and the start of the URL. */
  origin: string;
  profile: PublicProfile;
  /** Seconds since the epoch. */
  now: number;
  /** Makes it an offline pass. */
  pass?: CarrierPass | undefined;
}

/** What makes a carrier an offline pass: a longer life, and the epoch that revokes it when the owner's moves on. */
export interface CarrierPass {
  /** 1 to OFFLINE_PASS_MAX_HOURS */
  hours: number;
  epoch: number;
}

/** Signs the most of a profile that fits into QR version 18 at level L. */
export async function signCarrier({
  ring,
  origin,
  profile,
  now,
  pass,
}: CarrierInput): Promise<OfflineCarrier> {
  const key = signingKey(ring, now);
  if (!key) throw new Error('no QR key may sign yet');
  const header = { alg: 'ES256', kid: key.kid, typ: OFFLINE_CODE_TYP, zip: 'DEF' };
  const expiresAt = now + (pass ? pass.hours * 3600 : CARRIER_LIFETIME_SECONDS);
  const registered = { iss: origin, iat: now, exp: expiresAt, e: pass?.epoch };
  const room = payloadRoom(origin, header);

  const fitted = await trimToFit(profile, async (snapshot) => {
    const linksLeftOut = profile.links.length - snapshot.links.length;
    const claims = { ...registered, ...carrierClaims(snapshot, linksLeftOut) };
    const payload = await deflateRaw(utf8.encode(JSON.stringify(claims)));
    return payload.length <= room ? { payload, linksLeftOut } : undefined;
  });
  if (!fitted) throw new Error('the origin is too long for an offline code');
  const token = await new CompactSign(fitted.payload).setProtectedHeader(header).sign(key);
  const url = `${origin}${CARRIER_PATH}#${tokenToDigits(token)}`;
  return { token, url, expiresAt, linksLeftOut: fitted.linksLeftOut };
}

/** A carrier's URL as QR segments: bytes up to the `#`, then digits, which take 40 % of the room of bytes. */
export function offlineCodeSegments(url: string): QrSegment[] {
  const start = url.indexOf('#') + 1;
  return [
    { mode: 'byte', text: url.slice(0, start) },
    { mode: 'numeric', digits: url.slice(start) },
  ];
}

const utf8 = new TextEncoder();
/** An ES256 signature is 64 bytes (RFC 7518 section 3.4). */
const SIGNATURE_CHARACTERS = base64Length(64);

/** Bytes of deflated payload that fit beside the header and the signature. */
function payloadRoom(origin: string, header: object): number {
  const prefixBytes = utf8.encode(`${origin}${CARRIER_PATH}#`).length;
  const characters = Math.min(CARRIER_MAX_CHARACTERS, Math.floor(digitCapacity(prefixBytes) / 2));
  const headerCharacters = base64Length(utf8.encode(JSON.stringify(header)).length);
  const dots = 2;
  return Math.floor(((characters - headerCharacters - SIGNATURE_CHARACTERS - dots) * 3) / 4);
}

function base64Length(bytes: number): number {
  return Math.ceil((bytes * 4) / 3);
}

async function deflateRaw(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream();
  return new Uint8Array(
    await new Response(stream.pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer(),
  );
}
