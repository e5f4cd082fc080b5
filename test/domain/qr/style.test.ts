/** The style of a code: what is let through, what is refused and why, and what becomes of a choice that has no room. */
import { describe, expect, test } from 'vitest';
import { Problem } from '../../../src/domain/problem.ts';
import { MARK_OUTLINE } from '../../../src/domain/qr/logo.ts';
import { styledModules } from '../../../src/domain/qr/shapes.ts';
import {
  ownStyle,
  PLAIN_STYLE,
  parseQrStyle,
  type QrStyleInput,
  styledCode,
  styledLayout,
} from '../../../src/domain/qr/style.ts';
import { styledPng, styledSvg } from '../../../src/domain/qr/styled.ts';
import { readPng } from '../../decoders/png.ts';

const SHORT = 'https://devcard.example/u/ada';
/** 75 bytes: one more than version 6 holds at level Q. */
const LONG = `https://devcard.example/u/${'a'.repeat(49)}`;

function messageOf(attempt: () => unknown): unknown {
  try {
    attempt();
  } catch (error) {
    if (error instanceof Problem) return error.errors;
    throw error;
  }
  throw new Error('accepted');
}

describe('parseQrStyle', () => {
  test.each<[QrStyleInput, object]>([
    [{}, PLAIN_STYLE],
    [{ shape: 'dots' }, { ...PLAIN_STYLE, shape: 'dots' }],
    [{ logo: 'mark' }, { ...PLAIN_STYLE, logo: 'mark', level: 'Q' }],
    [
      { logo: 'initials', level: 'H' },
      { ...PLAIN_STYLE, logo: 'initials', level: 'H' },
    ],
    [
      { level: 'L', fg: '1A1A1A' },
      { ...PLAIN_STYLE, level: 'L', fg: '#1a1a1a' },
    ],
  ])('%o', (input, style) => {
    expect(parseQrStyle(input)).toEqual(style);
  });

  test.each(['L', 'M'] as const)('a logo at level %s is refused with the reason', (level) => {
    expect(messageOf(() => parseQrStyle({ logo: 'mark', level }))).toEqual([
      { path: 'level', message: `A logo covers what level ${level} cannot repair: choose Q or H.` },
    ]);
  });

  test('colours that would not scan are refused whatever the shape', () => {
    expect(messageOf(() => parseQrStyle({ shape: 'dots', fg: '888888' }))).toEqual([
      { path: 'fg', message: 'A contrast of 3.5 would not scan: it must be at least 5.5' },
    ]);
  });
});

describe('the size of the code', () => {
  const logo = parseQrStyle({ logo: 'mark' });

  test('has room for a logo up to version 6: larger ones have a pattern in the middle', () => {
    expect(styledCode(LONG.slice(0, -1), logo).size).toBe(41);
    expect(styledLayout(styledCode(LONG.slice(0, -1), logo), 400, logo).scale).toBe(8);
    expect(messageOf(() => styledLayout(styledCode(LONG, logo), 400, logo))).toEqual([
      {
        path: 'logo',
        message:
          'This address is so long that a logo at this level would cover a pattern of its code: choose a lower level, or none.',
      },
    ]);
  });

  test('needs four pixels a module for a shape or a logo', () => {
    const dots = parseQrStyle({ shape: 'dots' });
    const code = styledCode(SHORT, dots);
    expect(styledLayout(code, 148, dots).scale).toBe(4);
    expect(messageOf(() => styledLayout(code, 147, dots))).toEqual([
      { path: 'size', message: 'The smallest size for this code is 148' },
    ]);
  });

  test('a logo takes an odd square of at most 22 % of the side', () => {
    const code = styledCode(SHORT, logo);
    const { hole, has } = styledModules(code, logo);
    expect([code.size, hole]).toEqual([29, 5]);
    for (let y = 12; y < 17; y++) for (let x = 12; x < 17; x++) expect(has(x, y)).toBe(false);
    expect(hole / code.size).toBeLessThan(0.22);
  });
});

describe('an owner’s choice', () => {
  const chosen = parseQrStyle({ shape: 'dots', logo: 'mark', fg: '1a237e' });

  test.each([
    ['plain where there is none', null, SHORT, 400, PLAIN_STYLE],
    ['plain in copies of an older release', undefined, SHORT, 400, PLAIN_STYLE],
    ['as chosen', chosen, SHORT, 400, chosen],
    ['without the logo behind a long address', chosen, LONG, 400, { ...chosen, logo: 'none' }],
    [
      'without the shape in a small picture',
      chosen,
      SHORT,
      100,
      { ...chosen, logo: 'none', shape: 'square' },
    ],
  ])('%s', (_, style, url, size, drawn) => {
    expect(ownStyle(style, url, size)).toEqual(drawn);
  });
});

describe('pictures', () => {
  test('SVG: squares as runs, dots and rounded runs as strokes with round ends, the logo as an outline', () => {
    const style = parseQrStyle({ shape: 'rounded', logo: 'mark', fg: '1a237e', bg: 'fffde7' });
    const svg = styledSvg(styledCode(SHORT, style), 400, style);
    expect(svg).toMatch(
      /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="400" height="400" viewBox="0 0 400 400"><path fill="#fffde7" d="M0 0h400v400H0z"\/><g transform="translate\(55 55\)scale\(10\)"><path stroke="#1a237e" stroke-linecap="round" d="M[Mhv\d .]+"\/><path fill="#1a237e" stroke="none" d="M[ML\d. ]+"\/><\/g><\/svg>\n$/,
    );
    const dots = styledSvg(styledCode(SHORT, PLAIN_STYLE), 400, { ...PLAIN_STYLE, shape: 'dots' });
    expect(dots).toContain('stroke-linecap="round" stroke-width="0.9"');
  });

  test('initials without a font are replaced by the mark', () => {
    const style = parseQrStyle({ logo: 'initials' });
    const code = styledCode(SHORT, style);
    expect(styledSvg(code, 400, style)).toBe(styledSvg(code, 400, style, MARK_OUTLINE));
  });

  test('PNG: smooth edges between the two colours, and nothing outside the code', async () => {
    const style = parseQrStyle({ shape: 'dots', fg: '000000', bg: 'ffffff' });
    const code = styledCode(SHORT, style);
    const { data, width } = readPng(await styledPng(code, 400, style));
    const at = (x: number, y: number) => data[4 * (y * width + x)]!;
    // 29 modules of 10 pixels from 55 on: the finder is solid, its neighbours are light.
    expect([at(55, 55), at(54, 54), at(0, 0)]).toEqual([0, 255, 255]);
    const dot = Array.from({ length: code.size ** 2 }, (_, i) => [i % code.size, Math.floor(i / code.size)])
      .filter(([x = 0, y = 0]) => x > 8 && y > 8 && x < 20 && y < 20)
      .find(([x = 0, y = 0]) => code.has(x, y)) as [number, number];
    const [left, top] = [55 + dot[0] * 10, 55 + dot[1] * 10];
    expect(at(left + 5, top + 5)).toBe(0);
    expect(at(left, top)).toBe(255);
    const edge = at(left + 5, top);
    expect(edge > 0 && edge < 255).toBe(true);
  });
});
