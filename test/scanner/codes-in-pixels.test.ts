/** What the scanner's own decoder reads: several codes, mirrored, inverted, tilted, keystoned and noisy pictures. */
import { describe, expect, test } from 'vitest';
import { readPixels } from '../../scanner/codes-in-pixels.ts';
import { qrCode, sturdyCode } from '../../src/domain/qr/encode.ts';
import { offlineCodeSegments } from '../../src/domain/tokens/offline-code.ts';
import { findCandidates } from '../../verify/find-token.ts';
import { blankLuma, drawCode, pictureOf, pixelsOf, type View } from '../decoders/picture.ts';
import { KEYS, LAYOUT_2 } from '../verify/vectors.ts';

const LIMIT_MS = 20_000;
const isOurs = (text: string) => findCandidates(text).length > 0;
const { digits } = LAYOUT_2.find(({ name }) => name === 'typical')!;
const url = `${KEYS.issuer}/c#${digits}`;
const code = sturdyCode(offlineCodeSegments(url));
const wifi = qrCode([{ mode: 'byte', text: 'WIFI:S:Venue;T:WPA;P:secret123;;' }], 'M');
const FRAME = { width: 640, height: 480, codeWidth: 330 };

describe('one code', () => {
  test.each<[string, Partial<View>]>([
    ['as it is', {}],
    ['mirrored', { isMirrored: true }],
    ['inverted', { isInverted: true }],
    ['mirrored and inverted', { isMirrored: true, isInverted: true }],
    ['with a keystone of 4 %', { keystone: 0.04 }],
    ['with a keystone of 4 % the other way', { keystone: -0.04 }],
    ['tilted by 25°', { tilt: 25 }],
    ['turned by 20°', { turn: 20 }],
    ['turned by 180°', { turn: 180 }],
    ['blurred, noisy and tilted', { blur: 1.5, noise: 12, tilt: 15 }],
  ])('%s', (_, view) => {
    const pixels = pixelsOf(pictureOf(code, { ...FRAME, ...view }, 3), FRAME.width);
    expect(readPixels(pixels, isOurs, LIMIT_MS, true)).toBe(url);
  });

  test('in the mirror only where that is asked for', () => {
    const pixels = pixelsOf(pictureOf(code, { ...FRAME, isMirrored: true }), FRAME.width);
    expect(readPixels(pixels, isOurs, LIMIT_MS, false)).toBeUndefined();
  });
});

describe('several codes', () => {
  const picture = (...codes: [typeof code, number, number][]) => {
    const luma = blankLuma(1000, 480);
    for (const [one, codeWidth, x] of codes)
      drawCode(luma, one, { codeWidth, width: 1000, height: 480, at: [x, 0.5] });
    return pixelsOf(luma, 1000);
  };

  test.each([
    ['ours on the right', picture([wifi, 200, 0.18], [code, 330, 0.7])],
    ['ours on the left', picture([code, 330, 0.3], [wifi, 240, 0.8])],
    ['ours between two', picture([wifi, 150, 0.1], [code, 330, 0.5], [wifi, 150, 0.9])],
  ])('%s', (_, pixels) => {
    expect(readPixels(pixels, isOurs, LIMIT_MS, true)).toBe(url);
  });

  test('none of ours: the first is read', () => {
    expect(readPixels(picture([wifi, 200, 0.3]), isOurs, LIMIT_MS, true)).toBe(
      'WIFI:S:Venue;T:WPA;P:secret123;;',
    );
  });

  test('none at all', () => {
    expect(readPixels(pixelsOf(blankLuma(640, 480), 640), isOurs, LIMIT_MS, true)).toBeUndefined();
  });
});
