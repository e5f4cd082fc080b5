/** Draws codewords as modules: placement, the eight masks, the choice among them (ISO/IEC 18004 sections 7.7–7.9). */

import type { QrLevel } from './codewords.ts';
import { QrGrid, WORDS } from './grid.ts';
import { qrPenalty } from './penalty.ts';
import { bchRemainder, type QrTemplate, qrTemplate } from './template.ts';

/** Lays interleaved codewords out in a version (1–18) under the mask with the lowest penalty. */
export function drawQr(version: number, level: QrLevel, codewords: Uint8Array): QrGrid {
  const { drawn, free, path, format } = qrTemplate(version);
  const unmasked = drawn.copy();
  placeCodewords(unmasked, path, codewords);
  let best = unmasked;
  let lowest = Number.POSITIVE_INFINITY;
  for (let mask = 0; mask < MASKS.length; mask++) {
    const candidate = unmasked.copy();
    applyMask(candidate, free, mask);
    drawFormat(candidate, format, level, mask);
    const penalty = qrPenalty(candidate);
    if (penalty < lowest) {
      lowest = penalty;
      best = candidate;
    }
  }
  return best;
}

/** The few modules past the last codeword stay light. */
function placeCodewords(grid: QrGrid, path: Uint16Array, codewords: Uint8Array): void {
  const { size } = grid;
  const bits = codewords.length * 8;
  for (let i = 0; i < bits; i++) {
    if ((codewords[i >> 3]! << (i & 7)) & 0x80) {
      const position = path[i]!;
      const y = (position / size) | 0;
      grid.set(position - y * size, y);
    }
  }
}

/** ISO/IEC 18004 Table 10: where each mask inverts a module. */
const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** Every mask repeats after 12 modules in both directions, so 12 lines of each are enough for any version. */
const MASK_PERIOD = 12;
let maskLines: readonly QrGrid[] | undefined;

function masks(): readonly QrGrid[] {
  maskLines ??= MASKS.map((inverts) => {
    const lines = new QrGrid(MASK_PERIOD);
    for (let line = 0; line < MASK_PERIOD; line++) {
      for (let i = 0; i < WORDS * 32; i++) {
        const bit = 1 << (i & 31);
        const word = line * WORDS + (i >> 5);
        if (inverts(i, line)) lines.rows[word]! |= bit;
        if (inverts(line, i)) lines.columns[word]! |= bit;
      }
    }
    return lines;
  });
  return maskLines;
}

function applyMask(grid: QrGrid, free: QrGrid, mask: number): void {
  const { rows, columns } = masks()[mask]!;
  const period = MASK_PERIOD * WORDS;
  for (let word = 0, line = 0; word < grid.rows.length; word++, line = line + 1 === period ? 0 : line + 1) {
    grid.rows[word]! ^= rows[line]! & free.rows[word]!;
    grid.columns[word]! ^= columns[line]! & free.columns[word]!;
  }
}

const LEVEL_INDICATOR: Record<QrLevel, number> = { L: 1, M: 0, Q: 3, H: 2 };

/** Level and mask with their (15,5) BCH code, twice (section 7.9). */
function drawFormat(grid: QrGrid, format: QrTemplate['format'], level: QrLevel, mask: number): void {
  const value = (LEVEL_INDICATOR[level] << 3) | mask;
  const bits = ((value << 10) | bchRemainder(value, 10, 0x537)) ^ 0x5412;
  format.forEach((places, i) => {
    if ((bits >>> i) & 1) for (const [x, y] of places) grid.set(x, y);
  });
}
