/** QR codewords: how many fit, their Reed–Solomon error correction, and their interleaving (ISO/IEC 18004 section 7.5). */

/** Error correction: recovers about 7, 15, 25 and 30 % of the codewords. */
export type QrLevel = 'L' | 'M' | 'Q' | 'H';

/** How the codewords of one version and level are cut into blocks. */
export interface CodewordLayout {
  /** data codewords of each block, the shorter blocks first */
  blocks: readonly number[];
  /** error-correction codewords added to every block */
  correction: number;
}

// ISO/IEC 18004 Table 9, versions 1–18.
const CORRECTION_PER_BLOCK: Record<QrLevel, readonly number[]> = {
  L: [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30],
  M: [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26],
  Q: [13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28],
  H: [17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28],
};
const BLOCK_COUNT: Record<QrLevel, readonly number[]> = {
  L: [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6],
  M: [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13],
  Q: [1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18],
  H: [1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21],
};

/** The blocks of a version (1–18) at a level. */
export function codewordLayout(version: number, level: QrLevel): CodewordLayout {
  const correction = CORRECTION_PER_BLOCK[level][version - 1]!;
  const count = BLOCK_COUNT[level][version - 1]!;
  const data = (totalModules(version) >> 3) - correction * count;
  const short = Math.floor(data / count);
  const longer = data % count;
  return {
    correction,
    blocks: Array.from({ length: count }, (_, i) => short + (i >= count - longer ? 1 : 0)),
  };
}

/** Bits of data that a version (1–18) holds at a level, segment headers included. */
export function dataBits(version: number, level: QrLevel): number {
  const correction = CORRECTION_PER_BLOCK[level][version - 1]! * BLOCK_COUNT[level][version - 1]!;
  return 8 * ((totalModules(version) >> 3) - correction);
}

/** Modules left for codewords once finders, timing, alignment, format and version information are drawn. */
function totalModules(version: number): number {
  let modules = (16 * version + 128) * version + 64;
  if (version >= 2) {
    const alignments = Math.floor(version / 7) + 2;
    modules -= (25 * alignments - 10) * alignments - 55;
  }
  return version >= 7 ? modules - 36 : modules;
}

/** Data codewords followed by their error correction, both interleaved block by block, as they are drawn. */
export function withErrorCorrection(data: Uint8Array, { blocks, correction }: CodewordLayout): Uint8Array {
  const count = blocks.length;
  const shortest = blocks[0]!;
  const out = new Uint8Array(data.length + count * correction);
  const generator = generatorOf(correction);
  const firstLonger = blocks.indexOf(shortest + 1);
  let start = 0;
  blocks.forEach((length, block) => {
    const codewords = data.subarray(start, start + length);
    for (let i = 0; i < shortest; i++) out[i * count + block] = codewords[i]!;
    if (length > shortest) out[shortest * count + block - firstLonger] = codewords[shortest]!;
    const remainder = divide(codewords, generator);
    for (let i = 0; i < correction; i++) out[data.length + i * count + block] = remainder[i]!;
    start += length;
  });
  return out;
}

// GF(256) with the primitive polynomial x⁸+x⁴+x³+x²+1; EXP is doubled so that a sum of logarithms needs no modulo.
const EXP = new Uint8Array(510);
const LOG = new Uint8Array(256);
for (let power = 0, value = 1; power < 255; power++) {
  EXP[power] = value;
  EXP[power + 255] = value;
  LOG[value] = power;
  value = (value << 1) ^ (value & 0x80 ? 0x11d : 0);
}

const generators = new Map<number, Uint8Array>();

/** Logarithms of the generator polynomial's coefficients below the leading one, highest first. */
function generatorOf(degree: number): Uint8Array {
  const known = generators.get(degree);
  if (known) return known;
  let polynomial = [1];
  for (let root = 0; root < degree; root++) {
    const next = [...polynomial, 0];
    polynomial.forEach((coefficient, i) => {
      next[i + 1]! ^= EXP[LOG[coefficient]! + root]!;
    });
    polynomial = next;
  }
  const logs = Uint8Array.from(polynomial.slice(1), (coefficient) => LOG[coefficient]!);
  generators.set(degree, logs);
  return logs;
}

/** Remainder of the block times x^degree divided by the generator: the block's error-correction codewords. */
function divide(block: Uint8Array, generator: Uint8Array): Uint8Array {
  const degree = generator.length;
  const work = new Uint8Array(block.length + degree);
  work.set(block);
  for (let i = 0; i < block.length; i++) {
    const lead = work[i]!;
    if (lead === 0) continue;
    const log = LOG[lead]!;
    for (let j = 0; j < degree; j++) work[i + 1 + j]! ^= EXP[log + generator[j]!]!;
  }
  return work.subarray(block.length);
}
