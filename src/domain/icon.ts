/** The icon as a picture of pixels, for what asks for `/favicon.ico` and `/apple-touch-icon.png` and takes no SVG. */
import { encodePng, FILTER_NONE } from './png.ts';

/** The drawing of `pages/favicon.svg` on its grid of 32: rectangles from left, top to right, bottom, the later above. */
const GRID = 32;
const BACKGROUND = 0;
const CARD = 1;
const RECTANGLES: readonly [color: number, left: number, top: number, right: number, bottom: number][] = [
  [CARD, 7, 9, 25, 23],
  [BACKGROUND, 9, 11, 23, 21],
  [CARD, 11, 13, 15, 17],
  [CARD, 17, 13, 21, 14.5],
  [CARD, 17, 16, 21, 17.5],
  [CARD, 11, 18.5, 21, 20],
];
const PALETTE = ['#4f46e5', '#ffffff'];

/** The icon as PNG. It has no round corners: phones cut them. @param size pixels along a side */
export function iconPng(size: number): Promise<Uint8Array<ArrayBuffer>> {
  const scanLines = new Uint8Array(size * (size + 1));
  for (let y = 0; y < size; y++) {
    scanLines[y * (size + 1)] = FILTER_NONE;
    for (let x = 0; x < size; x++) scanLines[y * (size + 1) + 1 + x] = colorAt(x, y, size);
  }
  return encodePng({ width: size, height: size, depth: 8, palette: PALETTE, scanLines });
}

function colorAt(x: number, y: number, size: number): number {
  const [gx, gy] = [x, y].map((pixel) => ((pixel + 0.5) * GRID) / size) as [number, number];
  const above = RECTANGLES.findLast(
    ([, left, top, right, bottom]) => gx >= left && gx < right && gy >= top && gy < bottom,
  );
  return above?.[0] ?? BACKGROUND;
}

/** A PNG as the one picture of an ICO file, as browsers since 2007 read it. @param size of the picture, below 256 */
export function icoOf(png: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const HEADER_BYTES = 22;
  const file = new Uint8Array(HEADER_BYTES + png.length);
  const view = new DataView(file.buffer);
  view.setUint16(2, 1, true); // an icon
  view.setUint16(4, 1, true); // of one picture
  file.set([size, size], 6);
  view.setUint16(10, 1, true); // plane
  view.setUint16(12, 32, true); // bits of a pixel
  view.setUint32(14, png.length, true);
  view.setUint32(18, HEADER_BYTES, true);
  file.set(png, HEADER_BYTES);
  return file;
}
