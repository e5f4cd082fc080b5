/** The modules of a styled code: which are drawn, in what shape, and what the logo in the middle covers. */
import type { QrGrid } from './grid.ts';
import { type QrStyle, qrVersion } from './style.ts';
import { qrTemplate } from './template.ts';

/** Of the side of a code: at more, the first of four decoders fails (test/decoders/styles.test.ts). */
const LOGO_SHARE = 0.22;
/** Diameter of a dot in modules. */
export const DOT = 0.9;
const FINDER = 7;
/** Right of and below the timing patterns and the format information. */
const TIMING = 8;

/** A grid to draw, without what the logo covers. */
export interface StyledModules {
  size: number;
  has(x: number, y: number): boolean;
  /** Modules along the side of the square in the middle that is left free; 0 without a logo. */
  hole: number;
  /** Whether a module is drawn as part of a square, whatever the shape: decoders look for the patterns first. */
  isSolid(x: number, y: number): boolean;
}

/** The modules of a code in a style. */
export function styledModules(code: QrGrid, { logo, shape }: Pick<QrStyle, 'logo' | 'shape'>): StyledModules {
  const { size } = code;
  // Odd, as the side of every code is, so that it stands in the middle.
  const hole = logo === 'none' ? 0 : 2 * Math.floor((size * LOGO_SHARE - 1) / 2) + 1;
  const from = (size - hole) / 2;
  const isCovered = (i: number) => i >= from && i < from + hole;
  const { free } = qrTemplate(qrVersion(code));
  const isFar = (i: number) => i >= size - FINDER;
  return {
    size,
    hole,
    has: (x, y) =>
      x >= 0 && y >= 0 && x < size && y < size && code.has(x, y) && !(isCovered(x) && isCovered(y)),
    isSolid: (x, y) =>
      shape === 'square' ||
      (shape === 'dots' &&
        ((x < FINDER && (y < FINDER || isFar(y))) ||
          (isFar(x) && y < FINDER) ||
          // Alignment patterns: of dots, jsQR does not find them.
          (x > TIMING && y > TIMING && !free.has(x, y)))),
  };
}

/** SVG path data: squares as strokes with flat ends, everything else as strokes with round ones. */
export function modulePaths(
  modules: StyledModules,
  shape: QrStyle['shape'],
): { flat: string; round: string } {
  const { size, has, isSolid } = modules;
  let [flat, round] = ['', ''];
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (!has(x, y)) continue;
      if (isSolid(x, y)) {
        let length = 1;
        while (has(x + length, y) && isSolid(x + length, y)) length++;
        flat += `M${x} ${y}.5h${length}`;
        x += length - 1;
      } else if (shape === 'dots') round += `M${x}.5 ${y}.5h0`;
      else {
        // A run along each direction: where two meet, they leave the corners round that nothing touches.
        if (!has(x - 1, y)) round += `M${x}.5 ${y}.5h${run((i) => has(x + i, y))}`;
        if (!has(x, y - 1) && has(x, y + 1)) round += `M${x}.5 ${y}.5v${run((i) => has(x, y + i))}`;
      }
    }
  }
  return { flat, round };
}

/** From the middle of the first module to that of the last. */
function run(isDark: (i: number) => boolean): number {
  let length = 1;
  while (isDark(length)) length++;
  return length - 1;
}

/** How much of the pixels of one module is dark, by rows; kept by what touches it. */
export function moduleTiles(modules: StyledModules, shape: QrStyle['shape'], scale: number) {
  const tiles = new Map<number, Float32Array>();
  const { has, isSolid } = modules;
  return (x: number, y: number): Float32Array => {
    const [left, right, above, below] = [has(x - 1, y), has(x + 1, y), has(x, y - 1), has(x, y + 1)];
    const kind = isSolid(x, y)
      ? 16
      : shape === 'dots'
        ? 17
        : Number(left) | (Number(right) << 1) | (Number(above) << 2) | (Number(below) << 3);
    let tile = tiles.get(kind);
    if (!tile) {
      const radius = kind === 17 ? DOT / 2 : 0.5;
      const isInside = (u: number, w: number) =>
        kind === 16 ||
        (kind !== 17 && ((u < 0 ? left : right) || (w < 0 ? above : below))) ||
        u * u + w * w <= radius * radius;
      tile = coverage(scale, isInside);
      tiles.set(kind, tile);
    }
    return tile;
  };
}

const SAMPLES = 4;

/** Shares of the pixels of a square, -0.5 to 0.5 in both directions. */
function coverage(scale: number, isInside: (u: number, w: number) => boolean): Float32Array {
  const tile = new Float32Array(scale * scale);
  const side = scale * SAMPLES;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      if (!isInside((x + 0.5) / side - 0.5, (y + 0.5) / side - 0.5)) continue;
      tile[Math.floor(y / SAMPLES) * scale + Math.floor(x / SAMPLES)]! += 1 / SAMPLES ** 2;
    }
  }
  return tile;
}
