/** QR codes: equal, module for module, to those of an encoder that nobody here wrote, in every version and level. */

import fc from 'fast-check';
import { correction, generate, mode } from 'lean-qr';
import { describe, expect, test } from 'vitest';
import { dataBits, type QrLevel } from '../../../src/domain/qr/codewords.ts';
import {
  digitCapacity,
  MAX_QR_VERSION,
  QrCapacityError,
  qrCode,
  sturdyCode,
} from '../../../src/domain/qr/encode.ts';

/** Rows of modules as text, drawn by lean-qr with the padding of ISO/IEC 18004. */
function reference(text: string, digits: string, level: QrLevel): string[] {
  const modes = [
    ...(text ? [mode.bytes(new TextEncoder().encode(text))] : []),
    ...(digits ? [mode.numeric(digits)] : []),
  ];
  const code = generate(mode.multi(...modes), {
    minCorrectionLevel: correction[level],
    maxCorrectionLevel: correction[level],
    trailer: 0xec11,
  });
  return rows(code.size, (x, y) => code.get(x, y));
}

function drawn(text: string, digits: string, level: QrLevel): string[] {
  const code = qrCode(
    [
      ...(text ? [{ mode: 'byte', text } as const] : []),
      ...(digits ? [{ mode: 'numeric', digits } as const] : []),
    ],
    level,
  );
  return rows(code.size, (x, y) => code.has(x, y));
}

function rows(size: number, isDark: (x: number, y: number) => boolean): string[] {
  const indices = Array.from({ length: size }, (_, i) => i);
  return indices.map((y) => indices.map((x) => (isDark(x, y) ? '#' : '.')).join(''));
}

const everyVersion = Array.from({ length: MAX_QR_VERSION }, (_, i) => i + 1);

describe.each(['L', 'M', 'Q', 'H'] as const)('level %s', (level) => {
  test.each(everyVersion)(
    'version %i, full and with one more digit than the version before it holds',
    (version) => {
      const headBits = 4 + (version < 10 ? 10 : 12);
      const digits = (bits: number) =>
        '8273645190'.repeat(300).slice(0, Math.floor(((bits - headBits) * 3) / 10));
      const full = digits(dataBits(version, level));
      expect(drawn('', full, level)).toHaveLength(17 + 4 * version);
      expect(drawn('', full, level)).toEqual(reference('', full, level));
      const least = version === 1 ? '1' : `${digits(dataBits(version - 1, level))}12345`;
      expect(drawn('', least, level)).toEqual(reference('', least, level));
    },
  );

  test('any bytes and digits', () => {
    const input = fc.record({
      text: fc.string({ unit: 'grapheme', maxLength: 60 }),
      digits: fc.stringMatching(/^\d{0,900}$/),
    });
    fc.assert(
      fc.property(input, ({ text, digits }) => {
        expect(drawn(text, digits, level)).toEqual(reference(text, digits, level));
      }),
      { numRuns: 150 },
    );
  });

  test('refuses what no version holds', () => {
    expect(() => qrCode([{ mode: 'byte', text: 'a'.repeat(719) }], level)).toThrow(QrCapacityError);
  });
});

describe('sturdyCode', () => {
  test('takes the smallest version of level L, and the highest level that this version holds', () => {
    for (const version of [1, 7, 10, 13, 18]) {
      for (const level of ['L', 'M', 'Q', 'H'] as const) {
        const headBits = 4 + (version < 10 ? 10 : 12);
        const digits = '8273645190'
          .repeat(300)
          .slice(0, Math.floor(((dataBits(version, level) - headBits) * 3) / 10));
        const code = sturdyCode([{ mode: 'numeric', digits }]);
        const fitsBefore =
          version > 1 && digits.length <= Math.floor(((dataBits(version - 1, 'L') - headBits) * 3) / 10);
        if (fitsBefore) expect(code.size).toBeLessThan(17 + 4 * version);
        else expect(rows(code.size, (x, y) => code.has(x, y))).toEqual(reference('', digits, level));
      }
    }
  });
});

describe('digitCapacity', () => {
  test.each([
    [0, 13, 1016],
    [26, 13, 954],
    [0, 18, 1719],
    [26, 18, 1657],
    [60, 18, 1575],
    [10_000, 18, 0],
  ])('behind %i bytes in version %i', (prefixBytes, version, digits) => {
    expect(digitCapacity(prefixBytes, version)).toBe(digits);
  });

  test.each([13, 18])('is exactly what version %i takes', (version) => {
    for (let prefixBytes = 20; prefixBytes < 80; prefixBytes++) {
      const most = digitCapacity(prefixBytes, version);
      const sizeOf = (count: number) =>
        qrCode(
          [
            { mode: 'byte', text: 'a'.repeat(prefixBytes) },
            { mode: 'numeric', digits: '1'.repeat(count) },
          ],
          'L',
        ).size;
      expect(sizeOf(most)).toBe(17 + 4 * version);
      if (version < MAX_QR_VERSION) expect(sizeOf(most + 1)).toBe(21 + 4 * version);
      else expect(() => sizeOf(most + 1)).toThrow(QrCapacityError);
    }
  });
});
