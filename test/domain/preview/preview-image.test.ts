/** Preview images: what they say, in which letters, and that their codes scan. */
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import jsqr from 'jsqr';
import { describe, expect, test } from 'vitest';
import { OutlineFont } from '../../../src/domain/preview/outline-font.ts';
import { previewImage } from '../../../src/domain/preview/preview-image.ts';
import { Rasterizer } from '../../../src/domain/preview/rasterizer.ts';

const file = readFileSync(new URL('../../../src/pages/preview-font.bin', import.meta.url));
const [regular, bold] = OutlineFont.readAll(
  file.buffer.slice(file.byteOffset, file.byteOffset + file.length) as ArrayBuffer,
) as [OutlineFont, OutlineFont];

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

const draw = (profile: Partial<typeof ADA> & Record<string, unknown> = {}) =>
  previewImage({ ...ADA, ...profile } as typeof ADA, URL_OF_ADA, { regular, bold });

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

describe('a name that the letters here cannot write', () => {
  test.each(['ليلى الفاسي', '山田太郎', '🎉', 'Ada 山'])(
    '%s is replaced by the handle',
    async (displayName) => {
      expect(await draw({ displayName })).toEqual(await draw({ displayName: '@Ada', username: 'Ada' }));
    },
  );

  test('and pictographs are left out of one that they can', async () => {
    expect(await draw({ displayName: 'Ada 👩🏽‍💻 Lovelace 🇬🇧' })).toEqual(await draw());
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
    part.addText(bold, 'M', 0, 50, 60);
    part.visit((x, y) => {
      expect([x >= 0 && x < 20, y >= 0 && y < 60]).toEqual([true, true]);
    });
    const above: number[] = [];
    part.visit((_x, y) => above.push(y));
    expect(Math.min(...above)).toBeGreaterThan(3);
  });

  test('of an empty text is nothing', () => {
    const part = new Rasterizer(20, 20);
    part.addText(bold, ' ', 0, 15, 20);
    part.visit(() => expect.unreachable());
  });
});
