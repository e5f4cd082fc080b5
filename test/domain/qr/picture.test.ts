/** QR images: whole modules at any size, the same pixels in both formats, colours that scan. */

import { describe, expect, test } from 'vitest';
import { Problem } from '../../../src/domain/problem.ts';
import { qrCode } from '../../../src/domain/qr/encode.ts';
import type { QrGrid } from '../../../src/domain/qr/grid.ts';
import { BLACK_ON_WHITE, parseQrColors, qrLayout } from '../../../src/domain/qr/picture.ts';
import { qrPng } from '../../../src/domain/qr/png.ts';
import { qrSvg } from '../../../src/domain/qr/svg.ts';
import { readPng } from '../../decoders/png.ts';
import { READERS } from '../../decoders/readers.ts';
import { KEYS, LAYOUT_1 } from '../../verify/vectors.ts';

const profileUrl = 'https://devcard.example/u/ada';
const small = qrCode([{ mode: 'byte', text: profileUrl }], 'M');
const large = qrCode([{ mode: 'numeric', digits: '7'.repeat(1700) }], 'L');

/** The problem that `attempt` ends in, as clients see it. */
function problemOf(attempt: () => unknown) {
  try {
    attempt();
  } catch (error) {
    if (error instanceof Problem) return { code: error.code, errors: error.errors };
    throw error;
  }
  throw new Error('accepted');
}

function refusal(path: string, message: string) {
  return { code: 'invalid-input', errors: [{ path, message }] };
}

describe('qrLayout', () => {
  test.each([
    [small, 37, { size: 37, scale: 1, margin: 4 }],
    [small, 73, { size: 73, scale: 1, margin: 22 }],
    [small, 74, { size: 74, scale: 2, margin: 8 }],
    [small, 400, { size: 400, scale: 10, margin: 55 }],
    [large, 97, { size: 97, scale: 1, margin: 4 }],
    [large, 2048, { size: 2048, scale: 21, margin: 89 }],
  ])('$size modules in %i pixels', (code, size, layout) => {
    expect(qrLayout(code, size)).toEqual(layout);
  });

  test.each([
    [small, 36, 37],
    [small, 1, 37],
    [large, 96, 97],
  ])('names the smallest size', (code, size, smallest) => {
    const refused = refusal('size', `The smallest size for this code is ${smallest}`);
    expect(problemOf(() => qrLayout(code, size))).toEqual(refused);
    expect(problemOf(() => qrSvg(code, size, BLACK_ON_WHITE))).toEqual(refused);
  });
});

