/** A square of modules, held as bits in both directions so that runs along either are scored 32 lines at a time. */

/** 32-bit words in one line: enough for the 89 modules of version 18. */
export const WORDS = 3;

/** Dark modules by row and by column: bit `i & 31` of word `line * WORDS + (i >> 5)`. */
export class QrGrid {
  readonly size: number;
  readonly rows: Uint32Array;
  readonly columns: Uint32Array;

  constructor(size: number, rows = new Uint32Array(size * WORDS), columns = new Uint32Array(size * WORDS)) {
    this.size = size;
    this.rows = rows;
    this.columns = columns;
  }

  copy(): QrGrid {
    return new QrGrid(this.size, this.rows.slice(), this.columns.slice());
  }

  has(x: number, y: number): boolean {
    return ((this.rows[y * WORDS + (x >> 5)]! >>> (x & 31)) & 1) === 1;
  }

  set(x: number, y: number): void {
    this.rows[y * WORDS + (x >> 5)]! |= 1 << (x & 31);
    this.columns[x * WORDS + (y >> 5)]! |= 1 << (y & 31);
  }
}
