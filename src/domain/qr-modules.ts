/** Draws codewords as QR modules: function patterns, zigzag placement, masks and their scores (ISO/IEC 18004 sections 6.3, 7.7–7.10). */

import type { QrLevel } from './qr-codewords.ts';
import { balancePenalty, blockPenalty, linePenalty } from './qr-penalty.ts';

/** 32-bit words in one row: enough for the 89 modules of version 18. */
export const WORDS = 3;

/** A finished code without its quiet zone. */
export interface QrCode {
  version: number;
  /** modules along one side */
  size: number;
  /** row after row, `WORDS` words each; bit `x & 31` of word `x >> 5` is set where the module is dark */
  rows: Uint32Array;
}

/** Whether the module is dark; coordinates run from 0 to `size - 1`. */
export function isDark({ rows }: QrCode, x: number, y: number): boolean {
  return ((rows[y * WORDS + (x >> 5)]! >>> (x & 31)) & 1) === 1;
}

/** Draws interleaved codewords under each of the eight masks and keeps the one with the lowest penalty. */
export function drawQr(version: number, level: QrLevel, codewords: Uint8Array): QrCode {
  const template = templateOf(version);
  const { size } = template;
  const plain = template.drawn.copy();
  placeCodewords(plain, template.path, codewords);
  let best: Grid | undefined;
  let lowest = Number.POSITIVE_INFINITY;
  for (let mask = 0; mask < MASKS.length; mask++) {
    const candidate = plain.copy();
    applyMask(candidate, template.free, mask);
    drawFormat(candidate, level, mask);
    const { rows, columns } = candidate;
    const penalty =
      linePenalty(rows, size) +
      linePenalty(columns, size) +
      blockPenalty(rows, size) +
      balancePenalty(rows, size);
    if (penalty < lowest) {
      lowest = penalty;
      best = candidate;
    }
  }
  return { version, size, rows: best!.rows };
}

/** Modules kept both by row and by column, so that runs in either direction are scored 32 lines at a time. */
class Grid {
  readonly size: number;
  readonly rows: Uint32Array;
  readonly columns: Uint32Array;

  constructor(size: number, rows = new Uint32Array(size * WORDS), columns = new Uint32Array(size * WORDS)) {
    this.size = size;
    this.rows = rows;
    this.columns = columns;
  }

  copy(): Grid {
    return new Grid(this.size, this.rows.slice(), this.columns.slice());
  }

  has(x: number, y: number): boolean {
    return ((this.rows[y * WORDS + (x >> 5)]! >>> (x & 31)) & 1) === 1;
  }

  set(x: number, y: number): void {
    this.rows[y * WORDS + (x >> 5)]! |= 1 << (x & 31);
    this.columns[x * WORDS + (y >> 5)]! |= 1 << (y & 31);
  }
}

interface Template {
  size: number;
  /** the dark modules of the function patterns */
  drawn: Grid;
  /** the modules that carry codewords */
  free: Grid;
  /** `y * size + x` of those modules in the order in which codeword bits fill them */
  path: Uint16Array;
}

const templates = new Map<number, Template>();

function templateOf(version: number): Template {
  const known = templates.get(version);
  if (known) return known;
  const size = 17 + 4 * version;
  const drawn = new Grid(size);
  const taken = new Grid(size);
  const put = (x: number, y: number, dark: boolean) => {
    if (x < 0 || y < 0 || x >= size || y >= size) return;
    taken.set(x, y);
    if (dark) drawn.set(x, y);
  };
  for (let i = 0; i < size; i++) {
    put(6, i, i % 2 === 0);
    put(i, 6, i % 2 === 0);
  }
  drawFinders(size, put);
  drawAlignments(version, size, put);
  if (version >= 7) drawVersion(version, size, put);
  reserveFormat(size, put);
  const path = zigzag(taken);
  const free = new Grid(size);
  for (const position of path) free.set(position % size, Math.floor(position / size));
  const template = { size, drawn, free, path };
  templates.set(version, template);
  return template;
}

type Put = (x: number, y: number, dark: boolean) => void;

/** The three finders with their separators; what falls outside the symbol is dropped by `put`. */
function drawFinders(size: number, put: Put): void {
  for (const [left, top] of [
    [0, 0],
    [size - 7, 0],
    [0, size - 7],
  ] as const) {
    for (let y = -1; y <= 7; y++) {
      for (let x = -1; x <= 7; x++) {
        const ring = Math.max(Math.abs(x - 3), Math.abs(y - 3));
        put(left + x, top + y, ring < 2 || ring === 3);
      }
    }
  }
}
