/**
 * Makes `src/pages/preview-font.bin`, the letters of preview images, out of two TrueType fonts:
 * `node dev/run.mjs dev/preview-font.ts NotoSans-Regular.ttf NotoSans-Bold.ttf`.
 *
 * Of each font: the number of glyphs (u16); for each, by code point: code point (u16), advance (u16), place of its
 * outline among the outlines (u32); the length of the outlines (u32) and the outlines. An outline is a sequence of
 * contours: the number of points, then for each point two numbers, the steps right and down from the one before; the
 * first of the two also says, in its lowest bit, whether the point is on the curve. Numbers of outlines are varints,
 * steps are zigzagged. All in 512ths of the em, y downwards from the baseline.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const TARGET = fileURLToPath(new URL('../src/pages/preview-font.bin', import.meta.url));
const UNITS_PER_EM = 512;

/** Latin with all its extensions, Greek, Cyrillic, Vietnamese, and the punctuation of names and titles. */
const RANGES = [
  [0x20, 0x7e],
  [0xa0, 0x24f],
  [0x37a, 0x3ff],
  [0x400, 0x4ff],
  [0x1e00, 0x1eff],
  [0x2010, 0x2026],
  [0x2032, 0x203a],
  [0x20ac, 0x20ac],
  [0x2116, 0x2122],
] as const;

interface Point {
  x: number;
  y: number;
  isOn: boolean;
}

class TrueType {
  readonly #view: DataView;
  readonly #tables = new Map<string, number>();

  constructor(file: Uint8Array) {
    this.#view = new DataView(file.buffer, file.byteOffset, file.byteLength);
    const count = this.#view.getUint16(4);
    for (let i = 0; i < count; i++) {
      const entry = 12 + 16 * i;
      const tag = String.fromCharCode(...file.subarray(entry, entry + 4));
      this.#tables.set(tag, this.#view.getUint32(entry + 8));
    }
  }

  get unitsPerEm(): number {
    return this.#view.getUint16(this.#at('head') + 18);
  }

  /** The glyph of a code point, 0 where the font has none (table cmap, format 4). */
  glyphOf(codePoint: number): number {
    const view = this.#view;
    const cmap = this.#at('cmap');
    for (let i = 0; i < view.getUint16(cmap + 2); i++) {
      const table = cmap + view.getUint32(cmap + 8 + 8 * i);
      if (view.getUint16(table) !== 4) continue;
      const segments = view.getUint16(table + 6) / 2;
      for (let s = 0; s < segments; s++) {
        const end = table + 14 + 2 * s;
        const start = end + 2 * segments + 2;
        if (codePoint > view.getUint16(end) || codePoint < view.getUint16(start)) continue;
        const delta = view.getInt16(start + 2 * segments);
        const rangeAt = start + 4 * segments;
        const range = view.getUint16(rangeAt);
        if (range === 0) return (codePoint + delta) & 0xffff;
        const glyph = view.getUint16(rangeAt + range + 2 * (codePoint - view.getUint16(start)));
        return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
      }
    }
    return 0;
  }

  advanceOf(glyph: number): number {
    const metrics = this.#view.getUint16(this.#at('hhea') + 34);
    return this.#view.getUint16(this.#at('hmtx') + 4 * Math.min(glyph, metrics - 1));
  }

  /** The contours of a glyph in font units, y upwards; parts of a composite glyph are put in their places. */
  contoursOf(glyph: number): Point[][] {
    const view = this.#view;
    const isLong = view.getInt16(this.#at('head') + 50) === 1;
    const loca = this.#at('loca');
    const place = (i: number) => (isLong ? view.getUint32(loca + 4 * i) : 2 * view.getUint16(loca + 2 * i));
    if (place(glyph) === place(glyph + 1)) return [];
    const at = this.#at('glyf') + place(glyph);
    const count = view.getInt16(at);
    return count < 0 ? this.#composite(at + 10) : this.#simple(at + 10, count);
  }

  #composite(start: number): Point[][] {
    const view = this.#view;
    const contours: Point[][] = [];
    let at = start;
    for (let flags = 0x20; flags & 0x20; ) {
      flags = view.getUint16(at);
      const part = view.getUint16(at + 2);
      const isWide = flags & 1;
      if (!(flags & 2)) throw new Error('A part that hangs on points is not supported');
      const dx = isWide ? view.getInt16(at + 4) : view.getInt8(at + 4);
      const dy = isWide ? view.getInt16(at + 6) : view.getInt8(at + 5);
      at += isWide ? 8 : 6;
      const fixed = () => {
        at += 2;
        return view.getInt16(at - 2) / 0x4000;
      };
      let [xx, xy, yx, yy] = [1, 0, 0, 1];
      if (flags & 0x08) xx = yy = fixed();
      else if (flags & 0x40) [xx, yy] = [fixed(), fixed()];
      else if (flags & 0x80) [xx, xy, yx, yy] = [fixed(), fixed(), fixed(), fixed()];
      for (const contour of this.contoursOf(part)) {
        contours.push(
          contour.map(({ x, y, isOn }) => ({ x: xx * x + yx * y + dx, y: xy * x + yy * y + dy, isOn })),
        );
      }
    }
    return contours;
  }

