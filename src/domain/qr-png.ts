/** QR codes as PNG (RFC 2083): one bit a pixel, a palette of two colours, no canvas. */

import { rgb } from './color.ts';
import type { QrGrid } from './qr-grid.ts';
import { type QrColors, type QrLayout, qrLayout } from './qr-image.ts';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const BIT_DEPTH = 1;
const COLOR_TYPE_PALETTE = 3;
/** Row filter "Up" (RFC 2083 section 6.4): the row is stored as its difference from the one above. */
const FILTER_UP = 2;

/** A PNG of `size` × `size` pixels. Throws as `qrLayout` does. */
export async function qrPng(
  code: QrGrid,
  size: number,
  { fg, bg }: QrColors,
): Promise<Uint8Array<ArrayBuffer>> {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, size);
  view.setUint32(4, size);
  header.set([BIT_DEPTH, COLOR_TYPE_PALETTE], 8);
  const palette = Uint8Array.from([...rgb(bg), ...rgb(fg)]);
  const pixels = await zlibCompress(scanLines(code, qrLayout(code, size)));
  return concatenate([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', pixels),
    chunk('IEND', new Uint8Array()),
  ]);
}

/** Filtered rows: of the equal rows of pixels that draw one row of modules, only the first is written out. */
function scanLines(code: QrGrid, { size, scale, margin }: QrLayout): Uint8Array<ArrayBuffer> {
  const stride = 1 + Math.ceil(size / 8);
  const lines = new Uint8Array(stride * size);
  for (let y = 0; y < size; y++) lines[y * stride] = FILTER_UP;
  for (let y = 0; y < code.size; y++) {
    const start = (margin + y * scale) * stride;
    const line = lines.subarray(start, start + stride);
    line[0] = 0;
    drawRow(code, y, line.subarray(1), margin, scale);
  }
  // Below the code, "Up" would repeat its last row.
  const below = (margin + code.size * scale) * stride;
  if (below < lines.length) lines[below] = 0;
  return lines;
}

function drawRow(code: QrGrid, y: number, row: Uint8Array, margin: number, scale: number): void {
  for (let x = 0; x < code.size; x++) {
    if (!code.has(x, y)) continue;
    const end = margin + (x + 1) * scale;
    for (let pixel = end - scale; pixel < end; pixel++) row[pixel >> 3]! |= 0x80 >> (pixel & 7);
  }
}

async function zlibCompress(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Length, type, data, and the CRC-32 of type and data (RFC 2083 section 3.2). */
function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
