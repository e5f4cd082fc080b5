/** Shaping: each script is written with its own fonts and in its own forms. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FontIndex, ideographicOrder } from '../../../src/domain/preview/font-index.ts';
import { BOLD, REGULAR } from '../../../src/domain/preview/harfbuzz.ts';
import { Typesetter } from '../../../src/domain/preview/typesetter.ts';
import { basicShelf, fontBytes, newHarfBuzz, typesetterFor } from './open-fonts.ts';
import { SCRIPTS } from './scripts.ts';

const harfBuzz = newHarfBuzz();
const fontOf = (name: string) => harfBuzz.font(fontBytes(name));
const ids = (font: ReturnType<typeof fontOf>, text: string, isRtl = false) =>
  font.shape(text, REGULAR, isRtl).map(({ id }) => id);

describe('HarfBuzz', () => {
  test('joins Arabic letters and sets them from right to left', () => {
    const arabic = fontOf('arabic.ttf');
    const joined = ids(arabic, 'محمد', true);
    const isolated = [...'محمد'].reverse().flatMap((letter) => ids(arabic, letter, true));
    expect([joined.length, isolated.length]).toEqual([4, 4]);
    for (const [i, id] of joined.entries()) expect([0, isolated[i]]).not.toContain(id);
    // Lam and alef are one form; between them a non-joiner keeps them apart.
    expect(ids(arabic, 'لا', true)).not.toEqual(ids(arabic, 'ل\u200cا', true).filter((id) => id > 0));
  });

  test('makes conjuncts of Devanagari, and puts a vowel before its consonant', () => {
    const devanagari = fontOf('devanagari.ttf');
    expect(ids(devanagari, 'क्ष')).toHaveLength(1);
    const [ka, ki] = [ids(devanagari, 'क'), ids(devanagari, 'कि')];
    expect(ki).toHaveLength(2);
    expect(ki.at(-1)).toBe(ka[0]);
  });

  test('stacks Thai marks', () => {
    const [, vowel, tone] = fontOf('thai.ttf').shape('ที่', REGULAR, false);
    expect([vowel?.advance, tone?.advance]).toEqual([0, 0]);
    // The tone mark stands above the vowel, higher than over a letter alone.
    const [, alone] = fontOf('thai.ttf').shape('ท่', REGULAR, false);
    expect([tone?.id, tone?.dy]).not.toEqual([alone?.id, alone?.dy]);
  });

  test('draws weights of one font: bold is wider', () => {
    const width = (weight: typeof BOLD | typeof REGULAR) =>
      fontOf('latin.ttf')
        .shape('Ada', weight, false)
        .reduce((sum, { advance }) => sum + advance, 0);
    expect([width(REGULAR), width(BOLD)].map((ems) => ems.toFixed(3))).toEqual(['1.815', '1.923']);
  });

  test('answers glyph 0 for what a font lacks', () => {
    expect(ids(fontOf('latin.ttf'), '山')).toEqual([0]);
  });
});

describe('a card in', () => {
  test.each(SCRIPTS)('$script is written with $files', ({ texts, files }) => {
    const { typesetter, added } = typesetterFor(texts);
    expect(added.filter((name) => !/-\d+\.ttf$/.test(name))).toEqual(files);
    for (const text of texts)
      for (const weight of [REGULAR, BOLD] as const)
        expect(typesetter.line(text, weight)?.width).toBeGreaterThan(1);
  });
});

test('Latin letters need no file, a letter without a font has no line', () => {
  const typesetter = new Typesetter(basicShelf(), '');
  expect(typesetter.files('Ada «Lovelace», Zoë…')).toEqual(['latin.ttf']);
  expect(typesetter.line('Ada «Lovelace», Zoë…', BOLD)).toBeDefined();
  expect(typesetter.files('\u{13000}')).toEqual([]);
  for (const text of ['\u{13000}', 'Ada \u{13000}', 'a\u0000', 'ليلى'])
    expect(typesetter.line(text, BOLD)).toBeUndefined();
});

test('marks that another font has are drawn with it', () => {
  const { typesetter, added } = typesetterFor(['Ng\u0303a']);
  expect(added).toEqual(['vietnamese.ttf']);
  expect(typesetter.line('Ng\u0303a', BOLD)?.width).toBeCloseTo(
    typesetter.line('Nga', BOLD)?.width as number,
    1,
  );
});

test('ideographs take the forms of the language that the card shows', () => {
  expect(ideographicOrder('山田太郎 エンジニア')[0]).toBe('jp');
  expect(ideographicOrder('金 개발자')[0]).toBe('kr');
  expect(ideographicOrder('王小明')[0]).toBe('sc');
  expect(typesetterFor(['直', 'かな']).added[0]).toBe('jp.index');
  expect(typesetterFor(['直']).added[0]).toBe('sc.index');
});

test('an index answers every file of a character, and none beyond its ranges', () => {
  const range = (first: number, last: number, file: number) =>
    Array.from({ length: last - first + 1 }, (_, i) => ({ codePoint: first + i, file }));
  const encoded = FontIndex.encode([
    ...range(0x20000, 0x20010, 3),
    ...range(0x41, 0x41, 7),
    ...range(0x20, 0x7e, 0),
  ]);
  expect(encoded.length).toBe(24);
  const index = new FontIndex('jp', encoded.buffer as ArrayBuffer);
  expect([0x1f, 0x20, 0x41, 0x7f, 0x20010, 0x20011].map((codePoint) => index.fontsOf(codePoint))).toEqual([
    [],
    ['jp-0'],
    ['jp-0', 'jp-7'],
    [],
    ['jp-3'],
    [],
  ]);
});

test('any part of a text that can be written can be written', () => {
  const all = SCRIPTS.flatMap(({ texts }) => texts);
  const { typesetter } = typesetterFor(all);
  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
  fc.assert(
    fc.property(fc.constantFrom(...all), fc.nat(60), fc.nat(60), fc.boolean(), (text, a, b, isRtl) => {
      const letters = [...graphemes.segment(text)].map(({ segment }) => segment);
      const part = letters.slice(Math.min(a, b), Math.max(a, b)).join('');
      expect(typesetter.line(`${part}…`, BOLD, isRtl)).toBeDefined();
    }),
  );
});
