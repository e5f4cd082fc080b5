/** The offline code: a profile signed into a QR code that verifies with the network off (docs/offline-qr.md, layout 2). */

import { deflateRawSync } from 'node:zlib';
import { CompactSign } from 'jose';
import { DICTIONARY, layout2DigitCount, layout2Header, tokenToDigits } from '../../../verify/layout2.ts';
import type { PublicProfile } from '../profile.ts';
import { digitCapacity, type QrSegment } from '../qr/encode.ts';
import { type KeyRing, signingKey } from './key-ring.ts';
import { carrierClaims } from './offline-claims.ts';
import { trimToFit } from './offline-trim.ts';

/** Seconds that an ordinary carrier lives, like the QR session token beside it. */
const CARRIER_LIFETIME_SECONDS = 600;
/** Hours that an offline pass may live. A key must stay published at least this long after it last signed. */
export const OFFLINE_PASS_MAX_HOURS = 168;
/** The page that reads layout 2 from its fragment; another layout would get another path. */
const CARRIER_PATH = '/c';
/** Larger codes fail in camera frames that are blurred, noisy and tilted (docs/offline-qr.md, section 10). */
export const OFFLINE_CODE_MAX_VERSION = 13;

/** A signed carrier and where it can be shown. */
export interface OfflineCarrier {
  /** compact JWS */
  token: string;
  /** what the QR code says: `https://<origin>/c#` and the token as digits */
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

/** Signs the most of a profile that fits into QR version 13 at level L. */
export async function signCarrier({
  ring,
  origin,
  profile,
  now,
  pass,
}: CarrierInput): Promise<OfflineCarrier> {
  const key = signingKey(ring, now);
  if (!key) throw new Error('no QR key may sign yet');
  const header = layout2Header(key.kid);
  const expiresAt = now + (pass ? pass.hours * 3600 : CARRIER_LIFETIME_SECONDS);
  const registered = { iss: origin, iat: now, exp: expiresAt, e: pass?.epoch };
  const start = `${origin}${CARRIER_PATH}#`;
  const room = digitCapacity(utf8.encode(start).length, OFFLINE_CODE_MAX_VERSION);

  const fitted = await trimToFit(profile, async (snapshot) => {
    const linksLeftOut = profile.links.length - snapshot.links.length;
    const payload = deflate({ ...registered, ...carrierClaims(snapshot, linksLeftOut) });
    return layout2DigitCount(key.kid, payload.length) <= room ? { payload, linksLeftOut } : undefined;
  });
  if (!fitted) throw new Error('the origin is too long for an offline code');
  const token = await new CompactSign(fitted.payload).setProtectedHeader(header).sign(key);
  return {
    token,
    url: `${start}${tokenToDigits(key.kid, token)}`,
    expiresAt,
    linksLeftOut: fitted.linksLeftOut,
  };
}

/** A carrier's URL as QR segments: bytes up to the `#`, then digits, which take 42 % of the room of bytes. */
export function offlineCodeSegments(url: string): QrSegment[] {
  const start = url.indexOf('#') + 1;
  return [
    { mode: 'byte', text: url.slice(0, start) },
    { mode: 'numeric', digits: url.slice(start) },
  ];
}

const utf8 = new TextEncoder();

function deflate(claims: object): Uint8Array {
  const json = utf8.encode(JSON.stringify(claims));
  return deflateRawSync(json, { dictionary: DICTIONARY, level: 9, memLevel: 9 });
}
