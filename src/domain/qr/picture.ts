/** What every picture of a QR code shares: its colours, and whole modules centred in the asked-for size. */

import { contrast, luminance } from '../color.ts';
import { Problem } from '../problem.ts';
import type { QrGrid } from './grid.ts';

/** Light modules that must surround a code (ISO/IEC 18004 section 9.1). */
const QUIET_ZONE_MODULES = 4;

/** Colours of the dark and the light modules, `#rrggbb`. */
export interface QrColors {
  fg: string;
  bg: string;
}

export const BLACK_ON_WHITE: QrColors = { fg: '#000000', bg: '#ffffff' };

/** Where a code stands in a square picture: pixels of one module, and of the margin to the left and above. */
export interface QrLayout {
  size: number;
  scale: number;
  margin: number;
}

/**
 * The largest whole modules that leave the quiet zone in a picture of `size` × `size` pixels, centred.
 * @param minScale pixels that a module needs
 * @throws Problem `invalid-input` at `size`, naming the smallest size, where a module would have less
 */
export function qrLayout(code: Pick<QrGrid, 'size'>, size: number, minScale = 1): QrLayout {
  const modules = code.size + 2 * QUIET_ZONE_MODULES;
  const scale = Math.floor(size / modules);
  if (scale < minScale) throw refused('size', `The smallest size for this code is ${modules * minScale}`);
  return { size, scale, margin: Math.floor((size - code.size * scale) / 2) };
}

/**
 * At 5.9 and more, four decoders read version 18 blurred, turned, as JPEG q60 and under glare; at 5.0 the first of
 * them fails (docs/offline-qr.md, section 10). Contrast as in WCAG 2.2, which runs from 1 to 21.
 */
const MIN_CONTRAST_RATIO = 5.5;
const COLOR = /^#?([0-9a-f]{6})$/i;

/**
 * Reads the colours of a request: six hexadecimal digits, with or without `#`.
 * @throws Problem `invalid-input` at `fg` or `bg` where one is malformed, not dark on light, or would not scan
 */
export function parseQrColors(fg = BLACK_ON_WHITE.fg, bg = BLACK_ON_WHITE.bg): QrColors {
  const colors = { fg: parseColor('fg', fg), bg: parseColor('bg', bg) };
  if (luminance(colors.fg) >= luminance(colors.bg)) {
    throw refused('fg', 'The code must be darker than its background');
  }
  const ratio = contrast(colors.fg, colors.bg);
  if (ratio < MIN_CONTRAST_RATIO) {
    const actual = (Math.floor(ratio * 10) / 10).toFixed(1);
    throw refused('fg', `A contrast of ${actual} would not scan: it must be at least ${MIN_CONTRAST_RATIO}`);
  }
  return colors;
}

function parseColor(path: 'fg' | 'bg', text: string): string {
  const digits = COLOR.exec(text)?.[1];
  if (!digits) throw refused(path, 'A colour is six hexadecimal digits, for instance 1a1a1a');
  return `#${digits.toLowerCase()}`;
}

/** A refusal that names the parameter at fault. */
export function refused(path: string, message: string): Problem {
  return new Problem('invalid-input', { detail: message, errors: [{ path, message }] });
}
