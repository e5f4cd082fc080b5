/** Fits texts into the picture: the size of a name, where lines break, what is left out. */
import { isRightToLeft } from './bidi.ts';
import type { Weight } from './harfbuzz.ts';
import type { Line, Typesetter } from './typesetter.ts';

/** Scripts without spaces between words. */
const UNSPACED =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\uff00-\uffef]/u;

const words = new Intl.Segmenter('en', { granularity: 'word' });
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A size to try, in pixels an em, and how many lines then have room. */
export interface Size {
  size: number;
  lines: number;
}

/** Texts of one picture, whose letters are known to be there. */
export class Fitting {
  readonly #typesetter: Typesetter;

  constructor(typesetter: Typesetter) {
    this.#typesetter = typesetter;
  }

  /** The lines of a text at the first size at which it fits; at the last it is shortened. */
  fitted(
    text: string,
    { weight, width, sizes }: { weight: Weight; width: number; sizes: readonly Size[] },
  ): { size: number; lines: Line[] } {
    const isRtl = isRightToLeft(text);
    const line = (part: string) => this.#line(part, weight, isRtl);
    for (const { size, lines: most } of sizes) {
      const lines = this.#wrapped(text, weight, width / size, isRtl);
      const isFitting = lines.length <= most && lines.every((part) => line(part).width <= width / size);
      if (isFitting) return { size, lines: lines.map(line) };
    }
    const { size, lines: most } = sizes.at(-1) as Size;
    const lines = this.#wrapped(text, weight, width / size, isRtl);
    const start = lines.slice(0, most - 1);
    // The rest as it was written, with its spaces.
    const rest = text.slice(start.reduce((at, part) => text.indexOf(part, at) + part.length, 0)).trimStart();
    return {
      size,
      lines: [...start, rest].map((part) => this.#shortened(part, weight, width / size, isRtl)),
    };
  }

  #line(text: string, weight: Weight, isRtl: boolean): Line {
    return this.#typesetter.line(text, weight, isRtl) as Line;
  }

  #wrapped(text: string, weight: Weight, width: number, isRtl: boolean): string[] {
    const lines: string[] = [];
    for (const piece of pieces(text)) {
      const longer = `${lines.at(-1) ?? ''}${piece}`;
      if (lines.length > 0 && this.#line(longer.trimEnd(), weight, isRtl).width <= width)
        lines[lines.length - 1] = longer;
      else lines.push(piece);
    }
    return lines.map((line) => line.trimEnd());
  }

  /** The text, or as much of its beginning as has room with an ellipsis. */
  #shortened(text: string, weight: Weight, width: number, isRtl: boolean): Line {
    const whole = this.#line(text, weight, isRtl);
    if (whole.width <= width) return whole;
    const letters = [...graphemes.segment(text)].map(({ segment }) => segment);
    const cut = (length: number) =>
      this.#line(`${letters.slice(0, length).join('').trimEnd()}…`, weight, isRtl);
    let [fits, tooLong] = [0, letters.length];
    while (tooLong - fits > 1) {
      const middle = (fits + tooLong) >> 1;
      if (cut(middle).width <= width) fits = middle;
      else tooLong = middle;
    }
    return cut(fits);
  }
}

/** The parts of a text between which a line may break; each keeps its space. */
function pieces(text: string): string[] {
  return text.split(/(?<= )/).flatMap((word) => {
    if (!UNSPACED.test(word)) return [word];
    const parts: string[] = [];
    for (const { segment, isWordLike } of words.segment(word)) {
      // Punctuation does not begin a line.
      if (!isWordLike && parts.length > 0) parts[parts.length - 1] += segment;
      else parts.push(segment);
    }
    return parts;
  });
}
