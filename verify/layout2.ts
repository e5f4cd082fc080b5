/** Layout 2 of the offline code: key id, signature and payload as one number (docs/offline-qr.md, section 2). */

import { DICTIONARY_TEXT } from './dictionary.ts';
import { decodeBase64url, encodeBase64url } from './es256.ts';

/** `typ` of the header of layout 2. */
export const LAYOUT_2_TYP = 'dcq2';
/** What a QR code of version 13 holds at level L. */
const LAYOUT_2_MAX_DIGITS = 1022;
/** ES256 (RFC 7518 section 3.4). */
const SIGNATURE_BYTES = 64;
/** Printable ASCII without the two characters that JSON escapes, so that the header is written in one way only. */
const KID = /^[!#-[\]-~]{1,64}$/;

const utf8 = new TextEncoder();
const ascii = new TextDecoder('ascii');

/** The preset dictionary of the DEFLATE payload, in UTF-8. It never changes: another one would be another layout. */
export const DICTIONARY = utf8.encode(DICTIONARY_TEXT);

/** A compact JWS of layout 2 as it was rebuilt from digits, and the key that it names. */
export interface Rebuilt {
  kid: string;
  token: string;
}

/** The protected header, which a code does not carry. Throws where the layout cannot name the key. */
export function layout2Header(kid: string) {
  if (!KID.test(kid)) throw new RangeError(`Layout 2 cannot name the key «${kid}»`);
  return { alg: 'ES256', kid, typ: LAYOUT_2_TYP };
}

/** How many digits write a payload of so many bytes under this key. */
export function layout2DigitCount(kid: string, payloadBytes: number): number {
  return digitCount(1 + kid.length + SIGNATURE_BYTES + payloadBytes);
}

/** Writes a compact JWS of layout 2 as digits. */
export function tokenToDigits(kid: string, token: string): string {
  const [, payload = '', signature = ''] = token.split('.');
  const name = utf8.encode(kid);
  const parts = [[name.length], name, decodeBase64url(signature), decodeBase64url(payload)];
  return bytesToDigits(Uint8Array.from(parts.flatMap((part) => [...part])));
}

/** Rebuilds the compact JWS that digits stand for; undefined where they stand for none. */
export function digitsToToken(digits: string): Rebuilt | undefined {
  if (digits.length > LAYOUT_2_MAX_DIGITS) return undefined;
  const bytes = digitsToBytes(digits);
  const [nameLength = 0] = bytes ?? [];
  const payloadStart = 1 + nameLength + SIGNATURE_BYTES;
  if (!bytes || payloadStart >= bytes.length) return undefined;
  const kid = ascii.decode(bytes.subarray(1, 1 + nameLength));
  if (!KID.test(kid)) return undefined;
  const header = utf8.encode(JSON.stringify(layout2Header(kid)));
  const parts = [header, bytes.subarray(payloadStart), bytes.subarray(1 + nameLength, payloadStart)];
  return { kid, token: parts.map((part) => encodeBase64url(part)).join('.') };
}

/**
 * Whether digits are the beginning of a longer number that names one of these keys. A number that lost its end has other
 * bytes throughout; with zeros in place of what is missing, its first bytes are right again.
 */
export function isCutShort(digits: string, kids: readonly string[]): boolean {
  const heads = kids.map((kid) => `${hex(Uint8Array.of(kid.length))}${hex(utf8.encode(kid))}`);
  if (digits.length < MIN_DIGITS_OF_HEAD || digits.length > LAYOUT_2_MAX_DIGITS) return false;
  let padded = BigInt(digits);
  for (let length = digits.length + 1; length <= LAYOUT_2_MAX_DIGITS; length++) {
    padded *= 10n;
    const bytes = byteCount(length);
    if (digitCount(bytes) !== length) continue;
    const text = padded.toString(16).padStart(2 * bytes, '0');
    if (heads.some((head) => text.startsWith(head))) return true;
  }
  return false;
}

/** Fewer would agree with some key by chance. */
const MIN_DIGITS_OF_HEAD = 20;
const DIGITS_PER_BYTE = Math.log10(256);

/** n bytes are always written with the same number of digits, which no other number of bytes has. */
function digitCount(bytes: number): number {
  return Math.ceil(bytes * DIGITS_PER_BYTE);
}

function byteCount(digits: number): number {
  return Math.floor(digits / DIGITS_PER_BYTE);
}

function bytesToDigits(bytes: Uint8Array): string {
  return BigInt(`0x${hex(bytes)}`)
    .toString()
    .padStart(digitCount(bytes.length), '0');
}

function digitsToBytes(digits: string): Uint8Array | undefined {
  const length = byteCount(digits.length);
  if (length === 0 || digitCount(length) !== digits.length) return undefined;
  const text = BigInt(digits)
    .toString(16)
    .padStart(2 * length, '0');
  if (text.length > 2 * length) return undefined;
  return Uint8Array.from({ length }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16));
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
