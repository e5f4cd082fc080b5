/** Reads the two kinds of PNG that pictures of codes have, strictly, by RFC 2083 and with nothing of ours. */

import { crc32, inflateSync } from 'node:zlib';
import type { Pixels } from './readers.ts';

/** Pixels of a PNG with one bit or one byte a pixel, a palette, and the row filters None and Up. */
export function readPng(png: Uint8Array): Pixels {
  const bytes = Buffer.from(png);
  if (bytes.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') throw new Error('no PNG signature');
  const chunks = new Map<string, Buffer>();
  let at = 8;
  while (at < bytes.length) {
    const length = bytes.readUInt32BE(at);
    const body = bytes.subarray(at + 4, at + 8 + length);
    if (bytes.readUInt32BE(at + 8 + length) !== crc32(body)) throw new Error('a chunk with a wrong CRC');
    chunks.set(body.toString('latin1', 0, 4), body.subarray(4));
    at += 12 + length;
  }
  if ([...chunks.keys()].join() !== 'IHDR,PLTE,IDAT,IEND') throw new Error('other chunks than expected');

  const header = chunks.get('IHDR')!;
  const palette = chunks.get('PLTE')!;
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  if (!/^[18],3,0,0,0$/.test(header.subarray(8).join())) throw new Error('no palette of one bit or one byte');
  const depth = header[8]!;
  const lines = inflateSync(chunks.get('IDAT')!);
  const stride = 1 + Math.ceil((width * depth) / 8);
  if (lines.length !== stride * height) throw new Error('rows missing or left over');

  const data = new Uint8ClampedArray(4 * width * height);
  let above = Buffer.alloc(stride - 1);
  for (let y = 0; y < height; y++) {
    const filter = lines[y * stride];
    const stored = lines.subarray(y * stride + 1, (y + 1) * stride);
    const row = filter === 2 ? Buffer.from(stored.map((byte, i) => byte + above[i]!)) : Buffer.from(stored);
    if (filter !== 0 && filter !== 2) throw new Error(`row filter ${filter}`);
    for (let x = 0; x < width; x++) {
      const color = 3 * (depth === 8 ? row[x]! : (row[x >> 3]! >> (7 - (x & 7))) & 1);
      data.set([...palette.subarray(color, color + 3), 255], 4 * (y * width + x));
    }
    above = row;
  }
  return { data, width, height };
}
