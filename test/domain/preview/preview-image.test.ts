/** Preview images: what they say, in which letters, and that their codes scan. */
import { inflateSync } from 'node:zlib';
import jsqr from 'jsqr';
import { describe, expect, test } from 'vitest';
import { BOLD } from '../../../src/domain/preview/harfbuzz.ts';
import { previewImage, previewTexts } from '../../../src/domain/preview/preview-image.ts';
import { Rasterizer } from '../../../src/domain/preview/rasterizer.ts';
import { Typesetter } from '../../../src/domain/preview/typesetter.ts';
import { basicShelf, typesetterFor } from './open-fonts.ts';
import { SCRIPTS } from './scripts.ts';

const URL_OF_ADA = 'https://devcard.example/u/Ada';
const ADA = {
  username: 'Ada',
  displayName: 'Ada Lovelace',
  pronouns: null,
  role: 'Mathematician',
  company: 'Analytical Engine',
  avatarUrl: null,
  accentColor: '#0f766e',
};

const shelf = basicShelf();

function draw(profile: { [Field in keyof typeof ADA]?: string | null } = {}, isWithFonts = true) {
  const all = { ...ADA, ...profile } as typeof ADA;
  const texts = previewTexts(all);
  const { typesetter } = isWithFonts
    ? typesetterFor([...(texts.name ? [texts.name.text, texts.name.initials] : []), ...texts.details], shelf)
    : { typesetter: new Typesetter(basicShelf(), '') };
  return previewImage(texts, { url: URL_OF_ADA, accentColor: all.accentColor }, typesetter);
}