describe('images', () => {
  const colors = { fg: '#123456', bg: '#fedcba' };
  const sizes = [37, 38, 73, 74, 99, 400, 401, 640, 777, 1023, 2047, 2048];

  /** What every pixel must be, from the modules alone. */
  function expected(code: QrGrid, size: number): string[] {
    const scale = Math.floor(size / (code.size + 8));
    const margin = Math.floor((size - scale * code.size) / 2);
    const isDark = (x: number, y: number) =>
      x >= 0 && y >= 0 && x < code.size && y < code.size && code.has(x, y);
    const row = (y: number) =>
      Array.from({ length: size }, (_, x) => (isDark(Math.floor((x - margin) / scale), y) ? '#' : '.')).join(
        '',
      );
    const rows = new Map<number, string>();
    return Array.from({ length: size }, (_, line) => {
      const y = Math.floor((line - margin) / scale);
      const text = rows.get(y) ?? row(y);
      rows.set(y, text);
      return text;
    });
  }

  /** A character for each pixel of a row, four bytes each. */
  const spelled = (row: Buffer) =>
    Array.from({ length: row.length / 4 }, (_, x) => {
      const pixel = row.readUIntBE(4 * x, 3);
      return pixel === 0x123456 ? '#' : pixel === 0xfedcba ? '.' : '?';
    }).join('');

  test.each(sizes)('PNG of %i pixels', async (size) => {
    const { data, width, height } = readPng(await qrPng(small, size, colors));
    expect([width, height]).toEqual([size, size]);
    let above: { row: Buffer; text: string } | undefined;
    const rows = Array.from({ length: size }, (_, y) => {
      const row = Buffer.from(data.buffer, data.byteOffset + 4 * y * size, 4 * size);
      // Most rows are the same as the one above: they are spelled out once.
      above = above?.row.equals(row) ? above : { row, text: spelled(row) };
      return above.text;
    });
    expect(rows).toEqual(expected(small, size));
  });

  test.each(sizes)('SVG of %i pixels', (size) => {
    const svg = qrSvg(small, size, colors);
    const parts = new RegExp(
      '^<svg xmlns="http://www.w3.org/2000/svg" width="(\\d+)" height="(\\d+)" viewBox="0 0 (\\d+) (\\d+)" shape-rendering="crispEdges">' +
        '<path fill="#fedcba" d="M0 0h(\\d+)v(\\d+)H0z"/>' +
        '<path transform="translate\\((\\d+) (\\d+)\\)scale\\((\\d+)\\)" stroke="#123456" d="([^"]+)"/></svg>\\n$',
    ).exec(svg)!;
    const [, w, h, vw, vh, bw, bh, left, top, scale, path = ''] = parts;
    expect([w, h, vw, vh, bw, bh].map(Number)).toEqual(Array(6).fill(size));
    expect(draw(path, size, Number(left), Number(top), Number(scale))).toEqual(expected(small, size));
  });

  /** Rasters the strokes of width 1 that the path's three commands draw. */
  function draw(path: string, size: number, left: number, top: number, scale: number): string[] {
    const canvas = Array.from({ length: size }, () => Array<string>(size).fill('.'));
    let x = 0;
    let y = 0;
    for (const [, command, a, b] of path.matchAll(/([Mmh])(\d+)(?: ([\d.]+))?/g)) {
      if (command === 'M') [x, y] = [Number(a), Number(b)];
      if (command === 'm') x += Number(a);
      if (command !== 'h') continue;
      for (let row = (y - 0.5) * scale; row < (y + 0.5) * scale; row++) {
        canvas[top + row]!.fill('#', left + x * scale, left + (x + Number(a)) * scale);
      }
      x += Number(a);
    }
    return canvas.map((row) => row.join(''));
  }

  test('are small', async () => {
    expect(qrSvg(large, 400, BLACK_ON_WHITE).length).toBeLessThan(14_000);
    expect((await qrPng(large, 400, BLACK_ON_WHITE)).length).toBeLessThan(2_500);
  });
});

describe('parseQrColors', () => {
  test.each([
    [undefined, undefined, { fg: '#000000', bg: '#ffffff' }],
    ['1A1A1A', '#FFFBEB', { fg: '#1a1a1a', bg: '#fffbeb' }],
    ['#0a66c2', undefined, { fg: '#0a66c2', bg: '#ffffff' }],
  ])('accepts %s on %s', (fg, bg, colors) => {
    expect(parseQrColors(fg, bg)).toEqual(colors);
  });

  const malformed = 'A colour is six hexadecimal digits, for instance 1a1a1a';
  test.each([
    ['red', undefined, 'fg', malformed],
    ['#000', undefined, 'fg', malformed],
    ['', undefined, 'fg', malformed],
    ['000000', 'ffffff80', 'bg', malformed],
    ['000000', '"/><script>', 'bg', malformed],
    ['ffffff', '000000', 'fg', 'The code must be darker than its background'],
    ['777777', '777777', 'fg', 'The code must be darker than its background'],
    ['6366f1', 'ffffff', 'fg', 'A contrast of 4.4 would not scan: it must be at least 5.5'],
    ['000000', '767676', 'fg', 'A contrast of 4.6 would not scan: it must be at least 5.5'],
  ])('refuses %s on %s', (fg, bg, path, message) => {
    expect(problemOf(() => parseQrColors(fg, bg))).toEqual(refusal(path, message));
  });
});

describe.each(Object.entries(READERS))('%s reads', (_, read) => {
  test('a profile URL', async () => {
    expect(await read(readPng(await qrPng(small, 400, BLACK_ON_WHITE)))).toBe(profileUrl);
  });

  test.each(LAYOUT_1)('$name', async ({ digits }) => {
    const url = `${KEYS.issuer}/q#`;
    const code = qrCode(
      [
        { mode: 'byte', text: url },
        { mode: 'numeric', digits },
      ],
      'L',
    );
    expect(await read(readPng(await qrPng(code, 400, BLACK_ON_WHITE)))).toBe(`${url}${digits}`);
  });
});
