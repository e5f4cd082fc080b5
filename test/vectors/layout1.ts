/** Signs layout 1 as releases before layout 2 did: for vectors, and to compare. */

import { deflateRawSync } from 'node:zlib';
import { CompactSign } from 'jose';
import type { PublicProfile } from '../../src/domain/profile.ts';
import { digitCapacity } from '../../src/domain/qr/encode.ts';
import { type KeyRing, signingKey } from '../../src/domain/tokens/key-ring.ts';
import { carrierClaims } from '../../src/domain/tokens/offline-claims.ts';
import type { CarrierPass } from '../../src/domain/tokens/offline-code.ts';
import { trimToFit } from '../../src/domain/tokens/offline-trim.ts';

const MAX_VERSION = 18;
const MAX_CHARACTERS = 828;
const SIGNATURE_CHARACTERS = 86;
const LIFETIME_SECONDS = 600;

interface Layout1Input {
  ring: KeyRing;
  origin: string;
  profile: PublicProfile;
  now: number;
  pass?: CarrierPass | undefined;
}

/** The most of a profile that fits into QR version 18 at level L, as layout 1. */
export async function signLayout1({ ring, origin, profile, now, pass }: Layout1Input) {
  const key = signingKey(ring, now)!;
  const header = { alg: 'ES256', kid: key.kid, typ: 'dcq', zip: 'DEF' };
  const exp = now + (pass ? pass.hours * 3600 : LIFETIME_SECONDS);
  const registered = { iss: origin, iat: now, exp, e: pass?.epoch };
  const start = `${origin}/q#`;
  const characters = Math.min(MAX_CHARACTERS, Math.floor(digitCapacity(start.length, MAX_VERSION) / 2));
  const headerCharacters = Math.ceil((JSON.stringify(header).length * 4) / 3);
  const room = Math.floor(((characters - headerCharacters - SIGNATURE_CHARACTERS - 2) * 3) / 4);
  const fitted = await trimToFit(profile, async (snapshot) => {
    const linksLeftOut = profile.links.length - snapshot.links.length;
    const claims = { ...registered, ...carrierClaims(snapshot, linksLeftOut) };
    const payload = deflateRawSync(new TextEncoder().encode(JSON.stringify(claims)), {});
    return payload.length <= room ? { payload, linksLeftOut } : undefined;
  });
  const { payload, linksLeftOut } = fitted!;
  const token = await new CompactSign(payload).setProtectedHeader(header).sign(key);
  return { token, url: start + pairs(token), expiresAt: exp, linksLeftOut };
}

/** Two decimal digits for every character of a compact JWS: its code less 45, padded. */
export function pairs(token: string): string {
  return [...token].map((character) => String(character.charCodeAt(0) - 45).padStart(2, '0')).join('');
}