  #simple(start: number, count: number): Point[][] {
    const view = this.#view;
    const ends = Array.from({ length: count }, (_, i) => view.getUint16(start + 2 * i));
    const total = (ends.at(-1) ?? -1) + 1;
    let at = start + 2 * count;
    at += 2 + view.getUint16(at);
    const flags: number[] = [];
    while (flags.length < total) {
      const flag = view.getUint8(at++);
      flags.push(flag);
      if (flag & 8) for (let n = view.getUint8(at++); n > 0; n--) flags.push(flag);
    }
    const coordinates = (short: number, same: number) => {
      let value = 0;
      return flags.map((flag) => {
        if (flag & short) value += flag & same ? view.getUint8(at++) : -view.getUint8(at++);
        else if (!(flag & same)) {
          value += view.getInt16(at);
          at += 2;
        }
        return value;
      });
    };
    const xs = coordinates(2, 16);
    const ys = coordinates(4, 32);
    const points = flags.map((flag, i): Point => ({ x: xs[i] ?? 0, y: ys[i] ?? 0, isOn: (flag & 1) === 1 }));
    return ends.map((end, i) => points.slice(i === 0 ? 0 : (ends[i - 1] ?? 0) + 1, end + 1));
  }

  #at(tag: string): number {
    const offset = this.#tables.get(tag);
    if (offset === undefined) throw new Error(`The font has no table ${tag}`);
    return offset;
  }
}

/** One font in the form above. */
function pack(font: TrueType): Uint8Array {
  const scale = UNITS_PER_EM / font.unitsPerEm;
  const table: number[][] = [];
  const outlines: number[] = [];
  for (const [from, to] of RANGES) {
    for (let codePoint = from; codePoint <= to; codePoint++) {
      const glyph = font.glyphOf(codePoint);
      if (glyph === 0) continue;
      table.push([codePoint, Math.round(font.advanceOf(glyph) * scale), outlines.length]);
      const contours = font.contoursOf(glyph);
      outlines.push(contours.length);
      for (const contour of contours) outlines.push(...packContour(contour, scale));
    }
  }
  const bytes = new Uint8Array(2 + 8 * table.length + 4 + outlines.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, table.length);
  for (const [i, [codePoint = 0, advance = 0, offset = 0]] of table.entries()) {
    view.setUint16(2 + 8 * i, codePoint);
    view.setUint16(4 + 8 * i, advance);
    view.setUint32(6 + 8 * i, offset);
  }
  view.setUint32(2 + 8 * table.length, outlines.length);
  bytes.set(outlines, 6 + 8 * table.length);
  return bytes;
}

function packContour(contour: readonly Point[], scale: number): number[] {
  const numbers = [...varint(contour.length)];
  let [lastX, lastY] = [0, 0];
  for (const point of contour) {
    const x = Math.round(point.x * scale);
    const y = Math.round(-point.y * scale);
    numbers.push(...varint((zigzag(x - lastX) << 1) | (point.isOn ? 1 : 0)), ...varint(zigzag(y - lastY)));
    [lastX, lastY] = [x, y];
  }
  return numbers;
}

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}

const files = process.argv.slice(2);
const fonts = await Promise.all(files.map(async (file) => pack(new TrueType(await readFile(file)))));
await writeFile(TARGET, Buffer.concat(fonts));
console.log(`${TARGET}: ${fonts.map(({ length }) => `${length} bytes`).join(' + ')}`);
