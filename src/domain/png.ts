/** PNG files (RFC 2083) of palette colours, with the platform's own deflate. */
import { rgb } from './color.ts';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const COLOR_TYPE_PALETTE = 3;

/** Row filters (RFC 2083 section 6): the row as it is, and the row as its difference from the one above. */
export const FILTER_NONE = 0;
export const FILTER_UP = 2;

export interface PaletteImage {
  width: number;
  height: number;
  /** Bits of a pixel. */
  depth: 1 | 8;
  /** `#rrggbb`, by index. */
  palette: readonly string[];
  /** Rows from above, each with its filter before it. */
  scanLines: Uint8Array<ArrayBuffer>;
}

/** The file of an image. */
export async function encodePng(image: PaletteImage): Promise<Uint8Array<ArrayBuffer>> {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, image.width);
  view.setUint32(4, image.height);
  header.set([image.depth, COLOR_TYPE_PALETTE], 8);
  return concatenate([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Uint8Array.from(image.palette.flatMap(rgb))),
    chunk('IDAT', await zlibCompress(image.scanLines)),
    chunk('IEND', new Uint8Array()),
  ]);
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

/** CRC-32 (ISO 3309), as PNG and ZIP have it. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** All parts, one behind the other. */
export function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
