/** The letters of preview images: outlines read from the file that `dev/preview-font.ts` makes and describes. */

/** Units of an em in outlines and advances. */
export const UNITS_PER_EM = 512;

/** A point of an outline; between two that are off the curve lies one that is on it (as in TrueType). */
export interface OutlinePoint {
  x: number;
  y: number;
  isOn: boolean;
}

export interface Glyph {
  /** Units to the next letter. */
  advance: number;
  /** Closed contours, y downwards from the baseline. */
  contours: OutlinePoint[][];
}

/** One weight of the font; glyphs are read when they are drawn. */
export class OutlineFont {
  readonly #bytes: Uint8Array;
  /** Advance and place of the outline by code point. */
  readonly #table = new Map<number, { advance: number; at: number }>();

  private constructor(bytes: Uint8Array, glyphs: number, outlines: number) {
    this.#bytes = bytes;
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    for (let entry = 2; entry < 2 + 8 * glyphs; entry += 8) {
      const advance = view.getUint16(entry + 2);
      this.#table.set(view.getUint16(entry), { advance, at: outlines + view.getUint32(entry + 4) });
    }
  }

  /** The fonts of a file, one after the other. */
  static readAll(file: ArrayBuffer): OutlineFont[] {
    const fonts: OutlineFont[] = [];
    for (let start = 0; start < file.byteLength; ) {
      const view = new DataView(file, start);
      const glyphs = view.getUint16(0);
      const outlines = 6 + 8 * glyphs;
      const length = outlines + view.getUint32(outlines - 4);
      fonts.push(new OutlineFont(new Uint8Array(file, start, length), glyphs, outlines));
      start += length;
    }
    return fonts;
  }

  /** Whether every character of a text has a glyph. */
  covers(text: string): boolean {
    return [...text].every((character) => this.#table.has(character.codePointAt(0) ?? -1));
  }

  /** Width of a text in pixels at a size of `size` pixels an em. */
  width(text: string, size: number): number {
    let units = 0;
    for (const character of text) units += this.#table.get(character.codePointAt(0) ?? -1)?.advance ?? 0;
    return (units * size) / UNITS_PER_EM;
  }

  glyph(character: string): Glyph | undefined {
    const entry = this.#table.get(character.codePointAt(0) ?? -1);
    return entry && { advance: entry.advance, contours: this.#contoursAt(entry.at) };
  }

  #contoursAt(start: number): OutlinePoint[][] {
    const bytes = this.#bytes;
    let at = start;
    const varint = () => {
      let value = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[at++] ?? 0;
        value |= (byte & 0x7f) << shift;
        if (byte < 0x80) return value;
      }
    };
    const step = (zigzag: number) => (zigzag & 1 ? -(zigzag + 1) / 2 : zigzag / 2);
    return Array.from({ length: varint() }, () => {
      let [x, y] = [0, 0];
      return Array.from({ length: varint() }, () => {
        const first = varint();
        x += step(first >> 1);
        y += step(varint());
        return { x, y, isOn: (first & 1) === 1 };
      });
    });
  }
}