/** Undoes our own PNG: chunks in a known order, filter Up, one byte a pixel. */
function pixelsOf(png: Uint8Array): Uint8ClampedArray {
  const view = new DataView(png.buffer, png.byteOffset);
  const chunks = new Map<string, Uint8Array>();
  for (let at = 8; at < png.length; ) {
    const length = view.getUint32(at);
    chunks.set(String.fromCharCode(...png.subarray(at + 4, at + 8)), png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const palette = chunks.get('PLTE') as Uint8Array;
  const rows = inflateSync(chunks.get('IDAT') as Uint8Array);
  const rgba = new Uint8ClampedArray(1200 * 630 * 4);
  const above = new Uint8Array(1200);
  for (let y = 0; y < 630; y++) {
    for (let x = 0; x < 1200; x++) {
      above[x] = (above[x] ?? 0) + (rows[y * 1201 + 1 + x] ?? 0);
      const color = 3 * (above[x] ?? 0);
      rgba.set([...palette.subarray(color, color + 3), 255], 4 * (y * 1200 + x));
    }
  }
  return rgba;
}

test('the code of the picture leads to the page', async () => {
  const code = jsqr(pixelsOf(await draw()), 1200, 630);
  expect(code?.data).toBe(URL_OF_ADA);
});

test('the same profile makes the same bytes, another one others', async () => {
  const [one, same, other] = await Promise.all([draw(), draw(), draw({ displayName: 'Ada Byron' })]);
  expect(same).toEqual(one);
  expect(other).not.toEqual(one);
});

describe('a name in', () => {
  const handle = { role: null, company: null, displayName: '@Ada' };

  test.each(SCRIPTS)('$script is drawn, with its role and company', async ({ texts }) => {
    const [displayName, role, company] = texts;
    const whole = await draw({ displayName, role, company });
    const others = await Promise.all([
      draw({ ...handle, displayName }),
      draw({ displayName, role, company: null }),
      draw({ ...handle, role, company }),
      draw(handle),
    ]);
    for (const other of others) expect(whole).not.toEqual(other);
    expect(jsqr(pixelsOf(whole), 1200, 630)?.data).toBe(URL_OF_ADA);
  });

  test.each(['ليلى الفاسي', '山田太郎', 'Ada 山'])(
    '%s is replaced by the handle without its fonts',
    async (displayName) => {
      expect(await draw({ displayName }, false)).toEqual(await draw({ displayName: '@Ada' }));
    },
  );

  test.each(['🎉', '\u{13000}', '\u2060 \u200d', '#️⃣'])(
    '%j, which has no letters, is replaced too',
    async (displayName) => {
      expect(await draw({ displayName })).toEqual(await draw({ displayName: '@Ada' }));
    },
  );

  test('signs is drawn with them', async () => {
    expect(await draw({ displayName: 'Ada™' })).not.toEqual(await draw({ displayName: 'Ada' }));
  });

  test.each([
    ['Ada 👩🏽‍💻 Lovelace 🇬🇧', 'Ada Lovelace'],
    ['Ada 1️⃣Love\u2060lace ™️', 'Ada Lovelace'],
    ['山田🎌 太郎', '山田 太郎'],
  ])('%s loses its pictographs', async (displayName, expected) => {
    expect(await draw({ displayName })).toEqual(await draw({ displayName: expected }));
  });

  test('Persian keeps the characters that part its letters', async () => {
    const [joined, parted] = await Promise.all([
      draw({ displayName: 'میخواهم' }),
      draw({ displayName: 'می\u200cخواهم' }),
    ]);
    expect(parted).not.toEqual(joined);
  });
});

describe('a long name', () => {
  /** The rows of pixels that have ink in the column of texts, in stretches. */
  const lines = async (displayName: string) => {
    const pixels = pixelsOf(await draw({ displayName, role: null, company: null }));
    const inked = Array.from({ length: 310 }, (_, row) => {
      const y = 215 + row;
      for (let x = 80; x < 760; x++) if ((pixels[4 * (y * 1200 + x)] as number) > 120) return true;
      return false;
    });
    return inked.filter((isInked, i) => isInked && !inked[i - 1]).length;
  };

  test.each([
    ['without spaces', '独立行政法人情報処理推進機構', 2],
    ['that fits', '山田太郎', 1],
    ['of words', '김수한무 거북이와 두루미 삼천갑자 동방삭', 2],
  ])('%s is broken into lines', async (_, name, expected) => {
    expect(await lines(name)).toBe(expected);
  });
});

test.each([
  ['hostile', `"><script>alert(1)</script>${'\u0000\u202e'}`],
  ['longest, one word', 'W'.repeat(100)],
  ['longest, many words', 'of the '.repeat(14)],
  ['decomposed', 'E\u0301lodie U\u0308nal'],
])('a %s text is drawn within the picture', async (_, text) => {
  const png = await draw({ displayName: text, role: text, company: text });
  expect(jsqr(pixelsOf(png), 1200, 630)?.data).toBe(URL_OF_ADA);
});

describe('coverage', () => {
  const { typesetter } = typesetterFor(['M']);
  const inkOf = (text: string, part: Rasterizer, baseline: number, size: number) =>
    typesetter.line(text, BOLD)?.draw((x, y) => part.pen(x * size, baseline - y * size, size));

  test('of a disc is its area', () => {
    const disc = new Rasterizer(100, 100);
    disc.addDisc(50, 50, 40);
    let area = 0;
    disc.visit((_x, _y, share) => {
      area += share;
    });
    expect(area / (Math.PI * 1600)).toBeCloseTo(1, 2);
  });

  test('of a text that leaves the part to the right stays in its rows', () => {
    const part = new Rasterizer(20, 60);
    inkOf('M', part, 50, 60);
    part.visit((x, y) => {
      expect([x >= 0 && x < 20, y >= 0 && y < 60]).toEqual([true, true]);
    });
    const above: number[] = [];
    part.visit((_x, y) => above.push(y));
    expect(Math.min(...above)).toBeGreaterThan(3);
  });

  test('of an empty text is nothing', () => {
    const part = new Rasterizer(20, 20);
    inkOf(' ', part, 15, 20);
    part.visit(() => expect.unreachable());
  });
});
