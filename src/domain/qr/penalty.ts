/** The score by which a QR mask is chosen (ISO/IEC 18004 section 7.8.3), computed for 32 modules at a time. */

import { type QrGrid, WORDS } from './grid.ts';

/** Penalty of a finished symbol; lower reads better. */
export function qrPenalty({ rows, columns, size }: QrGrid): number {
  return (
    linePenalty(rows, size) +
    linePenalty(columns, size) +
    blockPenalty(rows, size) +
    balancePenalty(rows, size)
  );
}

const RUN_WEIGHT = 3;
const BLOCK_WEIGHT = 3;
const FINDER_WEIGHT = 40;
const BALANCE_WEIGHT = 10;

/**
 * Runs of five or more equal modules, and look-alikes of a finder, across the lines. A run of n ≥ 5 costs
 * 3 + (n − 5): one for each window of five equal modules, and two more where a run's first window starts.
 */
function linePenalty(lines: Uint32Array, size: number): number {
  let windows = 0;
  let runs = 0;
  let finders = 0;
  for (let word = 0; word < WORDS; word++) {
    const inside = bitsBelow(size - 32 * word);
    let same1 = 0;
    let same2 = 0;
    let same3 = 0;
    let windowBefore = 0;
    for (let i = 1; i < size; i++) {
      const at = i * WORDS + word;
      const line = lines[at]!;
      const same = ~(line ^ lines[at - WORDS]!) & inside;
      const window = same & same1 & same2 & same3;
      if (window !== 0) {
        windows += popCount(window);
        runs += popCount(window & ~windowBefore);
      }
      windowBefore = window;
      same3 = same2;
      same2 = same1;
      same1 = same;
      if (i >= 6) finders += finderLookAlikes(lines, size, i, word);
    }
  }
  return windows + (RUN_WEIGHT - 1) * runs + FINDER_WEIGHT * finders;
}

/** How often 1:1:3:1:1 ends at line `i` with four light modules before or after it; with both, it counts twice. */
function finderLookAlikes(lines: Uint32Array, size: number, i: number, word: number): number {
  const at = i * WORDS + word;
  const line = (offset: number) => lines[at + offset * WORDS]!;
  const core = line(-6) & ~line(-5) & line(-4) & line(-3) & line(-2) & ~line(-1) & line(0);
  if (core === 0) return 0;
  const before = i >= 10 ? core & ~(line(-10) | line(-9) | line(-8) | line(-7)) : 0;
  const after = i + 4 < size ? core & ~(line(1) | line(2) | line(3) | line(4)) : 0;
  return popCount(before) + popCount(after);
}

/** Every 2 × 2 square of equal modules, overlapping ones too. */
function blockPenalty(rows: Uint32Array, size: number): number {
  let blocks = 0;
  for (let word = 0; word < WORDS; word++) {
    const inside = bitsBelow(size - 1 - 32 * word);
    const hasNext = word + 1 < WORDS;
    for (let i = 1; i < size; i++) {
      const at = i * WORDS + word;
      const below = rows[at]!;
      const same = ~(below ^ rows[at - WORDS]!);
      const sameOfNext = hasNext ? ~(rows[at + 1]! ^ rows[at + 1 - WORDS]!) : 0;
      const right = (below >>> 1) | (hasNext ? rows[at + 1]! << 31 : 0);
      blocks += popCount(same & ((same >>> 1) | (sameOfNext << 31)) & ~(below ^ right) & inside);
    }
  }
  return BLOCK_WEIGHT * blocks;
}

/** Ten for every full 5 % by which the share of dark modules differs from one half. */
function balancePenalty(rows: Uint32Array, size: number): number {
  let dark = 0;
  for (const word of rows) dark += popCount(word);
  return BALANCE_WEIGHT * Math.floor(10 * Math.abs((2 * dark) / (size * size) - 1));
}

/** A word whose lowest `count` bits are set: none for a negative count, all for 32 and more. */
function bitsBelow(count: number): number {
  return count <= 0 ? 0 : count >= 32 ? -1 : (1 << count) - 1;
}

function popCount(word: number): number {
  let n = word - ((word >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
