/** QR codes: equal, module for module, to those of an encoder that nobody here wrote, in every version and level. */

import fc from 'fast-check';
import { correction, generate, mode } from 'lean-qr';
import { describe, expect, test } from 'vitest';
import { dataBits, type QrLevel } from '../../../src/domain/qr/codewords.ts';
import { digitCapacity, MAX_QR_VERSION, QrCapacityError, qrCode } from '../../../src/domain/qr/encode.ts';

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

describe.each(['L', 'M'] as const)('level %s', (level) => {
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

describe('digitCapacity', () => {
  test.each([
    [0, 1719],
    [26, 1657],
    [60, 1575],
    [10_000, 0],
  ])('behind %i bytes', (prefixBytes, digits) => {
    expect(digitCapacity(prefixBytes)).toBe(digits);
  });

  test('is exactly what version 18 takes', () => {
    for (let prefixBytes = 20; prefixBytes < 80; prefixBytes++) {
      const text = 'a'.repeat(prefixBytes);
      const digits = '1'.repeat(digitCapacity(prefixBytes));
      expect(
        qrCode(
          [
            { mode: 'byte', text },
            { mode: 'numeric', digits },
          ],
          'L',
        ).size,
      ).toBe(89);
      expect(() =>
        qrCode(
          [
            { mode: 'byte', text },
            { mode: 'numeric', digits: `${digits}1` },
          ],
          'L',
        ),
      ).toThrow(QrCapacityError);
    }
  });
});
