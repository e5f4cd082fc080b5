/** Sets lines of text: finds the fonts of their letters, orders them by direction and has HarfBuzz shape them. */
import { isRightToLeft, visualRuns } from './bidi.ts';
import {
  FontIndex,
  fontFile,
  IDEOGRAPHIC,
  ideographicOrder,
  indexFile,
  isIdeographic,
} from './font-index.ts';
import type { HarfBuzz, HarfBuzzFont, OutlinePen, Weight } from './harfbuzz.ts';

/** What shapes a line but is not seen: any font will do. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Fonts and their indexes that are open; many pictures share them. */
export class FontShelf {
  readonly #harfBuzz: HarfBuzz;
  readonly #fonts = new Map<string, HarfBuzzFont>();
  readonly #indexes = new Map<string, FontIndex>();
  /** Of all files. */
  bytes = 0;

  constructor(harfBuzz: HarfBuzz) {
    this.#harfBuzz = harfBuzz;
  }

  has(name: string): boolean {
    return this.#fonts.has(name) || this.#indexes.has(name);
  }

  /** Opens a file by its name. */
  add(name: string, file: ArrayBuffer): void {
    if (this.has(name)) return;
    this.bytes += file.byteLength;
    const family = (['alphabets', ...IDEOGRAPHIC] as const).find((one) => name === indexFile(one));
    if (family) this.#indexes.set(name, new FontIndex(family, file));
    else this.#fonts.set(name, this.#harfBuzz.font(file));
  }

  font(name: string): HarfBuzzFont | undefined {
    return this.#fonts.get(name);
  }

  index(name: string): FontIndex | undefined {
    return this.#indexes.get(name);
  }
}

/** A line as it stands, whatever its size: lengths in ems. */
export interface Line {
  width: number;
  isRtl: boolean;
  /** Draws it with the origin of each glyph at `x` from the line's beginning and `y` above its baseline. */
  draw(penAt: (x: number, y: number) => OutlinePen): void;
}

/** A part of a text with the file of its font, or with the index that would tell. */
interface FontRun {
  text: string;
  font?: string | undefined;
  index?: string | undefined;
}

/** Sets the texts of one picture with the fonts of a shelf. */
export class Typesetter {
  readonly #shelf: FontShelf;
  readonly #order: ReturnType<typeof ideographicOrder>;
  readonly #lines = new Map<string, Line | undefined>();

  /** @param card all texts of the card, which tell its language */
  constructor(shelf: FontShelf, card: string) {
    this.#shelf = shelf;
    this.#order = ideographicOrder(card);
  }

  /** Names of the files that a text needs. An index that is not open yet may lead to more: ask again after adding it. */
  files(text: string): string[] {
    const names = this.#fontRuns(text).flatMap(({ font, index }) => font ?? index ?? []);
    return [...new Set(names)];
  }

  /** A line, or undefined where no font that is open has all its letters. @param isRtl the direction of the text that it is part of */
  line(text: string, weight: Weight, isRtl = isRightToLeft(text)): Line | undefined {
    const key = `${weight}${isRtl}${text}`;
    if (!this.#lines.has(key)) this.#lines.set(key, this.#set(text, weight, isRtl));
    return this.#lines.get(key);
  }

  #set(text: string, weight: Weight, isRtl: boolean): Line | undefined {
    const placed: { font: HarfBuzzFont; id: number; x: number; y: number }[] = [];
    let x = 0;
    for (const run of visualRuns(text, isRtl)) {
      const parts = this.#fontRuns(run.text);
      for (const part of run.isRtl ? parts.reverse() : parts) {
        const font = part.font === undefined ? undefined : this.#shelf.font(part.font);
        if (!font) return undefined;
        for (const { id, advance, dx, dy } of font.shape(part.text, weight, run.isRtl)) {
          if (id === 0) return undefined;
          placed.push({ font, id, x: x + dx, y: dy });
          x += advance;
        }
      }
    }
    return {
      width: x,
      isRtl,
      draw: (penAt) => {
        for (const glyph of placed) glyph.font.draw(glyph.id, weight, penAt(glyph.x, glyph.y));
      },
    };
  }

  /** A text in parts of one font each; a part without a font cannot be written, or not until its index is open. */
  #fontRuns(text: string): FontRun[] {
    const runs: FontRun[] = [];
    for (const { segment } of graphemes.segment(text)) {
      for (const run of this.#fontRunsOf(segment)) {
        const last = runs.at(-1);
        if (last && last.font === run.font && last.index === run.index) last.text += run.text;
        else runs.push(run);
      }
    }
    return runs;
  }

  /** A letter with its marks, which one font should have. */
  #fontRunsOf(grapheme: string): FontRun[] {
    const characters = [...grapheme].filter((character) => !INVISIBLE.test(character));
    const choices = characters.map((character) => this.#fontsOf(character));
    const [first, ...others] = choices;
    if (!first) return [{ text: grapheme, font: fontFile('latin') }];
    const common = first.fonts.find((font) => others.every(({ fonts }) => fonts.includes(font)));
    const index = choices.find((one) => one.index !== undefined)?.index;
    if (common !== undefined || others.length === 0 || index !== undefined)
      return [{ text: grapheme, font: index === undefined ? common : undefined, index }];
    // A letter and its marks of two fonts: better apart than not at all.
    return characters.map((text, i) => ({ text, font: choices[i]?.fonts[0] }));
  }

  /** The fonts that have a character, or the index that would tell. */
  #fontsOf(character: string): { fonts: string[]; index?: string } {
    const codePoint = character.codePointAt(0) as number;
    const families = isIdeographic(character)
      ? (['alphabets', ...this.#order] as const)
      : ['alphabets' as const];
    for (const family of families) {
      const index = this.#shelf.index(indexFile(family));
      if (!index) return { fonts: [], index: indexFile(family) };
      const fonts = index.fontsOf(codePoint).map(fontFile);
      if (fonts.length > 0) return { fonts };
    }
    return { fonts: [] };
  }
}
