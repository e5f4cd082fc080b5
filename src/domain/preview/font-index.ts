/** Which font files hold a character. `dev/preview-fonts.ts` makes them out of the Noto Sans fonts. */

/** Scripts with a file each; the first that has a character writes it. */
export const ALPHABETS = [
  'latin',
  'latin-ext',
  'vietnamese',
  'greek',
  'greek-ext',
  'cyrillic',
  'cyrillic-ext',
  'devanagari',
  'arabic',
  'armenian',
  'bengali',
  'ethiopic',
  'georgian',
  'gujarati',
  'gurmukhi',
  'hebrew',
  'kannada',
  'khmer',
  'lao',
  'malayalam',
  'myanmar',
  'oriya',
  'sinhala',
  'tamil',
  'telugu',
  'thai',
] as const;

/** The fonts of Japanese, Korean and Chinese, of about a hundred files each. */
export const IDEOGRAPHIC = ['jp', 'kr', 'sc'] as const;
type Ideographic = (typeof IDEOGRAPHIC)[number];

/** What the index of a family is called, and its fonts. */
export const indexFile = (family: Ideographic | 'alphabets') => `${family}.index`;
export const fontFile = (name: string) => `${name}.ttf`;

const IDEOGRAPHIC_TEXT =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Bopomofo}\uff00-\uffef]/u;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const HANGUL = /\p{Script=Hangul}/u;

/** Whether a character is looked for in the ideographic fonts. */
export function isIdeographic(character: string): boolean {
  return IDEOGRAPHIC_TEXT.test(character);
}

/**
 * In which order fonts are asked for an ideograph, whose form differs between languages: kana make a card Japanese,
 * Hangul make it Korean, and any other is Chinese.
 */
export function ideographicOrder(card: string): readonly Ideographic[] {
  if (KANA.test(card)) return ['jp', 'sc', 'kr'];
  return HANGUL.test(card) ? ['kr', 'jp', 'sc'] : ['sc', 'jp', 'kr'];
}

/** An index: ranges of code points by their beginning, each as its first one, and its length less one with the file's number. */
export class FontIndex {
  readonly #words: Uint32Array;
  readonly #nameOf: (file: number) => string;

  constructor(family: Ideographic | 'alphabets', file: ArrayBuffer) {
    this.#words = new Uint32Array(file);
    this.#nameOf = (number) =>
      family === 'alphabets' ? (ALPHABETS[number] as string) : `${family}-${number}`;
  }

  /** Writes an index; its bytes are in the order of all machines of today (little-endian). */
  static encode(characters: readonly { codePoint: number; file: number }[]): Uint8Array {
    const ranges: { first: number; last: number; file: number }[] = [];
    for (const { codePoint, file } of [...characters].sort(
      (a, b) => a.file - b.file || a.codePoint - b.codePoint,
    )) {
      const range = ranges.at(-1);
      if (range?.file === file && range.last === codePoint - 1) range.last = codePoint;
      else ranges.push({ first: codePoint, last: codePoint, file });
    }
    ranges.sort((a, b) => a.first - b.first || a.file - b.file);
    const words = ranges.flatMap(({ first, last, file }) => [first, ((last - first) << 8) | file]);
    return new Uint8Array(Uint32Array.from(words).buffer);
  }

  /** The names of the fonts that have a character. */
  fontsOf(codePoint: number): string[] {
    const files: number[] = [];
    const words = this.#words;
    for (let i = 0; i < words.length; i += 2) {
      const first = words[i] as number;
      if (first > codePoint) break;
      const second = words[i + 1] as number;
      if (codePoint <= first + (second >>> 8)) files.push(second & 0xff);
    }
    return files.sort((a, b) => a - b).map(this.#nameOf);
  }
}
