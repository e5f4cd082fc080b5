/** QR codes (ISO/IEC 18004) from explicit segments: versions 1–18, which is all that this product draws. */

import { codewordLayout, dataBits, type QrLevel, withErrorCorrection } from './codewords.ts';
import type { QrGrid } from './grid.ts';
import { drawQr } from './modules.ts';

/** The largest that is drawn. Offline codes stop earlier (`offline-code.ts`). */
export const MAX_QR_VERSION = 18;

/** One run of data in one mode: ASCII or UTF-8 text as bytes, or decimal digits at 10 bits for three. */
export type QrSegment = { mode: 'byte'; text: string } | { mode: 'numeric'; digits: string };

/** Thrown when the segments do not fit the largest version. */
export class QrCapacityError extends Error {
  readonly code = 'qr_capacity_exceeded';
}

/** The code of an address. Level M: an address is short, and a printed code gets dirty. Throws `QrCapacityError`. */
export function addressCode(url: string): QrGrid {
  return qrCode([{ mode: 'byte', text: url }], 'M');
}

/**
 * Encodes the segments in the smallest version that holds them at this level, with the mask that scores best.
 * Throws `QrCapacityError` beyond version 18.
 */
export function qrCode(segments: readonly QrSegment[], level: QrLevel): QrGrid {
  return draw(segments, smallestVersion(segments, level), level);
}

/**
 * Encodes the segments in the smallest version that holds them at level L, at the highest level at which that version
 * still holds them: error correction that costs no modules. Throws `QrCapacityError` beyond version 18.
 */
export function sturdyCode(segments: readonly QrSegment[]): QrGrid {
  const version = smallestVersion(segments, 'L');
  const bits = segmentBits(segments, version);
  return draw(segments, version, LEVELS.find((level) => bits <= dataBits(version, level)) ?? 'L');
}

/** Most decimal digits that fit a version at level L behind a byte segment of `prefixBytes` bytes. */
export function digitCapacity(prefixBytes: number, version: number): number {
  const prefix = MODE_BITS + countBits('byte', version) + 8 * prefixBytes;
  const head = MODE_BITS + countBits('numeric', version);
  const free = dataBits(version, 'L') - prefix - head;
  const rest = free % 10;
  return Math.max(0, Math.floor(free / 10) * 3 + (rest >= 7 ? 2 : rest >= 4 ? 1 : 0));
}

/** The strongest first. */
const LEVELS = ['H', 'Q', 'M', 'L'] as const;

function smallestVersion(segments: readonly QrSegment[], level: QrLevel): number {
  for (let version = 1; version <= MAX_QR_VERSION; version++) {
    if (segmentBits(segments, version) <= dataBits(version, level)) return version;
  }
  throw new QrCapacityError(`These segments need more than QR version ${MAX_QR_VERSION} at level ${level}`);
}

function draw(segments: readonly QrSegment[], version: number, level: QrLevel): QrGrid {
  const data = encode(segments, version, dataBits(version, level));
  return drawQr(version, level, withErrorCorrection(data, codewordLayout(version, level)));
}

const MODE_BITS = 4;
const MODE_INDICATOR = { numeric: 1, byte: 4 } as const;
const utf8 = new TextEncoder();

/** Width of the character count, ISO/IEC 18004 Table 3; versions 27–40 are not drawn here. */
function countBits(mode: QrSegment['mode'], version: number): number {
  if (mode === 'byte') return version < 10 ? 8 : 16;
  return version < 10 ? 10 : 12;
}

function segmentBits(segments: readonly QrSegment[], version: number): number {
  let bits = 0;
  for (const segment of segments) {
    bits += MODE_BITS + countBits(segment.mode, version);
    if (segment.mode === 'byte') bits += 8 * utf8.encode(segment.text).length;
    else bits += Math.ceil((segment.digits.length * 10) / 3);
  }
  return bits;
}

function encode(segments: readonly QrSegment[], version: number, capacity: number): Uint8Array {
  const out = new BitWriter(capacity / 8);
  for (const segment of segments) {
    out.push(MODE_INDICATOR[segment.mode], MODE_BITS);
    const width = countBits(segment.mode, version);
    if (segment.mode === 'byte') {
      const bytes = utf8.encode(segment.text);
      out.push(bytes.length, width);
      for (const byte of bytes) out.push(byte, 8);
    } else {
      const { digits } = segment;
      out.push(digits.length, width);
      for (let i = 0; i < digits.length; i += 3) {
        const group = digits.slice(i, i + 3);
        out.push(Number(group), group.length * 3 + 1);
      }
    }
  }
  return out.padded();
}

/** Appends bits, most significant first, to a buffer of fixed length. */
class BitWriter {
  readonly #bytes: Uint8Array;
  #length = 0;

  constructor(byteLength: number) {
    this.#bytes = new Uint8Array(byteLength);
  }

  push(value: number, width: number): void {
    for (let bit = width - 1; bit >= 0; bit--, this.#length++) {
      if ((value >>> bit) & 1) this.#bytes[this.#length >> 3]! |= 0x80 >> (this.#length & 7);
    }
  }

  /** The terminator and the alternating pad bytes of ISO/IEC 18004 section 7.4.10. */
  padded(): Uint8Array {
    const end = Math.ceil(Math.min(this.#length + 4, this.#bytes.length * 8) / 8);
    for (let i = end; i < this.#bytes.length; i++) this.#bytes[i] = (i - end) & 1 ? 0x11 : 0xec;
    return this.#bytes;
  }
}
