/** QR codes as PNG (RFC 2083): one bit a pixel, a palette of two colours, no canvas. */

import { encodePng, FILTER_NONE, FILTER_UP } from '../png.ts';
import type { QrGrid } from './grid.ts';
import { type QrColors, type QrLayout, qrLayout } from './picture.ts';

/** A PNG of `size` × `size` pixels. Throws as `qrLayout` does. */
export function qrPng(code: QrGrid, size: number, { fg, bg }: QrColors): Promise<Uint8Array<ArrayBuffer>> {
  const scanLines = drawRows(code, qrLayout(code, size));
  return encodePng({ width: size, height: size, depth: 1, palette: [bg, fg], scanLines });
}

/** Filtered rows: of the equal rows of pixels that draw one row of modules, only the first is written out. */
function drawRows(code: QrGrid, { size, scale, margin }: QrLayout): Uint8Array<ArrayBuffer> {
  const stride = 1 + Math.ceil(size / 8);
  const lines = new Uint8Array(stride * size);
  for (let y = 0; y < size; y++) lines[y * stride] = FILTER_UP;
  for (let y = 0; y < code.size; y++) {
    const start = (margin + y * scale) * stride;
    const line = lines.subarray(start, start + stride);
    line[0] = FILTER_NONE;
    drawRow(code, y, line.subarray(1), margin, scale);
  }
  // Below the code, "Up" would repeat its last row.
  const below = (margin + code.size * scale) * stride;
  if (below < lines.length) lines[below] = FILTER_NONE;
  return lines;
}

function drawRow(code: QrGrid, y: number, row: Uint8Array, margin: number, scale: number): void {
  for (let x = 0; x < code.size; x++) {
    if (!code.has(x, y)) continue;
    const end = margin + (x + 1) * scale;
    for (let pixel = end - scale; pixel < end; pixel++) row[pixel >> 3]! |= 0x80 >> (pixel & 7);
  }
}
