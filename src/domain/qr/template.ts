/** What every QR code of one version shares: function patterns, and the path along which codewords are laid (ISO/IEC 18004 sections 6.3 and 7.7.3). */

import { QrGrid } from './grid.ts';

/** The fixed part of one version; format information is reserved but not drawn, because it depends on the mask. */
export interface QrTemplate {
  /** modules along one side */
  size: number;
  /** the dark modules of the function patterns */
  drawn: QrGrid;
  /** the modules that carry codewords, to which a mask applies */
  free: QrGrid;
  /** `y * size + x` of the free modules in the order in which codeword bits fill them */
  path: Uint16Array;
  /** both places of each of the 15 format bits, least significant first */
  format: readonly (readonly Position[])[];
}

type Position = readonly [x: number, y: number];

const templates = new Map<number, QrTemplate>();

/** The template of a version (1–18), drawn once and kept. */
export function qrTemplate(version: number): QrTemplate {
  const known = templates.get(version);
  if (known) return known;
  const size = 17 + 4 * version;
  const drawn = new QrGrid(size);
  const taken = new QrGrid(size);
  const put = (x: number, y: number, dark: boolean) => {
    if (x < 0 || y < 0 || x >= size || y >= size) return;
    taken.set(x, y);
    if (dark) drawn.set(x, y);
  };
  drawTiming(size, put);
  drawFinders(size, put);
  drawAlignments(version, size, put);
  if (version >= 7) drawVersion(version, size, put);
  const format = formatPositions(size);
  // Keeps codewords out of the format information; the module under it is always dark (section 7.9).
  for (const [x, y] of format.flat()) put(x, y, false);
  put(8, size - 8, true);
  const path = zigzag(taken);
  const free = new QrGrid(size);
  for (const position of path) free.set(position % size, Math.floor(position / size));
  const template = { size, drawn, free, path, format };
  templates.set(version, template);
  return template;
}

type Put = (x: number, y: number, dark: boolean) => void;

function drawTiming(size: number, put: Put): void {
  for (let i = 0; i < size; i++) {
    put(6, i, i % 2 === 0);
    put(i, 6, i % 2 === 0);
  }
}

/** Draws concentric squares around a centre: dark in the middle, and where `isDarkRing` says so. */
function drawSquare(cx: number, cy: number, radius: number, isDarkRing: (ring: number) => boolean, put: Put) {
  for (let dy = -radius; dy <= radius; dy++) {
    for (let dx = -radius; dx <= radius; dx++) {
      put(cx + dx, cy + dy, isDarkRing(Math.max(Math.abs(dx), Math.abs(dy))));
    }
  }
}

/** The three finders with their separators (ring 4), which `put` clips at the symbol's edge. */
function drawFinders(size: number, put: Put): void {
  const far = size - 4;
  for (const [cx, cy] of [
    [3, 3],
    [far, 3],
    [3, far],
  ] as const) {
    drawSquare(cx, cy, 4, (ring) => ring < 2 || ring === 3, put);
  }
}

/** Alignment patterns stand on a grid of even coordinates, except where the finders are (Annex E). */
function drawAlignments(version: number, size: number, put: Put): void {
  const centres = alignmentCentres(version, size);
  const last = centres.length - 1;
  centres.forEach((cy, row) => {
    centres.forEach((cx, column) => {
      const onFinder = (row === 0 && (column === 0 || column === last)) || (row === last && column === 0);
      if (!onFinder) drawSquare(cx, cy, 2, (ring) => ring !== 1, put);
    });
  });
}

function alignmentCentres(version: number, size: number): number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const last = size - 7;
  const step = 2 * Math.ceil((last - 6) / (count - 1) / 2);
  return Array.from({ length: count }, (_, i) => (i === 0 ? 6 : last - (count - 1 - i) * step));
}

/** Version information with its (18,6) BCH code, beside two finders (section 7.10). */
function drawVersion(version: number, size: number, put: Put): void {
  const bits = (version << 12) | bchRemainder(version, 12, 0x1f25);
  for (let i = 0; i < 18; i++) {
    const dark = ((bits >>> i) & 1) === 1;
    const along = Math.floor(i / 3);
    const across = size - 11 + (i % 3);
    put(along, across, dark);
    put(across, along, dark);
  }
}

/** One copy of the format information runs around the top-left finder, the other along the two others. */
function formatPositions(size: number): Position[][] {
  return Array.from({ length: 15 }, (_, i) => {
    const around: Position = i < 6 ? [8, i] : i < 8 ? [8, i + 1] : i === 8 ? [7, 8] : [14 - i, 8];
    const along: Position = i < 8 ? [size - 1 - i, 8] : [8, size - 15 + i];
    return [around, along];
  });
}

/** Remainder of `value · x^degree` by a generator polynomial over GF(2), for the format and version codes. */
export function bchRemainder(value: number, degree: number, generator: number): number {
  let rest = value << degree;
  for (let bit = 31 - Math.clz32(rest); bit >= degree; bit = 31 - Math.clz32(rest)) {
    rest ^= generator << (bit - degree);
  }
  return rest;
}

/** Free modules in pairs of columns from the right, upwards and downwards by turns, past the vertical timing line. */
function zigzag(taken: QrGrid): Uint16Array {
  const { size } = taken;
  const path: number[] = [];
  let upwards = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++) {
      const y = upwards ? size - 1 - step : step;
      for (const x of [right, right - 1]) if (!taken.has(x, y)) path.push(y * size + x);
    }
    upwards = !upwards;
  }
  return Uint16Array.from(path);
}
