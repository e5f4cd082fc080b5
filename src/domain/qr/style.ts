/** How a QR code looks: colours, the shape of its modules, a logo in its middle, and the error correction that pays for both. */
import * as v from 'valibot';
import { Problem } from '../problem.ts';
import type { Result } from '../result.ts';
import type { QrLevel } from './codewords.ts';
import { qrCode } from './encode.ts';
import type { QrGrid } from './grid.ts';
import { BLACK_ON_WHITE, parseQrColors, type QrColors, type QrLayout, qrLayout, refused } from './picture.ts';

export const QR_SHAPES = ['square', 'rounded', 'dots'] as const;
export const QR_LOGOS = ['none', 'initials', 'mark'] as const;
export const QR_LEVELS = ['L', 'M', 'Q', 'H'] as const;

/** Everything that can be chosen of a code of an address. */
export interface QrStyle extends QrColors {
  shape: (typeof QR_SHAPES)[number];
  logo: (typeof QR_LOGOS)[number];
  level: QrLevel;
}

/** What a code looks like unless somebody chose otherwise. An address is short, and a printed code gets dirty: level M. */
export const PLAIN_STYLE: QrStyle = { ...BLACK_ON_WHITE, shape: 'square', logo: 'none', level: 'M' };

/** `parseQrColors` says what is wrong with others. */
const color = v.pipe(v.string('Send a text.'), v.metadata({ pattern: '^#?[0-9A-Fa-f]{6}$' }));

/** The members of a style as requests give them; what is left out is plain. */
export const QR_STYLE_FIELDS = {
  fg: v.optional(color),
  bg: v.optional(color),
  shape: v.optional(v.picklist(QR_SHAPES, `Choose one of: ${QR_SHAPES.join(', ')}.`)),
  logo: v.optional(v.picklist(QR_LOGOS, `Choose one of: ${QR_LOGOS.join(', ')}.`)),
  level: v.optional(v.picklist(QR_LEVELS, `Choose one of: ${QR_LEVELS.join(', ')}.`)),
};

/** Some members of a style, or none. */
export type QrStyleInput = { [Field in keyof QrStyle]?: QrStyle[Field] | undefined };

/** The levels that can spare what a logo covers. */
const LEVELS_FOR_LOGO: readonly QrLevel[] = ['Q', 'H'];

/**
 * The whole style: what is left out is plain, and a logo brings level Q unless H was asked for.
 * @throws Problem `invalid-input` where four decoders would not read it
 */
export function parseQrStyle({ fg, bg, shape, logo, level }: QrStyleInput): QrStyle {
  const colors = parseQrColors(fg, bg);
  const { shape: square, logo: none, level: usual } = PLAIN_STYLE;
  const style = { ...colors, shape: shape ?? square, logo: logo ?? none };
  if (style.logo === 'none') return { ...style, level: level ?? usual };
  if (level && !LEVELS_FOR_LOGO.includes(level))
    throw refused('level', `A logo covers what level ${level} cannot repair: choose Q or H.`);
  return { ...style, level: level ?? 'Q' };
}

/** The same as a rule for what owners save. */
export function checkQrStyle(input: QrStyleInput): Result<QrStyle> {
  try {
    return { ok: true, value: parseQrStyle(input) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { ok: false, message: error.message };
  }
}

/** Whether a style asks for nothing that the plain drawing does not have. */
export function isPlainDrawing({ shape, logo }: Pick<QrStyle, 'shape' | 'logo'>): boolean {
  return shape === 'square' && logo === 'none';
}

/** Pixels of a module below which shapes and logos are mush. */
export const MIN_STYLED_SCALE = 4;
/** Larger versions have an alignment pattern in the middle, where a logo stands. */
const LOGO_MAX_VERSION = 6;

/** The version of a code by its size. */
export function qrVersion({ size }: Pick<QrGrid, 'size'>): number {
  return (size - 17) / 4;
}

/** The code of an address at the level of a style. Throws `QrCapacityError`. */
export function styledCode(url: string, { level }: Pick<QrStyle, 'level'>): QrGrid {
  return qrCode([{ mode: 'byte', text: url }], level);
}

/**
 * Where a code stands in its picture.
 * @throws Problem `invalid-input` at `logo` where the code is too large for one, at `size` naming the smallest
 */
export function styledLayout(code: Pick<QrGrid, 'size'>, size: number, style: QrStyle): QrLayout {
  if (isPlainDrawing(style)) return qrLayout(code, size);
  if (style.logo !== 'none' && qrVersion(code) > LOGO_MAX_VERSION)
    throw refused(
      'logo',
      'This address is so long that a logo at this level would cover a pattern of its code: choose a lower level, or none.',
    );
  return qrLayout(code, size, MIN_STYLED_SCALE);
}

/**
 * What a picture of an address that was asked for without a style looks like: as its owner chose, but for what a long
 * address or a small picture has no room for.
 */
export function ownStyle(chosen: QrStyle | null | undefined, url: string, size: number): QrStyle {
  if (!chosen) return PLAIN_STYLE;
  const simpler = [
    chosen,
    { ...chosen, logo: 'none' },
    { ...chosen, logo: 'none', shape: 'square' },
  ] as const;
  return (
    simpler.find((style) => {
      try {
        return styledLayout(styledCode(url, style), size, style);
      } catch {
        return false;
      }
    }) ?? PLAIN_STYLE
  );
}
